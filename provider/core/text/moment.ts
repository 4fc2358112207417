/** ISO 8601 in UTC, to the second: `2026-12-05T22:00:00Z`. For an observed time. */
export function momentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
}

/** ISO 8601 in UTC, to the second, or as fine as the program declared it: `2026-12-05T22:00:00Z`. For a declared time, in a form that a program can declare again. */
export function declaredMomentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.000Z$/, "Z");
}
