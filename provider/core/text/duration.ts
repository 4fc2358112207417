const unitMs: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 };
const whole = /^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/;
const part = /(\d+(?:\.\d+)?)(h|ms|m|s)/g;

/**
 * Reads a duration as Pulumi writes its `customTimeouts`: `8h`, `1h30m`, `45s`, `250ms`.
 *
 * @returns milliseconds; undefined if the text is not a duration
 */
export function durationMs(text: string): number | undefined {
  if (!whole.test(text)) return undefined;
  const partsMs = [...text.matchAll(part)].map(([, amount, unit = ""]) => Number(amount) * (unitMs[unit] ?? 0));
  return partsMs.reduce((sum, partMs) => sum + partMs, 0);
}
