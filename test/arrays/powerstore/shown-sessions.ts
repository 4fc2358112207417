import type { Shown, View } from "../temperament/shown.ts";
import type { ImportSession } from "./import-session.ts";
import type { ImportWorld } from "./import-world.ts";
import type { Row } from "./resource.ts";
import { toRow } from "./session-instance.ts";

/** The sessions as a list, or alone, shows them just now. */
export function shownSessions(world: ImportWorld, shown: Shown<Row>, view: View): readonly Row[] {
  const there = [...world.sessions.values()].flatMap((session) => {
    const one = shown.of(view, session.id, world.atMs);
    if (one === "now") return [toRow(world, session)];
    return one === undefined ? [] : [one.row];
  });
  const gone = shown.gone.flatMap((id) => {
    const one = shown.of(view, id, world.atMs);
    return one === undefined || one === "now" ? [] : [one.row];
  });
  return [...there, ...gone];
}

/** Takes down what has become of the sessions. */
export function noteSessions(world: ImportWorld, shown: Shown<Row>): void {
  const seen = [...world.sessions.values()].map(
    (session) => [session.id, markOf(session), () => toRow(world, session)] as const,
  );
  shown.note(world.atMs, seen);
}

/** Progress is no change: whoever sees a state sees how far it is. */
function markOf({ state, scheduledMs, destinationId, error }: ImportSession): string {
  return [state, scheduledMs, destinationId, error?.code].join(" ");
}
