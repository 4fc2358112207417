import { expect, test } from "vitest";
import { recordOf } from "../../../provider/core/reconcile/run-resource.ts";
import { assumeVolume, noVolume } from "../pulumi/volume.ts";
import { failure } from "./scripted-reconciler.ts";
import { reading, seen, seven, startRuns } from "./volume-run.ts";

test("a delete follows the plan of a delete, until the object is gone", async () => {
  const { remove, play, warnings } = startRuns();
  const { planDelete } = play;
  play.plan = () => ({ kind: "stuck", reason: "this is no delete", next: "" });
  play.planDelete = (target, observed, moment) => planDelete(target, observed, moment);
  await remove();
  expect(play.sent).toEqual([{ kind: "remove" }]);
  expect(play.reads.map(({ before }) => before)).toEqual([undefined, noVolume]);
  expect(warnings()).toEqual(["warning: what is stored on it is lost"]);
});

test("a delete of what is gone already sends nothing", async () => {
  const { remove, play } = startRuns();
  play.observe = async () => noVolume;
  await remove();
  expect(play.sent).toEqual([]);
});

test("a delete that fails is thrown", async () => {
  const { remove, play } = startRuns();
  const rejection = failure("refused");
  play.send = async () => ({ outcome: "rejected", error: rejection, after: (observed) => observed });
  await expect(remove()).rejects.toBe(rejection);
});

test("a read is retried while it fails in passing, and sends nothing", async () => {
  const { play, read } = startRuns();
  const failures = [failure("unreachable"), failure("busy")];
  play.observe = async (target, before) => {
    const next = failures.shift();
    if (next !== undefined) throw next;
    return before ?? assumeVolume(target);
  };
  expect(await read()).toMatchObject(seven);
  expect([play.sent, play.reads.length]).toEqual([[], 3]);
});

test("a read of what is gone answers nothing", async () => {
  const { play, read } = startRuns();
  play.observe = async () => noVolume;
  expect(await read()).toBeUndefined();
});

test("W18: a read that fails for good names what was to be read, and on which array", async () => {
  const { play, read } = startRuns();
  play.observe = () => Promise.reject(failure("busy"));
  await expect(read()).rejects.toMatchObject({
    kind: "timeout",
    message: expect.stringMatching(/^Array default \(https:\/\/default\): could not read volume 7: timed out/),
  });
});

test("what is recorded of a read keeps the audit log", () => {
  const { play } = startRuns();
  const actions = [{ act: "make", at: "2030-01-01T00:00:00.000Z", reason: "0, wanted 10" }];
  const recorded = { ...seven, state: { ...seven.state, actions } };
  expect(recordOf(play.resource, { ...reading, recorded }, seen({ size: 30 }), 0)).toMatchObject({
    id: "7",
    state: { sizeNow: 30, actions },
  });
});
