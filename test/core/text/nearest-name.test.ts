import { expect, test } from "vitest";
import { nearestName } from "../../../provider/core/text/nearest-name.ts";

const names = ["cutoverWindow", "cutoverApproval", "paused", "array"];

test.each([
  ["cutoverWindw", "cutoverWindow"],
  ["CUTOVERWINDOW", "cutoverWindow"],
  ["cutoverAproval", "cutoverApproval"],
  ["window", "cutoverWindow"],
  ["pause", "paused"],
  ["arrays", "array"],
  ["colour", undefined],
  ["a", undefined],
  ["", undefined],
])("%j may have meant %j", (written, expected) => {
  expect(nearestName(written, names)).toBe(expected);
});
