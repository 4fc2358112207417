import { expect, test } from "vitest";
import type { JournalAct } from "../../../../provider/core/journal/acts.ts";
import { isSuspendedByResource } from "../../../../provider/eternus/rec-session-group/observe/suspended-before.ts";
import { sampleSession } from "../sample-session.ts";

const at = "2030-01-01T00:00:00Z";
const act = (text: string, changes: Partial<JournalAct> = {}): JournalAct => ({
  act: text,
  at,
  urn: "urn:east",
  array: "https://a",
  object: "copy session 1, copy session 2",
  reason: "Equivalent",
  outcome: "taken",
  run: "r",
  who: "w",
  ...changes,
});
const suspended = sampleSession({ status: "Suspend", suspendedAt: "2030-01-01T00:00:11Z" });
const known = (acts: readonly JournalAct[], session = suspended) =>
  isSuspendedByResource(acts, "urn:east", session, Date.parse(at));

test.each([
  ["by the newest act", [act("suspend 1, 2")]],
  ["by force", [act("suspend by force 1, 2")]],
  ["by one whose answer was lost", [act("suspend 1, 2", { outcome: "lost" })]],
  ["after a resume of the same group", [act("suspend 1, 2"), act("resume 1"), act("suspend 1")]],
  ["with modes changed since", [act("suspend 1, 2"), act("modify 1")]],
])("a session was suspended by a run of this resource that was killed: %s", (_, acts) => {
  expect(known(acts)).toBe(true);
});

test.each([
  ["nothing is known", []],
  ["the array rejected it", [act("suspend 1, 2", { outcome: "rejected" })]],
  ["it never left", [act("suspend 1, 2", { outcome: "not sent" })]],
  ["it was resumed since", [act("suspend 1, 2"), act("resume 1")]],
  ["it was reversed since", [act("suspend 1, 2"), act("reverse 1")]],
  ["it is another session", [act("suspend 12", { object: "copy session 12" })]],
  ["the group found it suspended, and resumed it first", [act("resume 1"), act("suspend 1, 2")]],
  ["it was reversed before: nobody knows in which direction it copies", [act("reverse 1"), act("suspend 1, 2")]],
  ["another resource suspended it", [act("suspend 1, 2", { urn: "urn:west" })]],
  ["another resource had a hand in it", [act("resume 1", { urn: "urn:west" }), act("suspend 1, 2")]],
])("a session was not, as far as is known: %s", (_, acts) => {
  expect(known(acts)).toBe(false);
});

test("only a moment that fits shows that it is the resource's suspend", () => {
  const acts = [act("suspend 1, 2")];
  expect(known(acts, { ...suspended, suspendedAt: undefined })).toBe(false);
  expect(known(acts, { ...suspended, suspendedAt: "2030-01-01T03:00:00Z" })).toBe(false);
  expect(known(acts, { ...suspended, suspendedAt: "2029-12-31T21:00:00Z" })).toBe(false);
  expect(known(acts, sampleSession({ isSuspending: true }))).toBe(true);
  expect(known(acts, sampleSession())).toBe(false);
});
