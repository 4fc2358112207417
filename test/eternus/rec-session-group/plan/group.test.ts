import { describe, expect, test } from "vitest";
import { type CopySession, reversedPair } from "../../../../provider/eternus/copy-session.ts";
import type { Sent } from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { dedupeKeyOf } from "../../../../provider/eternus/rec-session-group/plan/actions.ts";
import type { Goal } from "../../../../provider/eternus/rec-session-group/plan/goal.ts";
import { planGroup } from "../../../../provider/eternus/rec-session-group/plan/group.ts";
import { type Member, memberOf } from "../../../../provider/eternus/rec-session-group/plan/member.ts";
import type { Target } from "../../../../provider/eternus/rec-session-group/states.ts";
import { samplePair, sampleSession } from "../sample-session.ts";

const session = (id: number, more: Partial<CopySession> = {}) => sampleSession({ id, ...more });

const goalOf = (target: Target, more: Partial<Goal> = {}): Goal => ({ target, modes: {}, ...more });
const member = (seen: CopySession, goal: Goal, more: Partial<Member> = {}): Member => ({
  ...memberOf(seen.id, goal, seen, { status: "Active", pair: samplePair }),
  ...more,
});
const nowMs = 1_000_000;
const plan = (...members: Member[]) => planGroup(members, nowMs);

const suspend = goalOf("Suspend");
const copying = { phase: "Copying" };
const suspended = { status: "Suspend" };

describe("suspending", () => {
  test("all that may be are suspended by one command", () => {
    expect(plan(member(session(0), suspend), member(session(1), suspend))).toEqual({
      kind: "act",
      actions: [{ kind: "suspend", ids: [0, 1], force: false, tries: 0 }],
      reason: "0/2 suspended: suspend copy sessions 0, 1 in one call",
    });
  });

  test("those that are suspended are left out", () => {
    const step = plan(member(session(0, suspended), suspend), member(session(1), suspend));
    expect(step).toMatchObject({
      kind: "act",
      actions: [{ ids: [1] }],
      reason: "1/2 suspended: suspend copy session 1",
    });
  });

  test.each([
    ["copies", session(1, copying)],
    ["is being suspended", session(1, { isSuspending: true })],
    ["is halted", session(1, { status: "Halt" })],
    ["is not started", session(1, { status: "Reserved" })],
    ["is in a status nobody knows", session(1, { status: "Metamorphosis" })],
  ])("nobody is suspended while one %s", (_, other) => {
    expect(plan(member(session(0), suspend), member(other, suspend))).toMatchObject({ kind: "wait" });
  });

  test("nobody is suspended if one never can be", () => {
    const step = plan(member(session(0), suspend), member(session(1, { status: "Error", errorCode: "b1" }), suspend));
    expect(step).toMatchObject({
      kind: "stuck",
      reason: "copy session 1 is in Error (copy error code b1); nothing was sent for copy session 0",
    });
  });

  test("force goes with the command only where a member needs it", () => {
    const force = goalOf("Suspend by force");
    expect(plan(member(session(0), force))).toMatchObject({ actions: [{ force: false }] });
    expect(plan(member(session(0), force), member(session(1, copying), force))).toMatchObject({
      actions: [{ ids: [0, 1], force: true }],
    });
  });
});

