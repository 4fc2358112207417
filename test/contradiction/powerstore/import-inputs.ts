import { importSessionInputs } from "../../../provider/powerstore/import-session/input-rules.ts";
import { type ImportSessionInputs, recordedImportInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import type { Sources } from "../import-sources.ts";
import type { Gate, ImportCase } from "./import-case.ts";

/** Who is to be told about. */
export interface Named {
  readonly sources: Sources;
  /** Undefined while there is no session. */
  readonly sessionId: string | undefined;
  /** Another session of the same wave. */
  readonly otherId: string;
  readonly nowMs: number;
}

/** What stands in the program, as it is checked. */
export function inputsOf(one: ImportCase, named: Named): ImportSessionInputs {
  return importSessionInputs.parse(givenInputs(one, named));
}

/** The same with some that are not known yet. */
export function knownInputs(one: ImportCase, named: Named, unknown: readonly string[]): ImportSessionInputs {
  const given = Object.entries(givenInputs(one, named));
  return recordedImportInputs.parse(Object.fromEntries(given.filter(([name]) => !unknown.includes(name))));
}

function givenInputs(one: ImportCase, named: Named): object {
  const { target, paused, hosts, force = "never" } = one;
  return {
    ...identity(one, named),
    targetState: target,
    ...(paused === undefined ? {} : { paused }),
    ...(hosts === undefined || hosts === "none" ? {} : { hostSteps: hostInputs[hosts] }),
    ...(force === "at once" ? { forceCancel: true } : {}),
    ...(force === "after a minute" ? { forceCancelAfter: "1m" } : {}),
    ...gateInputs(one.gate ?? "none", named),
  };
}

/** What stood in it before, when nothing but the session was declared. */
export function earlierInputs(one: ImportCase, named: Named): ImportSessionInputs {
  const { isAutomatic } = one;
  const isOwn = !isAdopted(one);
  return importSessionInputs.parse({
    ...identity(one, named),
    ...(isOwn && isAutomatic === true ? { targetState: "Import_Completed" } : {}),
  });
}

/** Whether the session was made by somebody else. */
export function isAdopted({ how }: ImportCase): boolean {
  return how === "adopted" || how === "taken over" || how === "destroy taken over";
}

/** When the start of a scheduled session is, from now. */
export const startsAfterMs = 60_000;
const movedStartAfterMs = 120_000;

function identity(one: ImportCase, { sources, sessionId, nowMs }: Named): object {
  if (isAdopted(one)) return { sessionId };
  const { start = "none" } = one;
  const startMs = { none: undefined, "the same": startsAfterMs, moved: movedStartAfterMs, past: -3_600_000 }[start];
  return {
    remoteSystemId: sources.remoteSystemId,
    sourceResourceId: one.members === undefined ? sources.volumeId : sources.groupId,
    type: one.type,
    ...(one.isAnother === true ? { sessionName: "another" } : {}),
    ...(one.consents === true ? { copyAgain: sessionId } : {}),
    ...(one.isAutomatic === true ? { automaticCutover: true } : {}),
    ...(startMs === undefined ? {} : { scheduledTimestamp: new Date(nowMs + startMs).toISOString() }),
  };
}

const hostInputs = {
  "source stopped": { sourceStopped: true },
  "destination started": { destinationStarted: true },
  both: { sourceStopped: true, destinationStarted: true },
} as const;

/** Sooner than any copy is ready, and later than all of them. */
const [soonMs, lateMs] = [1000, 6 * 3_600_000];

function gateInputs(gate: Gate, { sessionId = "not-known-yet", otherId, nowMs }: Named): object {
  const at = (ms: number) => new Date(nowMs + ms).toISOString();
  const window = (given: object) => ({ cutoverWindow: given });
  const wave = (hold: string, members?: readonly object[]) => ({
    wave: { part: "cutover", hold, ...(members === undefined ? {} : { members }) },
  });
  switch (gate) {
    case "none":
      return {};
    case "approval of nobody":
      return { cutoverApproval: "" };
    case "approved":
      return { cutoverApproval: sessionId };
    case "approval of another":
      return { cutoverApproval: "another" };
    case "opens before it is ready":
      return window({ notBefore: at(soonMs) });
    case "opens after it is ready":
      return window({ notBefore: at(lateMs) });
    case "closes before it is ready":
      return window({ notAfter: at(soonMs) });
    case "closes after it is ready":
      return window({ notAfter: at(lateMs) });
    case "closed":
      return window({ notAfter: at(-lateMs) });
    case "opens and closes before it is ready":
      return window({ notBefore: at(soonMs / 2), notAfter: at(soonMs) });
    case "opens before and closes after it is ready":
      return window({ notBefore: at(soonMs), notAfter: at(lateMs) });
    case "opens after it is ready, and closes then":
      return window({ notBefore: at(lateMs), notAfter: at(2 * lateMs) });
    case "approved, opens after it is ready":
      return { cutoverApproval: sessionId, ...window({ notBefore: at(lateMs) }) };
    case "copy of a wave":
      return { wave: { part: "copy" } };
    case "held by its wave":
      return wave("1 of 2 members is not ready");
    case "wave is ready":
    case "wave is not ready":
      return wave("", [{ sessionId: otherId }]);
    case "wave is not known":
      return wave("");
  }
}
