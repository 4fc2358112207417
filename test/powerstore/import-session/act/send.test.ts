import { describe, expect, test } from "vitest";
import { MigrationError, type MigrationErrorKind } from "../../../../provider/core/errors.ts";
import type { HttpAnswer } from "../../../../provider/core/http/exchange.ts";
import { sendAction } from "../../../../provider/powerstore/import-session/act/send.ts";
import { newRun, type ObservedImport } from "../../../../provider/powerstore/import-session/observed.ts";
import type { ImportAction } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import type { ImportTarget } from "../../../../provider/powerstore/import-session/target.ts";
import { virtualClock } from "../../../core/virtual-clock.ts";
import { sampleNew, sampleObserved, sampleSession, sampleTarget } from "../samples.ts";
import { answered, arrayShowing } from "../shown-array.ts";

const clock = virtualClock();
const nowMs = clock.nowMs();
const ready = sampleObserved(sampleSession("Ready_For_Cutover"));
const cutover: ImportAction = { kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" };
const cancel = (force: boolean): ImportAction => ({ kind: "cancel", sessionId: "7", force, rejectedIn: undefined });
const rejected = answered(422, { messages: [{ code: "0xE1", message_l10n: "No path." }] });

async function sent(
  action: ImportAction,
  answer: HttpAnswer | Error,
  { observed = ready, target = sampleTarget() }: { observed?: ObservedImport; target?: ImportTarget } = {},
) {
  const paths: string[] = [];
  const array = arrayShowing([], "enforce", ({ path }) => {
    paths.push(path);
    return answer;
  });
  const { outcome, error, after } = await sendAction(array, action, observed, target, { clock, confirm: () => {} });
  return { paths, outcome, error, run: after(observed).run };
}

function failing(kind: MigrationErrorKind): MigrationError {
  return new MigrationError({ kind, attempted: "send it", on: "it", answered: `it was ${kind}`, next: "Run again." });
}

describe("an action that the array takes", () => {
  test("is remembered: a cutover by where it was sent from, until the session has left that state", async () => {
    const { outcome, run } = await sent(cutover, answered(204));
    expect(outcome).toBeUndefined();
    expect(run).toMatchObject({ hasSent: true, cuttingOverFrom: "Ready_For_Cutover", cutOverFrom: [] });
  });

  test("is remembered: a create by the session it has made, which is not read yet", async () => {
    const nothing = sampleObserved(undefined, [], { run: newRun(undefined) });
    const created = { observed: nothing, target: sampleNew() };
    const { run } = await sent({ kind: "create", startMs: undefined }, answered(201, { id: "9" }), created);
    expect(run).toMatchObject({ sessionId: "9", isJustCreated: true, hasSent: true });
  });

  test("is remembered: a cancel by when it was sent", async () => {
    expect((await sent(cancel(false), answered(204))).run.cancels.graceful).toEqual({ kind: "sent", sinceMs: nowMs });
    expect((await sent(cancel(true), answered(204))).run.cancels.forced).toEqual({ kind: "sent", sinceMs: nowMs });
  });
});

describe("an action whose answer is lost", () => {
  test.each(["lost", "failing", "contract"] as const)(
    "is an outcome of its own, and the run hears of it: %s",
    async (kind) => {
      const { outcome, error, run } = await sent(cutover, failing(kind));
      expect({ outcome, kind: error?.kind }).toEqual({ outcome: "lost", kind });
      // It may have been taken.
      expect(run).toMatchObject({ hasSent: true, cuttingOverFrom: "Ready_For_Cutover" });
    },
  );

  test("is no cancel that was taken: only what the session shows next says so", async () => {
    expect((await sent(cancel(false), failing("lost"))).run.cancels.graceful).toEqual({ kind: "none" });
  });
});

describe("an action that the array rejects", () => {
  test("is recorded as that, and ends the run", async () => {
    const { outcome, error, run } = await sent(cutover, rejected);
    expect({ outcome, kind: error?.kind }).toEqual({ outcome: "rejected", kind: "refused" });
    expect(run).toMatchObject({ hasSent: true, cuttingOverFrom: undefined });
  });

  test("is for the plan to answer, if it is a cancel", async () => {
    const { outcome, error, run } = await sent(cancel(false), rejected);
    expect({ outcome, error }).toEqual({ outcome: "rejected", error: undefined });
    expect(run.cancels.graceful).toMatchObject({
      kind: "rejected",
      state: "Ready_For_Cutover",
      text: "the array answered 422 0xE1: No path.",
    });
  });
});

test.each(["unreachable", "busy", "permission", "notFound", "authentication"] as const)(
  "an action that ends %s was not sent, or is not to be sent again: no outcome is recorded",
  async (kind) => {
    await expect(sent(cutover, failing(kind))).rejects.toMatchObject({ kind });
  },
);

describe("right before a cutover leaves", () => {
  test.each<[string, Partial<ObservedImport>, Parameters<typeof sampleTarget>[0]]>([
    ["a window that has closed", {}, { cutoverWindow: { notAfter: nowMs } }],
    ["an approval of another session", {}, { cutoverApproval: { code: "8" } }],
    [
      "a member of the wave that is not ready",
      { unready: "held: 8 is Paused" },
      { wave: { part: "cutover", hold: "", isApprovalAsked: false } },
    ],
  ])("%s holds it back, and nothing is sent", async (_, changes, inputs) => {
    const paths: string[] = [];
    const array = arrayShowing([], "enforce", ({ path }) => {
      paths.push(path);
      return answered(204);
    });
    const observed = { ...ready, ...changes };
    const sending = sendAction(array, cutover, observed, sampleTarget(inputs), { clock, confirm: () => {} });
    await expect(sending).rejects.toMatchObject({
      kind: "busy",
      message: expect.stringContaining("nothing was sent, because the gate closed a moment before: held"),
    });
    expect(paths).toEqual([]);
  });

  test("the array's clock holds it back by its last answer, which may be newer than the read", async () => {
    const array = { ...arrayShowing([], "enforce"), aheadMs: () => -3_600_000 };
    const target = sampleTarget({ cutoverWindow: { notBefore: nowMs } });
    await expect(sendAction(array, cutover, ready, target, { clock, confirm: () => {} })).rejects.toMatchObject({
      message: expect.stringContaining("by the array's clock"),
    });
  });

  test("other actions do not ask the gate", async () => {
    const target = sampleTarget({ cutoverApproval: { code: "" } });
    const { paths } = await sent({ kind: "pause", sessionId: "7" }, answered(204), { target });
    expect(paths).toHaveLength(1);
  });
});