describe("what was sent", () => {
  const sent = (state: Sent, more: Partial<CopySession> = {}) =>
    plan(member(session(1, more), suspend, { sent: state, tries: 1 }));
  const failure = (code: string, againMs = 0): Sent => ({
    kind: "failed",
    command: "suspend",
    failure: { code, message: "M" },
    againMs,
  });

  test.each<[string, Sent]>([
    ["whose job runs", { kind: "under way", command: "suspend", jobId: 7 }],
    ["that is done but does not show", { kind: "done", command: "suspend" }],
    ["of which nothing is known yet", { kind: "unclear", command: "suspend", untilMs: nowMs + 1 }],
    [
      "of which nothing is known yet, bad or good",
      { kind: "unclear", command: "suspend", untilMs: nowMs + 1, failure: { message: "M" } },
    ],
    [
      "that may be tried again, but not yet",
      { kind: "failed", command: "suspend", failure: { code: "5322", message: "M" }, againMs: nowMs + 1 },
    ],
  ])("is waited for: a command %s", (_, sentNow) => {
    expect(sent(sentNow)).toMatchObject({ kind: "wait" });
  });

  test.each<[string, Sent]>([
    ["nothing came of it", { kind: "unclear", command: "suspend", untilMs: nowMs }],
    ["it may be tried again", failure("5322")],
    ["the copy was not far enough, and is now", failure("5201")],
    ["it was another command", { kind: "done", command: "resume" }],
  ])("is sent again, as another opportunity, when %s", (_, sentNow) => {
    const step = sent(sentNow);
    expect(step).toMatchObject({ kind: "act", actions: [{ kind: "suspend", ids: [1], tries: 1 }] });
    expect(step.kind === "act" && step.actions.map(dedupeKeyOf)).toEqual(["suspend 1 after 1"]);
  });

  test.each<[string, Sent]>([
    ["a code that says so", failure("5300")],
    ["a code that is not public", failure("7777")],
    ["a code that asks for force", failure("5323")],
    ["no code", { kind: "failed", command: "suspend", failure: { message: "M" }, againMs: 0 }],
    [
      "nothing that the session shows in time",
      { kind: "unclear", command: "suspend", untilMs: nowMs, failure: { message: "M" } },
    ],
  ])("is a failure that the run ends with, for %s", (_, sentNow) => {
    expect(sent(sentNow)).toMatchObject({
      kind: "stuck",
      reason: expect.stringMatching(/^copy session 1 failed: .*M/),
    });
  });

  test("a failure is forgotten when the session is where it was to be", () => {
    expect(sent(failure("5300"), suspended)).toMatchObject({ kind: "settled" });
  });

  test("a failure among successes is a partial one", () => {
    const failed = member(session(1), suspend, { sent: failure("5300"), tries: 1 });
    expect(plan(member(session(0, suspended), suspend), failed)).toMatchObject({ kind: "stuck", as: "partial" });
    expect(plan(failed)).not.toHaveProperty("as");
  });

  test("those still under way are waited for before a failure is reported", () => {
    const failed = member(session(1), suspend, { sent: failure("5300"), tries: 1 });
    const going = member(session(2, { isSuspending: true }), suspend);
    expect(plan(failed, going)).toMatchObject({
      kind: "wait",
      reason: "0/2 suspended, 1 failed: copy session 2: the array suspends",
    });
  });
});

describe("resuming", () => {
  const equivalent = goalOf("Equivalent");

  test("every session is resumed by its own command, whatever becomes of the others", () => {
    const broken = member(session(9, { status: "Error" }), equivalent);
    const step = plan(member(session(0, suspended), equivalent), member(session(1, suspended), equivalent), broken);
    expect(step).toMatchObject({
      kind: "act",
      actions: [
        { kind: "resume", ids: [0] },
        { kind: "resume", ids: [1] },
      ],
      reason: "0/3 equivalent, 1 failed: resume copy sessions 0, 1",
    });
  });

  test("restarted is enough where equivalence is not waited for", () => {
    expect(plan(member(session(0, copying), equivalent))).toMatchObject({ kind: "wait" });
    expect(plan(member(session(0, copying), goalOf("Copying")))).toMatchObject({ kind: "settled" });
    expect(plan(member(session(0, copying), goalOf("Restored")))).toMatchObject({ kind: "settled" });
  });

  test("a suspend and the restoring of others go together", () => {
    const step = plan(member(session(0), suspend), member(session(1, suspended), goalOf("Restored")));
    expect(step).toMatchObject({
      kind: "act",
      actions: [
        { kind: "suspend", ids: [0] },
        { kind: "resume", ids: [1] },
      ],
    });
  });
});

