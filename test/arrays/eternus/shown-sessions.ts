import type { View } from "../temperament/shown.ts";
import type { CopySession } from "./copy-session.ts";
import type { EternusArray } from "./eternus-array.ts";
import { sessionWire } from "./session-wire.ts";
import type { WireObject } from "./wire-format.ts";

/** The sessions as a list shows them just now. */
export function shownSessions(array: EternusArray): readonly { readonly id: number; wire(): WireObject }[] {
  const ids = [...array.sessions.keys(), ...array.shown.gone.map(Number)];
  return ids.flatMap((id) => {
    const wire = shownSession(array, "list", id);
    return wire === undefined ? [] : [{ id, wire }];
  });
}

/** A session as it is shown just now; `undefined` if it is not. */
export function shownSession(array: EternusArray, view: View, id: number): (() => WireObject) | undefined {
  const shown = array.shown.of(view, String(id), array.nowMs);
  if (shown !== undefined && shown !== "now") return () => shown.row;
  const session = array.sessions.get(id);
  return shown === undefined || session === undefined ? undefined : () => wireOf(array, session);
}

/** Takes down what has become of the sessions. */
export function noteSessions(array: EternusArray): void {
  const seen = [...array.sessions.values()].map(
    (session) => [String(session.id), markOf(session), () => wireOf(array, session)] as const,
  );
  array.shown.note(array.nowMs, seen);
}

function wireOf(array: EternusArray, session: CopySession): WireObject {
  return { ...sessionWire(session, array.settings, array.nowMs), ...array.disguises.get(session.id) };
}

/** Progress is no change: whoever sees a state sees how far it is. */
function markOf(session: CopySession): string {
  const { status, phase, suspending, suspendResult, transferMode, isLocalSource, copyErrorCode } = session;
  return [status, phase, suspending !== undefined, suspendResult, transferMode, isLocalSource, copyErrorCode].join(" ");
}
