import { expect, test } from "vitest";
import { findingsOf } from "../../../../provider/eternus/rec-session-group/preview/preflight.ts";
import { read, shown, target } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const one = sampleSession();
const suspended = sampleSession({ id: 2, status: "Suspend" });
const find = (about: ReturnType<typeof target>, ...sessions: readonly ReturnType<typeof sampleSession>[]) =>
  findingsOf(read(about, sessions), about);

test("what is certain to fail is refused, session by session", () => {
  const about = target({ copySessionIds: [1, 2, 3, 4, 5] });
  const { refusals } = find(
    about,
    one,
    sampleSession({ id: 2, type: "OPC" }),
    sampleSession({ id: 3, status: "Error" }),
    sampleSession({ id: 4, transferMode: "Through" }),
  );
  expect(refusals).toEqual(
    [
      "copy session 2 is of type OPC, and only REC sessions can be suspended and resumed. Take it out of `copySessionIds`.",
      "copy session 3 is in Error. Recover it on the array, or delete it there, then run again.",
      "copy session 4 is in Through mode: nothing is transferred. Switch its transfer mode back on the array, then run `pulumi up` again.",
      "there is no copy session 5 on this array. Correct `copySessionIds`, or create the session.",
    ].map((reason) => ({ property: "copySessionIds", reason })),
  );
});

test("a member that still copies is no reason to refuse", () => {
  expect(find(target({ copySessionIds: [1] }), sampleSession({ phase: "Copying" })).refusals).toEqual([]);
});

test("a destroy would resume those that were not found suspended, which is remarked", () => {
  const about = target({ copySessionIds: [1, 2] });
  expect(find(about, one, suspended).remarks).toEqual([
    "destroy would resume copy session 1, discarding writes on the destinations",
    "if it is replaced, copy session 2 stays suspended, and a destroy would resume it if this group suspended it",
  ]);
  expect(find({ ...about, inputs: { ...about.inputs, targetState: "Active" } }, one, suspended).remarks).toEqual([]);
});

test("what takes the place of a group on another array is no replacement of itself", () => {
  const about = target({ copySessionIds: [1, 2] });
  const operation = { kind: "replace", before: about.inputs } as const;
  expect(find({ ...about, operation }, one, suspended).remarks).toEqual([
    "destroy would resume copy session 1, discarding writes on the destinations",
  ]);
});

test("the route of a new group begins at what was read", () => {
  const about = target({ copySessionIds: [1, 2], direction: "RemoteToLocal", recoveryMode: "Manual" });
  const { begins } = find(about, one, { ...suspended, status: "Active" });
  expect(begins && shown(about, begins.observed).row).toBe(
    "suspend copy sessions 1, 2 in one call; then change the modes of copy sessions 1, 2; then reverse copy sessions 1, 2",
  );
});