describe("arranging", () => {
  const reversed = goalOf("Suspend", { direction: "RemoteToLocal" });
  const stack = goalOf("Suspend", { modes: { transferMode: "Stack" }, direction: "RemoteToLocal" });

  test("modes are changed before the direction, and neither before the group is suspended", () => {
    expect(plan(member(session(0, suspended), stack))).toMatchObject({
      actions: [{ kind: "modify", modes: { transferMode: "Stack" } }],
    });
    expect(plan(member(session(0, { ...suspended, transferMode: "Stack" }), stack))).toMatchObject({
      actions: [{ kind: "reverse" }],
    });
    const other = member(session(1), reversed);
    expect(plan(member(session(0, suspended), reversed), other)).toMatchObject({
      actions: [{ kind: "suspend", ids: [1] }],
    });
  });

  const unreportedPair = { pair: { ...samplePair, isLocalSource: undefined } };
  test.each<[string, Partial<CopySession>, Partial<Goal>]>([
    ["direction", unreportedPair, { direction: "RemoteToLocal" }],
    ["direction", unreportedPair, { direction: "LocalToRemote" }],
    ["transfer mode", { transferMode: undefined }, { modes: { transferMode: "Stack" } }],
    ["split mode", { splitMode: undefined }, { modes: { splitMode: "Manual" } }],
    ["recovery mode", { recoveryMode: undefined }, { modes: { recoveryMode: "Manual" } }],
  ])(
    "a declared %s that the array does not report is not reached, and nothing is sent",
    (what, unreported, declared) => {
      const reason = expect.stringContaining(`the array does not report the ${what} of copy session 0`);
      const goal = goalOf("Suspend", declared);
      expect(plan(member(session(0, { ...suspended, ...unreported }), goal))).toMatchObject({ kind: "stuck", reason });
      expect(plan(member(session(0, unreported), goal))).toMatchObject({ kind: "stuck", reason });
      expect(plan(member(session(0, { ...suspended, ...unreported }), goalOf("Suspend")))).toMatchObject({
        kind: "settled",
      });
    },
  );

  test("a session that is restored whose direction the array does not report is restored all the same", () => {
    expect(plan(member(session(0, { ...suspended, ...unreportedPair }), goalOf("Restored")))).toMatchObject({
      actions: [{ kind: "resume" }],
    });
  });

  test("a split mode that is unreported because the session is not in Synchronous mode goes with the change to it", () => {
    const asynchronous = session(0, { ...suspended, transferMode: "Stack", splitMode: undefined });
    const modes = { splitMode: "Manual" };
    expect(plan(member(asynchronous, goalOf("Suspend", { modes })))).toMatchObject({
      reason: expect.stringContaining("split mode exists in Synchronous mode only"),
    });
    const both = { transferMode: "Synchronous", ...modes };
    expect(plan(member(asynchronous, goalOf("Suspend", { modes: both })))).toMatchObject({
      actions: [{ kind: "modify", modes: both }],
    });
  });

  test("nobody is changed before the whole group is suspended", () => {
    const modes = goalOf("Suspend", { modes: { transferMode: "Stack" } });
    expect(plan(member(session(0, suspended), modes), member(session(1, copying), modes)).kind).toBe("wait");
  });

  test("a session that was reversed since it last copied is never reversed back, and not resumed", () => {
    const turned = session(0, { ...suspended, pair: reversedPair(samplePair) });
    const known = { isOurs: true, lastCopied: "LocalToRemote" } as const;
    expect(plan(member(turned, goalOf("Restored"), known))).toEqual({ kind: "settled", reason: "1/1 left as is" });
    expect(plan(member(session(0, suspended), goalOf("Restored"), known))).toMatchObject({
      actions: [{ kind: "resume" }],
    });
  });
});

test("a long list of sessions is cut short in words, not in acts", () => {
  const members = Array.from({ length: 30 }, (_, id) => member(session(id, copying), suspend));
  expect(plan(...members).reason).toBe(
    "0/30 suspended: copy sessions 0, 1, 2, 3, 4, 5, 6, 7 and 22 more: still copying",
  );
});
