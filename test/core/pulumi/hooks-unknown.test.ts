import { expect, test } from "vitest";
import type { Properties } from "../../../provider/core/inputs.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { unknownValue } from "../../../provider/core/unknown-inputs.ts";
import { virtualClock } from "../virtual-clock.ts";
import { given, recorded } from "./volume-hooks.ts";
import { playVolume, toldDeployment } from "./volume-resource.ts";

/** The hooks of a volume whose label is not recorded. */
function rememberingHooks() {
  const clock = virtualClock({ startMs: 0 });
  const deployment = toldDeployment(clock);
  const play = playVolume(clock);
  const remembered: (readonly [urn: string, given: Properties])[] = [];
  const schemas = {
    ...play.resource.schemas,
    recordable: ({ label: _, ...kept }: Properties) => kept,
    remember: (urn: string, whole: Properties) => void remembered.push([urn, whole]),
  };
  const { check, diff } = dynamicHooks({ ...play.resource, schemas }, deployment);
  if (!(check && diff)) throw new Error("a hook is missing");
  const shown = () => deployment.said.filter((line) => line !== "flush");
  return { check, diff, shown, play, remembered };
}

test("a check of a new resource with inputs that are not known yet shows what the others tell, and refuses nothing that may still change", async () => {
  const { check, shown, play } = rememberingHooks();
  play.preflight = async () => ({ refusals: [{ property: "size", reason: "is too large" }], warnings: ["is large"] });
  expect(await check({}, { ...given, size: unknownValue })).toMatchObject({ failures: [] });
  expect(shown()).toEqual(["progress urn:v create a volume"]);
});

test("a check of a new resource with inputs that are not known yet begins where the array shows that something is there", async () => {
  const { check, shown, play } = rememberingHooks();
  play.preflight = async (target) => {
    const begins = { observed: play.resource.assume(target), intro: "adopt volume 7" };
    return { refusals: [], warnings: [], begins };
  };
  await check({}, { ...given, size: unknownValue });
  expect(shown()).toEqual(["progress urn:v adopt volume 7; create a volume"]);
});

test("a check of a new resource reads no array while it is not known yet which", async () => {
  const { check, play } = rememberingHooks();
  await check({}, { ...given, array: unknownValue });
  expect(play.preflights).toEqual([]);
  await check({}, { ...given, size: unknownValue });
  expect(play.preflights).toHaveLength(1);
});

test("a check shows nothing where an input that is known is wrong, or the resource exists", async () => {
  const { check, shown } = rememberingHooks();
  expect(await check({}, { ...given, size: unknownValue, colour: "red" })).toMatchObject({
    failures: [{ property: "colour" }],
  });
  await check(given, { ...given, size: unknownValue });
  expect(shown()).toEqual([]);
});

test("timeouts that are not known yet keep nothing else from being checked", async () => {
  const { check, play } = rememberingHooks();
  await check({}, { ...given, timeouts: { create: unknownValue } });
  expect(play.preflights).toMatchObject([{ target: { inputs: { size: 10 }, unknown: [] } }]);
});

test("a diff with inputs that are not known yet goes by the others, of which the changed ones are named", async () => {
  const { diff, play } = rememberingHooks();
  expect(await diff("7", recorded, { ...given, size: unknownValue, grace: "5m" })).toMatchObject({ changes: true });
  expect(play.questions).toMatchObject([{ target: { inputs: { grace: 300_000 }, unknown: ["size"] } }]);
  expect(play.questions[0]?.changed).toEqual(["grace"]);
});

test("an input that is not known yet is a change although everything else is as before", async () => {
  const { diff, play } = rememberingHooks();
  play.plan = () => ({ kind: "settled", reason: "it is as declared" });
  expect(await diff("7", recorded, { ...given, grace: unknownValue })).toMatchObject({ changes: true });
});

test("what is not recorded is checked, kept for the run, left out of what the engine records, and is no change", async () => {
  const { check, diff, play, remembered } = rememberingHooks();
  expect(await check({}, { ...given, label: 7 })).toMatchObject({ failures: [{ property: "label" }] });
  expect(await check({}, { ...given, label: "l" })).toEqual({ inputs: given, failures: [] });
  expect(remembered.at(-1)).toEqual(["urn:v", { size: 10, label: "l" }]);
  const older = { ...recorded, label: "recorded by an older release", isLabelChosen: false };
  expect(await diff("7", older, given)).toMatchObject({ changes: false });
  expect(play.questions[0]?.changed).toEqual([]);
});
