import type { ImportSessionInputs } from "../inputs.ts";
import type { Forward } from "./forward.ts";
import { closedGate } from "./gate.ts";

/** Reads the declared way forward out of the inputs. */
export function goalOf(
  inputs: ImportSessionInputs,
  sessionId: string,
  nowMs: number,
): Omit<Forward, "mayCreate" | "cutOverFrom"> {
  return {
    targetState: inputs.targetState ?? "Ready_For_Cutover",
    paused: inputs.paused,
    sourceStopped: inputs.hostSteps?.sourceStopped ?? false,
    destinationStarted: inputs.hostSteps?.destinationStarted ?? false,
    shutGate: closedGate(inputs, sessionId, nowMs),
    // A start that has passed cannot be asked for any more.
    scheduledMs: (inputs.scheduledTimestamp ?? 0) > nowMs ? inputs.scheduledTimestamp : undefined,
    automaticCutover: inputs.automaticCutover ?? false,
    isCutOverElsewhere: inputs.wave?.part === "copy",
  };
}
