import { expect, test } from "vitest";
import { durationMs } from "../../../provider/core/text/duration.ts";

test.each([
  ["8h", 28_800_000],
  ["30m", 1_800_000],
  ["45s", 45_000],
  ["250ms", 250],
  ["1h30m", 5_400_000],
  ["1m30s500ms", 90_500],
  ["1.5h", 5_400_000],
  ["0s", 0],
  ["2h0m0s", 7_200_000],
])("%s are so many milliseconds", (text, expectedMs) => {
  expect(durationMs(text)).toBe(expectedMs);
});

test.each([
  "",
  "30",
  "h",
  "30 m",
  "-5m",
  "+5m",
  "1d",
  "5M",
  "1h30",
  ".5h",
  "1.h",
  "1e3s",
  "5m\n",
  "PT5M",
  "1..5h",
  "five minutes",
])("%j is no duration", (text) => {
  expect(durationMs(text)).toBeUndefined();
});
