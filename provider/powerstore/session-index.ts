import type { WireSession } from "./wire.ts";

export function sessionsById(sessions: readonly WireSession[], ids: readonly string[]): Map<string, WireSession> {
  return new Map(sessions.filter(({ id }) => ids.includes(id)).map((session) => [session.id, session]));
}

/** Sessions that are nobody's members. Names compare exactly, though the array compares them without regard to case. */
export function sessionsByName(sessions: readonly WireSession[], names: readonly string[]): Map<string, WireSession> {
  const found = sessions.filter(
    ({ name = "", parent_session_id: parentId }) => parentId === undefined && names.includes(name),
  );
  return new Map(found.map((session) => [session.name ?? "", session]));
}

export function sessionsByParent(
  sessions: readonly WireSession[],
  parentIds: readonly string[],
): Map<string, WireSession[]> {
  const members = sessions.filter(({ parent_session_id: parentId = "" }) => parentIds.includes(parentId));
  return Map.groupBy(members, ({ parent_session_id: parentId = "" }) => parentId);
}
