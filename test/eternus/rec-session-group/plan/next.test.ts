import { describe, expect, test } from "vitest";
import { type CopyPair, reversedPair } from "../../../../provider/eternus/copy-session.ts";
import { openCommandLog } from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { directions } from "../../../../provider/eternus/rec-session-group/inputs.ts";
import type { GroupAction } from "../../../../provider/eternus/rec-session-group/plan/actions.ts";
import type { Goal } from "../../../../provider/eternus/rec-session-group/plan/goal.ts";
import { type Member, memberOf } from "../../../../provider/eternus/rec-session-group/plan/member.ts";
import type { ObservedGroup } from "../../../../provider/eternus/rec-session-group/plan/observed.ts";
import type { Target } from "../../../../provider/eternus/rec-session-group/states.ts";
import { copyPhases, sessionStatuses, transferModes } from "../../../../provider/eternus/words.ts";
import { legsFrom, nowMs, read, shown, target } from "../sample-group.ts";
import { samplePair, sampleSession } from "../sample-session.ts";

const targets: readonly Target[] = ["Suspend", "Suspend by force", "Equivalent", "Copying", "Restored", "Unchanged"];
const pairs: readonly CopyPair[] = [
  samplePair,
  reversedPair(samplePair),
  { ...samplePair, isLocalSource: undefined },
  { ...samplePair, sourceVolume: 7 },
];
const declaredModes = [{}, { transferMode: "Stack" }, { transferMode: "Synchronous", splitMode: "Automatic" }];

const members: readonly Member[] = [...sessionStatuses, "Metamorphosis"].flatMap((status) =>
  [...copyPhases, "Dreaming"].flatMap((phase) =>
    [...transferModes, undefined].flatMap((transferMode) =>
      [false, true].flatMap((isSuspending) =>
        pairs.flatMap((pair) =>
          targets.flatMap((goal) =>
            [...directions, undefined].flatMap((direction) =>
              declaredModes.map((modes): Member => {
                const session = sampleSession({ status, phase, transferMode, isSuspending, pair });
                const wanted: Goal = { target: goal, direction, modes };
                return memberOf(1, wanted, session, { status: "Active", pair: samplePair });
              }),
            ),
          ),
        ),
      ),
    ),
  ),
);

const observedOf = (some: readonly Member[]): ObservedGroup => ({
  members: some,
  log: openCommandLog([]),
  previous: undefined,
  readMs: nowMs,
});
const about = target({ copySessionIds: [1] });

/** What a route passes, told apart by what the array shows and by what is awaited. */
function situationsOf(some: readonly Member[]): string[] {
  return legsFrom(about, observedOf(some)).map(({ at }) =>
    JSON.stringify(at.members.map(({ session, sent }) => [session, sent])),
  );
}

describe("every route of a run comes to an end, and passes no situation twice", () => {
  test("for one session, over every status, phase, mode, pair and goal", () => {
    expect(members).toHaveLength(8 * 7 * 5 * 2 * 4 * 6 * 3 * 3);
    const circling = members.filter((member) => {
      const passed = situationsOf([member]);
      return new Set(passed).size < passed.length;
    });
    expect(circling).toEqual([]);
  });

  test.each([2, 3])("for a sample of groups of %i", (size) => {
    let seed = size;
    const any = () => {
      seed = (seed * 48_271) % 2_147_483_647;
      return members[seed % members.length];
    };
    for (let times = 0; times < 5000; times++) {
      const some = Array.from({ length: size }, any).flatMap((member, id) =>
        member === undefined ? [] : { ...member, id },
      );
      const passed = situationsOf(some);
      expect(new Set(passed).size, JSON.stringify(some)).toBe(passed.length);
    }
  });
});

const active = target({ copySessionIds: [1], targetState: "Active" });
const suspend = target({ copySessionIds: [1] });
const session = sampleSession();
const running = (description: string) => ({
  id: 7,
  status: "Running",
  description,
  inProgress: [],
  succeeded: undefined,
  failures: [],
});
const suspendJob = running('POST /copysession/suspend {"copysession_id_list":[1],"force":false}');
const kinds = (legs: ReturnType<typeof legsFrom>) =>
  legs.map(({ step }) => (step.kind === "act" ? step.actions.map(({ kind }: GroupAction) => kind).join() : step.kind));
const discards = "resume: discards writes on 1 destination since its suspend (volume 2000)";

