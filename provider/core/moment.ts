/** ISO 8601 in UTC, to the second: `2026-12-05T22:00:00Z`. For what was seen. */
export function momentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/\.\d+Z$/, "Z");
}

/** ISO 8601 in UTC, as fine as it needs to be: `2026-12-05T22:00Z`. For what was declared. */
export function declaredMomentText(atMs: number): string {
  return new Date(atMs).toISOString().replace(/(:00)?\.000Z$/, "Z");
}
