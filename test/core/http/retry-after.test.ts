import { expect, test } from "vitest";
import { maxRetryAfterMs, retryAfterMs } from "../../../provider/core/http/retry-after.ts";

const nowMs = Date.parse("2030-01-01T00:00:00Z");

test.each([
  ["0", 0],
  ["1", 1000],
  ["120", 120_000],
  [" 7 ", 7000],
])("W13: %j means so many seconds", (header, expectedMs) => {
  expect(retryAfterMs(header, nowMs)).toBe(expectedMs);
});

test.each([
  ["Tue, 01 Jan 2030 00:01:30 GMT", 90_000],
  ["Tuesday, 01-Jan-30 00:00:10 GMT", 10_000],
  ["Tue Jan  1 00:00:20 2030 GMT", 20_000],
])("W19: the date %j means the time until then", (header, expectedMs) => {
  expect(retryAfterMs(header, nowMs)).toBe(expectedMs);
});

test.each(["Sat, 01 Jan 2000 00:00:00 GMT", "Mon, 31 Dec 2029 23:59:59 GMT"])(
  "a date that has passed (%s) means no wait, as of an array whose clock is behind",
  (header) => {
    expect(retryAfterMs(header, nowMs)).toBe(0);
  },
);

test.each(["301", "86400", "99999999999999999999", "9".repeat(400), "Fri, 31 Dec 9999 23:59:59 GMT"])(
  "W14: %.40s is obeyed for five minutes and no longer",
  (header) => {
    expect(retryAfterMs(header, nowMs)).toBe(maxRetryAfterMs);
    expect(maxRetryAfterMs).toBe(300_000);
  },
);

test.each([undefined, "", "  ", "soon", "NaN", "Infinity", "120\n120", "60 seconds", "\u0661\u0662"])(
  "W19: %j says nothing and is ignored",
  (header) => {
    expect(retryAfterMs(header, nowMs)).toBeUndefined();
  },
);

test.each(["-1", "1.5", "-99999999", "0x10", "1e9", "2031", "12:00", "1/1/2031", "2031-01-01"])(
  "%j, which is no Retry-After, asks for no more than the longest and never for less than nothing",
  (header) => {
    const waitMs = retryAfterMs(header, nowMs) ?? 0;
    expect(waitMs).toBeGreaterThanOrEqual(0);
    expect(waitMs).toBeLessThanOrEqual(maxRetryAfterMs);
  },
);