describe("a suspend under way", () => {
  test.each([
    ["that the session shows", read(active, [{ ...session, isSuspending: true }])],
    ["that only a job shows", read(active, [session], [suspendJob])],
    ["that both show", read(active, [{ ...session, isSuspending: true }], [suspendJob])],
  ])("%s, of a session that is declared Active, is waited for, and resumed with a warning", (_, observed) => {
    expect(kinds(legsFrom(active, observed))).toEqual(["wait", "resume", "wait", "settled"]);
    const { row, warnings } = shown(active, observed);
    expect(row).toMatch(
      /^wait: 0\/1 equivalent: copy session 1: (the array suspends|job 7 runs); then resume copy session 1$/,
    );
    expect(warnings).toEqual([discards]);
  });

  test("of a session that is to be suspended is all there is to do", () => {
    expect(kinds(legsFrom(suspend, read(suspend, [session], [suspendJob])))).toEqual(["wait", "settled"]);
  });

  test("of one member holds the suspend of the others up, and they follow alone", () => {
    const two = target({ copySessionIds: [1, 2] });
    const observed = read(two, [
      { ...session, isSuspending: true },
      { ...session, id: 2 },
    ]);
    expect(kinds(legsFrom(two, observed))).toEqual(["wait", "suspend", "settled"]);
    expect(shown(two, observed).warnings).toEqual([
      expect.stringContaining("suspend: copy session 2 without the others"),
    ]);
  });
});

test("a resume under way, of a session that is to be suspended, is waited for until it is equivalent", () => {
  const observed = read(suspend, [{ ...session, status: "Suspend" }], [running("POST /copysession/1/resume")]);
  expect(kinds(legsFrom(suspend, observed))).toEqual(["wait", "wait", "suspend", "settled"]);
});

test("a suspended session is changed, reversed and resumed, and waited for until it is equivalent", () => {
  const all = target({
    copySessionIds: [1],
    targetState: "Active",
    direction: "Reversed",
    transferMode: "Consistency",
  });
  const observed = read(all, [{ ...session, status: "Suspend" }]);
  expect(kinds(legsFrom(all, observed))).toEqual(["modify", "reverse", "resume", "wait", "settled"]);
  expect(shown(all, observed).warnings).toEqual([
    "reverse: copy session 1 will copy from volume 2000 to volume 1000 once it is resumed",
    "resume: discards writes on 1 destination since its suspend (volume 1000)",
  ]);
});

test.each([
  [{ phase: "Copying", transferMode: "Stack" }, /Stack mode and may never become equivalent/],
  [{ status: "Halt" }, /is halted: the run waits until its path or buffer is back/],
  [{ status: "Reserved" }, /is Reserved: the run waits until it starts/],
])("what follows a wait that may never end is only possible: %j", (changes, warning) => {
  const observed = read(suspend, [{ ...session, ...changes }]);
  const [wait, then, ...rest] = legsFrom(suspend, observed);
  expect([wait?.condition, then?.condition]).toEqual([undefined, "copy session 1 becomes equivalent"]);
  expect(then).toMatchObject({ step: { kind: "act" }, otherwise: { kind: "wait" } });
  expect(shown(suspend, observed).row).toMatch(
    /; then if copy session 1 becomes equivalent: suspend copy session 1; otherwise the run waits until its deadline$/,
  );
  expect(kinds(rest)).toEqual(["settled"]);
  expect(shown(suspend, observed).warnings).toEqual([expect.stringMatching(warning)]);
});

test("where nobody can tell what a session will show, its route ends", () => {
  expect(kinds(legsFrom(suspend, read(suspend, [{ ...session, status: "Metamorphosis" }])))).toEqual(["wait"]);
  expect(kinds(legsFrom(active, read(active, [{ ...session, status: "Halt" }])))).toEqual(["wait"]);
});

test("what is certain of some does not wait for what is doubtful of others", () => {
  const two = target({ copySessionIds: [1, 2], targetState: "Active" });
  const observed = read(two, [
    { ...session, isSuspending: true },
    { ...session, id: 2, status: "Metamorphosis" },
  ]);
  expect(kinds(legsFrom(two, observed))).toEqual(["wait", "resume", "wait", "wait"]);
  expect(shown(two, observed).warnings).toEqual([
    discards,
    'copy session 2 is in status "Metamorphosis", which this release does not know: the run waits; if it shows Suspend then, it is resumed, which discards writes on its destination',
  ]);
});
