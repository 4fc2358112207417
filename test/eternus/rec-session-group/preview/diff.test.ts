import { expect, test } from "vitest";
import type { CopySession } from "../../../../provider/eternus/copy-session.ts";
import type { RecSessionGroupInputs } from "../../../../provider/eternus/rec-session-group/inputs.ts";
import { diffGroup } from "../../../../provider/eternus/rec-session-group/preview/diff.ts";
import { group, legsFrom, nowMs, read, recordedAfter, shown, suspendedHere, target, update } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const one = sampleSession();
const two = sampleSession({ id: 2 });
const suspended = [one, two].map((session) => ({ ...session, status: "Suspend" }));
const ids = { copySessionIds: [1, 2] };
const first = target(ids);
const state = suspendedHere(recordedAfter(first, read(first, [one, two])));

function diff(
  inputs: Partial<RecSessionGroupInputs>,
  sessions: readonly CopySession[],
  changes: { changed?: readonly string[]; unknown?: readonly string[]; state?: typeof state } = {},
) {
  const { changed = [], unknown = [] } = changes;
  const about = update({ ...ids, ...inputs }, changes.state ?? state, { before: ids, unknown });
  const observed = read(about, sessions);
  const [leg] = legsFrom(about, observed);
  if (leg === undefined) throw new Error("a route without a step");
  const { inputs: before } = target(ids);
  const question = { target: about, before, observed, isGone: false, changed, step: leg.step, nowMs };
  return diffGroup(question, { attempted: "suspend copy sessions 1, 2", on: "ETERNUS east" });
}

test("another array means another group: what the old one suspended is resumed first", () => {
  expect(diff({ array: "east" }, suspended, { changed: ["array"] }).replaces).toEqual({
    properties: ["array"],
    text: "replaced because of array (copy sessions 1, 2)",
  });
  const about = { ...update(ids, state), operation: { kind: "delete" } as const };
  expect(shown(about, read(about, suspended))).toEqual({
    row: "resume copy sessions 1, 2",
    warnings: ["resume: discards writes on 2 destinations since their suspend (volumes 2000, 2000)"],
  });
});

test("an id that names another pair is refused, whatever has changed", () => {
  const stranger = { ...two, pair: { ...two.pair, sourceVolume: 9 } };
  const { refusal } = diff({}, [one, stranger]);
  expect([refusal?.kind, refusal?.message]).toEqual([
    "identity",
    expect.stringContaining(
      "ETERNUS east: could not suspend copy sessions 1, 2: copy session 2 is now volume 9 to volume 2000",
    ),
  ]);
});

test("what is newly declared and no command leads to is refused, with every session; what was declared before is not", () => {
  const active = { targetState: "Active", direction: "RemoteToLocal" } as const;
  const { refusal } = diff(active, [one, two], { changed: ["direction"] });
  expect([refusal?.kind, refusal?.answered]).toEqual([
    "stuck",
    "copy session 1 copies, and its direction can only be changed while it is suspended; copy session 2 copies, and its direction can only be changed while it is suspended",
  ]);
  expect(diff(active, [one, two]).refusal).toBeUndefined();
  expect(diff(active, [one, two], { changed: ["direction"], unknown: ["targetState"] }).refusal).toBeUndefined();
});

test("a recorded failure makes the record stale", () => {
  const failures = [{ id: 1, message: "M" }];
  expect(diff({}, suspended).isStale).toBe(false);
  expect(diff({}, suspended, { state: { ...state, failures } }).isStale).toBe(true);
});

test("members that may not be named any more may be let go", () => {
  const warnings = [
    "copySessionIds is not known yet: any of copy sessions 1, 2 that it does not name leaves the group suspended, and nothing resumes it",
  ];
  expect(diff({}, suspended, { unknown: ["copySessionIds"] }).warnings).toEqual(warnings);
  expect(diff({}, [one, two], { unknown: ["copySessionIds"] }).warnings).toEqual([]);
  expect(diff({}, suspended).warnings).toEqual([]);
  expect(diff({ resume: [2] }, suspended, { unknown: ["copySessionIds"] }).warnings).toEqual([
    warnings[0]?.replace("sessions 1, 2", "session 1"),
  ]);
  expect(diff({ copySessionIds: [1] }, suspended, { unknown: ["resume"] }).warnings).toEqual([
    "resume is not known yet: any of copy session 2 that it does not name leaves the group suspended, and nothing resumes it",
  ]);
});

test("an update says which members are let go, and what a destroy would do then", () => {
  const { remarks } = diff({ copySessionIds: [1] }, suspended, { changed: ["copySessionIds"] });
  expect(remarks).toEqual([
    "let go: copy session 2",
    "destroy would resume copy session 1, discarding writes on the destinations",
  ]);
  expect(diff({}, suspended, { changed: ["force"] }).remarks).toEqual([
    "destroy would resume copy sessions 1, 2, discarding writes on the destinations",
  ]);
});

test("a record that names a session that the group does not list is stale, unless that session is to be resumed", () => {
  expect(diff({ copySessionIds: [1] }, suspended).isStale).toBe(true);
  expect(diff({ copySessionIds: [1], resume: [2] }, suspended).isStale).toBe(false);
});

test("what is planned is shown, and nothing else", () => {
  const preview = (inputs: Partial<RecSessionGroupInputs>, sessions: readonly CopySession[]) => {
    const about = update({ ...ids, ...inputs }, state, { before: ids });
    return shown(about, read(about, [...sessions]));
  };
  expect(preview({ force: true }, suspended)).toEqual({ row: "2/2 suspended: nothing to send", warnings: [] });
  expect(preview({ copySessionIds: [1, 3] }, [...suspended, sampleSession({ id: 3 })])).toEqual({
    row: "suspend copy session 3",
    warnings: [
      "suspend: copy session 3 without the others of the group, so the destinations show different moments (consistent: false)",
      "copy session 2 leaves the group suspended (found Active): nothing resumes it; name it in resume to resume it, or list it in another group",
    ],
  });
  expect(preview({ copySessionIds: [1], resume: [2] }, suspended)).toEqual({
    row: "resume copy session 2",
    warnings: ["resume: discards writes on 1 destination since its suspend (volume 2000)"],
  });
  expect(preview({}, [])).toMatchObject({
    row: "would fail: there is no copy session 1 on this array; there is no copy session 2 on this array. Correct `copySessionIds`, or create the session.",
  });
});

test("without the array a preview decides by what is recorded, and takes of what is added that most has to be sent", () => {
  const about = update({ copySessionIds: [1, 2, 3] }, recordedAfter(first, read(first, suspended)), { before: ids });
  expect(shown(about, group.assume(about)).row).toBe(
    "if copy session 3 is not suspended yet: suspend copy session 3; otherwise 2/2 suspended",
  );
  const unchanged = update(ids, recordedAfter(first, read(first, suspended)));
  expect(shown(unchanged, group.assume(unchanged)).row).toBe("2/2 suspended: nothing to send");
});
