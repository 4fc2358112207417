import { expect, test } from "vitest";
import { type PartlyKnown, type Properties, partlyKnown, unknownValue } from "../../../provider/core/inputs.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { virtualClock } from "../virtual-clock.ts";
import { given } from "./volume-hooks.ts";
import { playVolume, toldDeployment } from "./volume-resource.ts";

/** A volume that tells what it hears while something is unknown, and whose label is not recorded. */
function tellingHooks() {
  const deployment = toldDeployment(virtualClock({ startMs: 0 }));
  const play = playVolume();
  const remembered: Properties[] = [];
  const { check, diff } = dynamicHooks(
    {
      ...play.lifecycle,
      announcePartly: ({ known, unknown }: PartlyKnown) => ({
        warnings: [`known ${Object.keys(known).join()}, unknown ${unknown.join()}`],
      }),
      recordable: ({ label: _, ...kept }: Properties) => kept,
      remember: (whole: Properties) => void remembered.push(whole),
    },
    deployment,
  );
  if (!(check && diff)) throw new Error("a hook is missing");
  return { check, diff, deployment, play, remembered };
}

test("inputs are parted into those that are known wholly and the others", () => {
  const inputs = { __provider: "code", size: 1, timeouts: { create: "8h", delete: unknownValue }, ids: [unknownValue] };
  expect(partlyKnown(inputs)).toEqual({ known: { size: 1 }, unknown: ["timeouts", "ids"] });
});

test("a check of a new resource with inputs that are not known yet announces what the others tell", async () => {
  const { check, deployment } = tellingHooks();
  await check({}, { ...given, size: unknownValue });
  expect(deployment.said).toEqual(["warn urn:v known resourceUrn, unknown size", "flush"]);
});

test("a check announces nothing where an input that is known is wrong, or the resource exists", async () => {
  const { check, deployment } = tellingHooks();
  await check({}, { ...given, size: unknownValue, colour: "red" });
  await check(given, { ...given, size: unknownValue });
  expect(deployment.said.filter((line) => line !== "flush")).toEqual([]);
});

test("a diff with inputs that are not known yet hands the others to the review", async () => {
  const { diff, play } = tellingHooks();
  await diff("7", given, { ...given, size: unknownValue, grace: "5m" });
  expect(play.reviewed).toMatchObject([
    { inputs: undefined, partly: { known: { grace: "5m" }, unknown: ["size"] }, changed: ["size", "grace"] },
  ]);
});

test("what is not recorded is checked, kept for the run, left out of what the engine records, and is no change", async () => {
  const { check, diff, play, remembered } = tellingHooks();
  expect(await check({}, { ...given, label: 7 })).toMatchObject({ failures: [{ property: "label" }] });
  expect(await check({}, { ...given, label: "l" })).toEqual({ inputs: given, failures: [] });
  expect(remembered.at(-1)).toEqual({ ...given, label: "l" });
  await diff("7", { ...given, label: "recorded by an older release" }, given);
  expect(play.reviewed).toMatchObject([{ changed: [] }]);
});
