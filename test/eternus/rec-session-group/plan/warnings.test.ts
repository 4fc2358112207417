import { expect, test } from "vitest";
import { type CopySession, reversedPair } from "../../../../provider/eternus/copy-session.ts";
import type { Sent } from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { group, read, recordedAfter, shown, target, update } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const one = sampleSession();
const two = sampleSession({ id: 2, pair: { ...one.pair, sourceVolume: 1002, destinationVolume: 2002 } });

/** What the next step of a run, or of a preview, warns of. */
function warnings(
  inputs: object,
  sessions: readonly CopySession[],
  changes: { isPreview?: boolean; sent?: Sent } = {},
) {
  const about = target({ copySessionIds: [1, 2], ...inputs }, { isPreview: changes.isPreview ?? false });
  const observed = read(about, sessions);
  const members = observed.members.map((member) => ({ ...member, sent: member.id === 2 ? changes.sent : undefined }));
  const step = group.plan(about, { ...observed, members }, { nowMs: 0, isNow: true });
  return step.kind === "act" ? group.actions.warnings(step.actions, { ...observed, members }, about) : step.kind;
}

test("a suspend by force names each session that is not transferred, and its volume", () => {
  expect(warnings({ force: true }, [one, { ...two, phase: "Copying", progress: 43 }])).toEqual([
    "force: copy session 2 (Active, Copying, 43%) is suspended before its data is transferred: volume 2002 will not be usable",
  ]);
});

test("force is warned of in a preview although every session is equivalent, and not in the run that finds them so", () => {
  const text =
    "force: copy sessions 1, 2 are suspended even if not equivalent; the destination of any that lacks data will not be usable";
  expect(warnings({ force: true }, [one, two], { isPreview: true })).toEqual([text]);
  expect(warnings({ force: true }, [one, two])).toEqual([]);
});

test("a resume names volumes, and since when they are suspended", () => {
  const at = "2030-01-01T00:00:00Z";
  const sessions = [one, two].map((session) => ({ ...session, status: "Suspend" }));
  expect(warnings({ targetState: "Active" }, sessions)).toEqual([
    "resume: discards writes on 2 destinations since their suspend (volumes 2000, 2002)",
  ]);
  expect(warnings({ targetState: "Active" }, [{ ...one, status: "Suspend", suspendedAt: at }, two])).toEqual([
    `resume: discards writes on 1 destination since ${at} (volume 2000)`,
  ]);
});

test("a resume in Stack mode may never become equivalent, which is said with the way out", () => {
  const stack = { ...one, status: "Suspend", transferMode: "Stack" };
  const text =
    "copy session 1 is in Stack mode and may never become equivalent: waitForEquivalent: false waits for the restart of the copy only";
  expect(warnings({ targetState: "Active" }, [stack, two])).toContain(text);
  expect(warnings({ targetState: "Active", waitForEquivalent: false }, [stack, two])).not.toContain(text);
});

test("a suspend of some only is of another moment", () => {
  expect(warnings({}, [{ ...one, status: "Suspend" }, two])).toEqual([
    "suspend: copy session 2 without the others of the group, so the destinations show different moments (consistent: false)",
  ]);
});

test("what is sent again was warned of before", () => {
  const sent = { kind: "failed", command: "suspend", failure: { code: "5322", message: "" }, againMs: 0 } as const;
  const copying = { ...two, phase: "Copying" };
  expect(warnings({ force: true }, [one, copying])).toHaveLength(1);
  expect(warnings({ force: true }, [one, copying], { sent })).toEqual([]);
});

test("a session that leaves the group to be resumed stays suspended if it was reversed since it last copied", () => {
  const before = target({ copySessionIds: [1, 2], direction: "RemoteToLocal" });
  const state = recordedAfter(before, read(before, [one, two]));
  const about = update({ copySessionIds: [1], resume: [2] }, state, { before: before.inputs });
  const turned = { ...two, status: "Suspend", pair: reversedPair(two.pair) };
  expect(shown(about, read(about, [{ ...one, status: "Suspend" }, turned])).warnings).toEqual([
    "copy session 2 was reversed since it last copied: resume leaves it so",
  ]);
});
