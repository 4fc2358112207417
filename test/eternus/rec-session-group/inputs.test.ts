import { expect, test } from "vitest";
import { inputFailures } from "../../../provider/core/inputs.ts";
import { unknownValue } from "../../../provider/core/unknown-inputs.ts";
import { recordedGroupInputs, recSessionGroupInputs } from "../../../provider/eternus/rec-session-group/inputs.ts";

const good = { copySessionIds: [0, 12], targetState: "Suspend" };
const failuresOf = (inputs: object) => inputFailures(recSessionGroupInputs, { ...good, ...inputs });

test.each([
  {},
  { copySessionIds: [0] },
  { array: "east", targetState: "Active", waitForEquivalent: false },
  { force: true, targetState: "Suspend" },
  { resume: [], change: "" },
  { resume: [3], change: "CHG4711: x" },
  { transferMode: "Synchronous", splitMode: "Manual", recoveryMode: "Automatic", direction: "RemoteToLocal" },
])("%j is taken", (inputs) => {
  expect(failuresOf(inputs)).toEqual([]);
});

test.each([
  [{ copySessionIds: undefined }, "copySessionIds", /expected array/],
  [{ copySessionIds: [] }, "copySessionIds", /must name at least one copy session/],
  [{ copySessionIds: [1, 2, 1] }, "copySessionIds[2]", /names copy session 1 a second time/],
  [{ copySessionIds: [1, -1] }, "copySessionIds[1]", /0 or more/],
  [{ copySessionIds: [1.5] }, "copySessionIds[0]", /a whole number/],
  [{ copySessionIds: ["1"] }, "copySessionIds[0]", /a whole number/],
  [{ targetState: undefined }, "targetState", /must be "Suspend" or "Active"/],
  [{ targetState: "Suspended" }, "targetState", /must be "Suspend" or "Active"; did you mean "Suspend"\?/],
  [{ direction: "localToRemote" }, "direction", /did you mean "LocalToRemote"\?/],
  [{ direction: "Backward" }, "direction", /must be "LocalToRemote" or "RemoteToLocal"/],
  [{ direction: "Forward" }, "direction", /"LocalToRemote" if this array held the source/],
  [{ direction: "Reversed" }, "direction", /"LocalToRemote" if this array did not hold the source/],
  [{ transferMode: "Through" }, "transferMode", /must be "Synchronous" or "Stack" or "Consistency"/],
  [{ transferMode: "Consistency", splitMode: "Manual" }, "splitMode", /exists in Synchronous mode only/],
  [{ force: true, targetState: "Active" }, "force", /is about suspending/],
  [{ force: "yes" }, "force", /expected boolean/],
  [{ resume: [12] }, "resume[0]", /names copy session 12, which copySessionIds lists too/],
  [{ resume: [3, 3] }, "resume[1]", /names copy session 3 a second time/],
  [{ resume: [-3] }, "resume[0]", /0 or more/],
  [{ change: "x".repeat(201) }, "change", /at most 200 characters/],
  [{ change: "CHG\n1" }, "change", /must not hold control characters/],
  [{ array: "../east" }, "array", /must be the name of an array/],
  [{ copySessionsIds: [1] }, "copySessionsIds", /is not an input of this resource/],
])("%j is refused by name", (inputs, property, reason) => {
  expect(failuresOf(inputs)).toEqual([{ property, reason: expect.stringMatching(reason) }]);
});

test.each([
  { copySessionIds: unknownValue },
  { copySessionIds: [1, unknownValue] },
  { resume: unknownValue, change: unknownValue },
  { copySessionIds: [1, unknownValue], resume: [1] },
  { targetState: unknownValue, force: unknownValue },
  { transferMode: unknownValue, splitMode: "Manual" },
])("%j passes, as it is not known yet", (inputs) => {
  expect(failuresOf(inputs)).toEqual([]);
});

test("what 0.1.0 recorded is read: a group without a target state suspends, and directions are relative", () => {
  expect(recordedGroupInputs.parse({ copySessionIds: [1], direction: "Reversed" })).toMatchObject({
    targetState: "Suspend",
    direction: "Reversed",
  });
});
