/** ISO 8601 in UTC, to the second: `2026-12-05T22:00:00Z`. For what was seen. */
export function momentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
}

/** ISO 8601 in UTC, to the second, or as fine as it was declared: `2026-12-05T22:00:00Z`. For what was declared, in a form that can be declared again. */
export function declaredMomentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.000Z$/, "Z");
}
