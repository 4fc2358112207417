import { expect, test } from "vitest";
import { inputFailures } from "../../../provider/core/inputs.ts";
import { ownInputsSchema, splitProperties } from "../../../provider/core/pulumi/own-inputs.ts";
import { unknownValue } from "../../../provider/core/unknown-inputs.ts";

const urn = { resourceUrn: "urn:v" };
const failures = (properties: Record<string, unknown>) => inputFailures(ownInputsSchema, { ...urn, ...properties });

test("properties are split into the URN, the timeouts in milliseconds, and what the program declares", () => {
  const timeouts = { create: "8h", read: "90s" };
  expect(splitProperties({ ...urn, __provider: "code", timeouts, size: 10, label: "l" })).toEqual({
    urn: "urn:v",
    timeouts: { create: 28_800_000, read: 90_000 },
    rest: { size: 10, label: "l" },
  });
});

test.each([undefined, null, "8h", { create: "soon" }, { create: "1h", delete: unknownValue }, unknownValue])(
  "timeouts that do not fit are left out when properties are split: %j",
  (timeouts) => {
    expect(splitProperties({ ...urn, timeouts })).toEqual({ urn: "urn:v", timeouts: undefined, rest: {} });
  },
);

test("splitting changes nothing of what was given", () => {
  const properties = { ...urn, timeouts: { create: "8h" }, size: 10 };
  const before = structuredClone(properties);
  splitProperties(properties);
  expect(properties).toEqual(before);
});

test("what fits has no failure, whatever a program declares beside it", () => {
  expect(failures({ timeouts: { create: "8h", update: "1h30m", delete: "30m", read: "90s" }, colour: "red" })).toEqual(
    [],
  );
});

test("W16: a timeout that is none is refused rather than ignored", () => {
  expect(failures({ timeouts: { create: "8 hours" } })).toMatchObject([{ property: "timeouts.create" }]);
  expect(failures({ timeouts: { creat: "8h" } })).toMatchObject([{ property: "timeouts.creat" }]);
});

test("a resource without its URN is refused", () => {
  expect(inputFailures(ownInputsSchema, {})).toMatchObject([{ property: "resourceUrn" }]);
});

test.each([unknownValue, { create: unknownValue }])("timeouts that are not known yet pass: %j", (timeouts) => {
  expect(failures({ timeouts })).toEqual([]);
});
