import { sessionsText } from "../client.ts";

/** Stands for sessions that a preview does not know yet. No array gives this id. */
export const unnamedId = -1;

/** Names a session among the objects of its array. */
export function sessionKey(id: number): string {
  return `copy session ${id}`;
}

// A row in the display has room for a few ids.
const maxNamed = 8;

/** Sessions as a row names them: one by one, or how many. */
export function briefly(ids: readonly number[]): string {
  return withUnnamed(ids, (named) => (named.length > maxNamed ? `${named.length} copy sessions` : sessionsText(named)));
}

/** The same, with the first of many. */
export function firstNamed(ids: readonly number[]): string {
  const more = ids.length > maxNamed ? ` and ${ids.length - maxNamed} more` : "";
  return withUnnamed(ids, (named) => `${sessionsText(named.slice(0, maxNamed))}${more}`);
}

/** The same for a sentence, which has room for more. */
export function allNamed(ids: readonly number[]): string {
  return withUnnamed(ids, sessionsText);
}

export function volumeText(number: number | undefined): string {
  return number === undefined ? "a volume" : `volume ${number}`;
}

function withUnnamed(ids: readonly number[], text: (named: readonly number[]) => string): string {
  const named = ids.filter((id) => id !== unnamedId);
  if (named.length === ids.length) return text(ids);
  return named.length === 0 ? "the copy sessions" : `${text(named)} and others`;
}
