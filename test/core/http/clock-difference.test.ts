import { expect, test } from "vitest";
import { clockDifferenceMs } from "../../../provider/core/http/clock-difference.ts";

const hourMs = 3_600_000;

test.each([
  ["agree, within the second that a date leaves open", 0, { sentMs: 0, receivedMs: 999 }, 0],
  ["agree, as far as a slow answer shows", 30_000, { sentMs: 0, receivedMs: 60_000 }, 0],
  [
    "differ by what the answer proves at least, ahead",
    7 * hourMs,
    { sentMs: hourMs, receivedMs: hourMs + 200 },
    6 * hourMs - 200,
  ],
  [
    "differ by what the answer proves at least, behind",
    hourMs,
    { sentMs: 7 * hourMs, receivedMs: 8 * hourMs },
    -6 * hourMs + 999,
  ],
])("clocks %s", (_, dateMs, exchange, expected) => {
  expect(clockDifferenceMs(dateMs, exchange)).toBe(expected);
});
