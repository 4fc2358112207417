import { expect, test } from "vitest";
import { outputsOf, readRecorded } from "../../../provider/core/pulumi/recorded.ts";
import { playVolume } from "./volume-resource.ts";

const { schemas } = playVolume().resource;
const given = { __provider: "code", resourceUrn: "urn:v", size: 10, grace: "5m" };
const state = { label: "vol-7", isLabelChosen: true, sizeNow: 10, actions: [] };

test("what is recorded reads back as the inputs that were given and the state that was observed", () => {
  const outputs = outputsOf(given, { id: "7", state });
  const read = readRecorded(schemas, "7", outputs);
  expect(read.recorded).toEqual({ id: "7", state, urn: given.resourceUrn });
  expect(read.given).toEqual(given);
  expect(read.inputs).toEqual({ size: 10, grace: 300_000 });
});

test("recording what was read changes nothing, however often", () => {
  const once = outputsOf(given, { id: "7", state });
  const { given: again, recorded } = readRecorded(schemas, "7", once);
  expect(outputsOf(again, recorded)).toEqual(once);
});

test("outputs are plain JSON and carry Pulumi's own property", () => {
  const outputs = outputsOf(given, { id: "7", state: { ...state, error: undefined, at: new Date(0) } });
  expect(outputs).toStrictEqual({ ...given, ...state, at: "1970-01-01T00:00:00.000Z" });
});

test("an output that a state has no longer is dropped", () => {
  const { given: again } = readRecorded(
    schemas,
    "7",
    outputsOf(given, { id: "7", state: { ...state, error: "it broke" } }),
  );
  expect(outputsOf(again, { id: "7", state })).not.toHaveProperty("error");
});

test("an input that was given keeps its value although an output has its name", () => {
  const named = { ...given, label: "mine" };
  const outputs = outputsOf(named, { id: "7", state: { ...state, label: "mine", isLabelChosen: false } });
  expect(readRecorded(schemas, "7", outputs).given).toEqual(named);
});

test("the URN and the timeouts are read, and recorded again as they were given", () => {
  const timed = { ...given, timeouts: { create: "8h" } };
  const read = readRecorded(schemas, "7", outputsOf(timed, { id: "7", state }));
  expect(read).toMatchObject({ urn: "urn:v", timeouts: { create: 28_800_000 }, given: timed });
});
