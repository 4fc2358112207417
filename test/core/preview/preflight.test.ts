import { expect, test } from "vitest";
import { preflight, readNow, refusedIn } from "../../../provider/core/preview/preflight.ts";
import type { VolumeTarget } from "../pulumi/volume.ts";
import { playVolume, toldDeployment } from "../pulumi/volume-resource.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { virtualClock } from "../virtual-clock.ts";

const target: VolumeTarget = {
  urn: "urn:v",
  operation: { kind: "create" },
  inputs: { size: 10 },
  unknown: [],
  recorded: undefined,
  isPreview: true,
};

/** A volume, and what a preview needs besides. */
function start() {
  const clock = virtualClock({ startMs: 5000 });
  return { play: playVolume(clock), means: toldDeployment(clock) };
}

test("what is found is handed on as it is, where the array is to be believed", async () => {
  const { play, means } = start();
  const found = { refusals: [{ property: "size", reason: "is too much" }], warnings: ["it is shared"], remarks: ["x"] };
  play.preflight = async () => found;
  expect(await preflight(play.resource, target, means)).toEqual(found);
});

test("where it is only to be warned of, what is certain to fail is a warning, and the rest stays", async () => {
  const { play, means } = start();
  play.settings = { preflight: "warn" };
  const found = { refusals: [{ property: "size", reason: "is too much" }], warnings: ["it is shared"], remarks: ["x"] };
  play.preflight = async () => found;
  expect(await preflight(play.resource, target, means)).toEqual({
    refusals: [],
    warnings: ["would fail: size: is too much", "it is shared"],
    remarks: ["x"],
  });
});

test("a preview reads at the time of its own clock", async () => {
  const { play, means } = start();
  await preflight(play.resource, target, means);
  await readNow(play.resource, target, means);
  expect([play.preflights[0]?.reading.nowMs, play.reads[0]?.reading.nowMs]).toEqual([5000, 5000]);
});

test("each array is as strict as its own settings say", async () => {
  const { play, means } = start();
  const { open } = play.resource;
  play.preflight = async () => ({ refusals: [{ property: "size", reason: "is too much" }], warnings: [] });
  const resource = {
    ...play.resource,
    open(inputs: VolumeTarget["inputs"]) {
      play.settings = { preflight: inputs.array === "test" ? "off" : "enforce" };
      return open(inputs);
    },
  };
  expect((await preflight(resource, target, means)).refusals).toHaveLength(1);
  expect((await preflight(resource, { ...target, inputs: { size: 10, array: "test" } }, means)).refusals).toEqual([]);
});

test("settings of the array that are wrong are a refusal of a check, and an error of a diff", async () => {
  const { play, means } = start();
  const wrong = failure("settings");
  const resource = {
    ...play.resource,
    open() {
      throw wrong;
    },
  };
  expect(await preflight(resource, target, means)).toEqual({
    refusals: [{ property: "array", reason: wrong.message }],
    warnings: [],
  });
  await expect(readNow(resource, target, means)).rejects.toBe(wrong);
});

test.each([
  ["enforce", "identity", true],
  ["warn", "identity", false],
  ["off", "identity", false],
  ["enforce", "input", true],
  ["warn", "input", true],
  ["off", "input", true],
] as const)("in mode %s a refusal of kind %s is a refusal: %s", (mode, kind, isRefused) => {
  const refusal = failure(kind);
  expect(refusedIn(mode, refusal)).toEqual(
    isRefused ? { refusal, warnings: [] } : { warnings: [`would fail: ${refusal.message}`] },
  );
});

test("in no mode is there a refusal where there is none", () => {
  expect(refusedIn("enforce", undefined)).toEqual({ warnings: [] });
});
