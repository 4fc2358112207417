import type { PartlyKnown } from "../../../core/inputs.ts";
import type { Announcement } from "../../../core/lifecycle.ts";
import { recordedImportInputs } from "../inputs.ts";
import type { RecordedImport } from "../recorded.ts";
import { isOver } from "../states.ts";
import { isReady } from "./plan-text.ts";
import { automaticCutover, type CutoverAhead, cutoverAhead, cutoverWarnings, forceWarnings } from "./stakes.ts";

/** What a new session announces in preview while some of its inputs are not known yet. */
export function announcePartlyKnown(partly: PartlyKnown, nowMs: number): Announcement {
  const inputs = recordedImportInputs.parse(partly.known);
  const ahead = partlyKnownCutover(partly, inputs.sessionId, nowMs, false);
  return { plan: ahead?.text, warnings: [...cutoverWarnings(inputs, nowMs, ahead), ...forceWarnings(inputs)] };
}

/** What an update puts at stake for a session that is recorded, while some of the inputs are not known yet. */
export function reviewPartlyKnown(
  partly: PartlyKnown,
  { sessionId, state }: RecordedImport,
  nowMs: number,
): Announcement {
  if (isOver(state)) return { warnings: [] };
  const ahead = partlyKnownCutover(partly, sessionId, nowMs, isReady(state));
  return { plan: ahead?.text, warnings: cutoverWarnings(recordedImportInputs.parse(partly.known), nowMs, ahead) };
}

/** What may hold a cutover, as a preview names it. */
const gates = {
  cutoverWindow: "cutoverWindow",
  cutoverApproval: "cutoverApproval",
  wave: "the wave",
  paused: "paused",
};

/** A declared cutover, with what may hold it and is not known yet: whatever is not known is not taken to be open, and not to be shut. */
function partlyKnownCutover(
  { known, unknown }: PartlyKnown,
  sessionId: string | undefined,
  nowMs: number,
  isWaiting: boolean,
): CutoverAhead | undefined {
  const { cutoverApproval, ...others } = recordedImportInputs.parse(known);
  if (others.automaticCutover === true) return automaticCutover(others);
  // It is compared with an id that is not known yet.
  const isOpen = (cutoverApproval ?? "") !== "" && sessionId === undefined && unknown.includes("sessionId");
  const inputs = isOpen ? others : { ...others, cutoverApproval };
  const doubts = Object.entries(gates).flatMap(([name, shown]) =>
    unknown.includes(name) || (isOpen && name === "cutoverApproval") ? [shown] : [],
  );
  return cutoverAhead(inputs, sessionId ?? "", nowMs, isWaiting, doubts);
}
