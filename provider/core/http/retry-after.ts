/** The longest `Retry-After` that the provider honors. A larger value would stall a migration. */
export const maxRetryAfterMs = 5 * 60_000;

/**
 * Reads a `Retry-After` header (RFC 9110, section 10.2.3): seconds, or an HTTP date.
 *
 * @returns milliseconds between 0 and {@link maxRetryAfterMs}; undefined if the header is absent or unreadable
 */
export function retryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  const text = header?.trim();
  if (text === undefined || text === "") return undefined;
  const waitMs = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - nowMs;
  return Number.isNaN(waitMs) ? undefined : Math.min(Math.max(waitMs, 0), maxRetryAfterMs);
}
