import { expect, test } from "vitest";
import { confirmReplacement } from "../../../provider/core/preview/confirm-replacement.ts";
import { noVolume, type Volume } from "../pulumi/volume.ts";
import { playVolume } from "../pulumi/volume-resource.ts";
import { failure, runOn } from "../reconcile/scripted-reconciler.ts";
import { virtualClock } from "../virtual-clock.ts";

const seven: Volume = { id: "7", state: { label: "vol-7", isLabelChosen: true, sizeNow: 10, actions: [] } };

/** A volume that is to make room for another, on another array. */
function start() {
  const clock = virtualClock({ startMs: 0 });
  const play = playVolume(clock);
  const old = {
    urn: "urn:v",
    operation: { kind: "delete" },
    inputs: { size: 10 },
    unknown: [],
    recorded: seven,
    isPreview: false,
  } as const;
  const confirm = () => confirmReplacement(play.resource, old, { size: 20, array: "east" }, runOn(clock));
  return { clock, play, confirm };
}

test("what can be created may replace", async () => {
  const { play, confirm } = start();
  await expect(confirm()).resolves.toBeUndefined();
  expect(play.sent).toEqual([]);
});

test("the old object is read where it is, and the new one is checked as its replacement where it is to be", async () => {
  const { play, confirm } = start();
  await confirm();
  expect(play.reads).toMatchObject([
    { target: { operation: { kind: "read" }, inputs: { size: 10 }, recorded: seven, isPreview: false } },
  ]);
  expect(play.preflights).toMatchObject([
    {
      target: {
        operation: { kind: "replace", before: { size: 10 } },
        inputs: { size: 20, array: "east" },
        recorded: undefined,
        isPreview: true,
      },
    },
  ]);
});

test("what cannot be created is named with the array on which it cannot", async () => {
  const { play, confirm } = start();
  play.preflight = async () => ({
    refusals: [
      { property: "size", reason: "is too much" },
      { property: "label", reason: "is taken" },
    ],
    warnings: [],
  });
  await expect(confirm()).rejects.toMatchObject({
    kind: "input",
    message:
      "Array east (https://east): could not replace 7: its replacement cannot be created: size: is too much. " +
      "Nothing was sent, and the existing object is untouched. Fix the input named above, or revert the change.",
  });
});

test("with preflight warn, too, nothing is deleted for what cannot be created", async () => {
  const { play, confirm } = start();
  play.settings = { preflight: "warn" };
  play.preflight = async () => ({ refusals: [{ property: "size", reason: "is too much" }], warnings: [] });
  await expect(confirm()).rejects.toMatchObject({ kind: "input" });
});

test("an array that is away for a moment is read again", async () => {
  const { clock, play, confirm } = start();
  const failures = [failure("unreachable"), failure("busy", 30_000)];
  play.preflight = async () => {
    const next = failures.shift();
    if (next !== undefined) throw next;
    return { refusals: [], warnings: [] };
  };
  await expect(confirm()).resolves.toBeUndefined();
  expect([play.preflights.length, clock.nowMs()]).toEqual([3, 31_000]);
});

test("what must not be replaced is judged as it is read then, and what is gone is not judged", async () => {
  const { play, confirm } = start();
  const judged: number[] = [];
  play.refuseReplacement = ({ state }) => {
    judged.push(state.sizeNow);
    return undefined;
  };
  play.observe = async () => ({ id: "7", label: "vol-7", size: 99, isBusy: false });
  await confirm();
  play.observe = async () => noVolume;
  await confirm();
  expect(judged).toEqual([99]);
});

test("what must not be replaced is refused before the new one is checked, also with preflight off", async () => {
  const { play, confirm } = start();
  play.settings = { preflight: "off" };
  const refusal = failure("identity");
  play.refuseReplacement = () => refusal;
  await expect(confirm()).rejects.toBe(refusal);
  expect(play.preflights).toEqual([]);
});
