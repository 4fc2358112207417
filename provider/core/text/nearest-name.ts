const minPartLength = 4;

/** The name that somebody probably meant who wrote `written`: `cutoverWindow` for `cutoverWindw` or `window`. Undefined if none is near. */
export function nearestName(written: string, names: readonly string[]): string | undefined {
  const near = names
    .map((name) => ({ name, edits: editsBetween(written.toLowerCase(), name.toLowerCase()) }))
    .filter(({ name, edits }) => edits <= Math.max(1, Math.floor(name.length / 3)));
  const [nearest] = near.sort((one, other) => one.edits - other.edits);
  if (nearest !== undefined || written.length < minPartLength) return nearest?.name;
  return names.find((name) => name.toLowerCase().includes(written.toLowerCase()));
}

/** Why an input that nobody knows is refused: a gate that is misspelt is none. */
export function unknownInputText(nearest: string | undefined): string {
  return `is not an input of this resource${nearest === undefined ? "" : `; did you mean ${nearest}?`}`;
}

/** How many characters must be changed, added or removed (the Levenshtein distance). */
function editsBetween(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [line, character] of [...one].entries()) {
    const next = [line + 1];
    for (const [column, wanted] of [...other].entries()) {
      const [above = 0, left = 0, before = 0] = [row[column + 1], next[column], row[column]];
      next.push(Math.min(above + 1, left + 1, before + (character === wanted ? 0 : 1)));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
