import { describe, expect, test } from "vitest";
import { type CopyPair, reversedPair } from "../../../../provider/eternus/copy-session.ts";
import { openCommandLog } from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { directions } from "../../../../provider/eternus/rec-session-group/direction.ts";
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

/** What a route passes, told apart by what the array shows, what is awaited, and what is open. */
function situationsOf(some: readonly Member[]): string[] {
  return legsFrom(about, observedOf(some)).map(({ at }) =>
    JSON.stringify([at.doubts?.length, at.members.map(({ session, sent }) => [session, sent])]),
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

  test.each([
    ["copies", { phase: "Copying" }],
    ["is halted", { status: "Halt" }],
    ["has not started", { status: "Reserved" }],
    ["is in Through mode", { transferMode: "Through" }],
  ])("of a session that %s may be rejected, so that both ends are announced", (_, changes) => {
    const [wait, then] = legsFrom(active, read(active, [{ ...session, ...changes }], [suspendJob]));
    expect(wait).toMatchObject({ step: { kind: "wait" }, condition: undefined });
    expect(then).toMatchObject({
      condition: "copy session 1 is not suspended by job 7",
      otherwise: { kind: "act", actions: [{ kind: "resume", ids: [1] }] },
    });
    expect(shown(active, read(active, [{ ...session, ...changes }], [suspendJob])).warnings).toContain(discards);
  });

  test("beside one of another session may be rejected", () => {
    const two = target({ copySessionIds: [1, 2] });
    const observed = read(two, [session, { ...session, id: 2, isSuspending: true }], [suspendJob]);
    expect(legsFrom(two, observed).map(({ condition }) => condition)).toContain(
      "copy session 1 is not suspended by job 7",
    );
  });

  test("by force is certain of a session that copies", () => {
    const forced = running('POST /copysession/suspend {"copysession_id_list":[1],"force":true}');
    const legs = legsFrom(active, read(active, [{ ...session, phase: "Copying" }], [forced]));
    expect(kinds(legs)).toEqual(["wait", "resume", "wait", "settled"]);
    expect(legs.every(({ condition }) => condition === undefined)).toBe(true);
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

test("a forced suspend in Stack mode is carried out, or rejected, or followed by another once the session is equivalent", () => {
  const forced = target({ copySessionIds: [1], force: true });
  const legs = legsFrom(forced, read(forced, [{ ...session, phase: "Copying", transferMode: "Stack" }]));
  expect(kinds(legs)).toEqual(["suspend", "wait", "settled"]);
  expect(legs.map(({ otherwise }) => otherwise)).toEqual([
    undefined,
    expect.objectContaining({ kind: "stuck", reason: expect.stringContaining("5201") }),
    expect.objectContaining({ kind: "act", actions: [expect.objectContaining({ kind: "suspend", force: false })] }),
  ]);
});

test("the way out of Synchronous mode makes the split mode Manual", () => {
  const consistent = target({ copySessionIds: [1], transferMode: "Consistency" });
  const legs = legsFrom(consistent, read(consistent, [{ ...session, status: "Suspend", splitMode: "Automatic" }]));
  expect(legs.at(-1)?.at.members[0]?.session).toMatchObject({ transferMode: "Consistency", splitMode: "Manual" });
});

test("a suspended session is changed, reversed and resumed, and waited for until it is equivalent", () => {
  const all = target({
    copySessionIds: [1],
    targetState: "Active",
    direction: "RemoteToLocal",
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

describe.each(["Reserved", "Idle"])("a session in %s", (status) => {
  const notStarted = { ...session, status, phase: "No_Pair" };

  test("that is to be suspended may start, copies then, and is suspended once it is equivalent", () => {
    const observed = read(suspend, [notStarted]);
    expect(kinds(legsFrom(suspend, observed))).toEqual(["wait", "wait", "suspend", "settled"]);
    expect(legsFrom(suspend, observed).map(({ condition }) => condition)).toEqual([
      undefined,
      ...Array(3).fill("copy session 1 starts"),
    ]);
  });

  test("that is to be suspended by force is warned of with what it depends on", () => {
    const forced = target({ copySessionIds: [1], force: true });
    const { row, warnings } = shown(forced, read(forced, [notStarted]));
    expect(row).toContain("suspend copy session 1 by force; otherwise suspend copy session 1");
    expect(warnings).toContain(
      "if copy session 1 starts, and copy session 1 is not yet equivalent then: force: copy session 1 (Active, Copying) is suspended before its data is transferred: volume 2000 will not be usable",
    );
  });
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
