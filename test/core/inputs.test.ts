import { expect, test } from "vitest";
import { z } from "zod";
import { arrayInput, changedInputs, durationInput, inputFailures, momentInput } from "../../provider/core/inputs.ts";
import { unknownValue } from "../../provider/core/unknown-inputs.ts";

const schema = z.strictObject({
  name: z.string(),
  array: arrayInput.optional(),
  ids: z.array(z.number().int().min(0)).optional(),
  steps: z.strictObject({ sourceStopped: z.boolean() }).optional(),
  after: durationInput.optional(),
  window: z.strictObject({ notBefore: momentInput.optional(), notAfter: momentInput.optional() }).optional(),
  mode: z.enum(["a", "b"]).default("a"),
});
const named = { name: "v" };
const failures = (properties: Record<string, unknown>) => inputFailures(schema, { ...named, ...properties });

test("inputs that fit have no failure", () => {
  expect(failures({ ids: [0, 1], steps: { sourceStopped: false } })).toEqual([]);
});

test("a failure names the property by its path", () => {
  expect(
    failures({ ids: [1, -1], steps: { sourceStopped: "yes" }, mode: "c" }).map(({ property }) => property),
  ).toEqual(["ids[1]", "steps.sourceStopped", "mode"]);
});

test("a key that is no input is named, at the top and inside", () => {
  expect(failures({ passwrd: "x", steps: { sourceStopped: true, destinationStoped: true } })).toEqual([
    { property: "steps.destinationStoped", reason: "is not an input of this resource" },
    { property: "passwrd", reason: "is not an input of this resource" },
  ]);
});

test("a key that is missing is named", () => {
  expect(failures({ steps: {} })).toMatchObject([{ property: "steps.sourceStopped" }]);
  expect(inputFailures(schema, {})).toMatchObject([{ property: "name" }]);
});

test.each([
  { ids: unknownValue },
  { ids: [1, unknownValue] },
  { steps: unknownValue },
  { steps: { sourceStopped: unknownValue } },
  { after: unknownValue },
  { window: { notBefore: unknownValue } },
  { mode: unknownValue, array: unknownValue },
  { name: unknownValue },
])("a value that is not known yet passes every check: %j", (properties) => {
  expect(failures(properties)).toEqual([]);
});

test("a value that is not known yet hides no failure beside it", () => {
  expect(
    failures({ ids: [unknownValue, -1], mode: unknownValue, wrong: unknownValue }).map(({ property }) => property),
  ).toEqual(["ids[1]", "wrong"]);
});

test("a rule about several inputs waits until all are known", () => {
  const both = z
    .strictObject({ a: z.string().optional(), b: z.string().optional() })
    .refine(({ a, b }) => a !== b, "must differ");
  expect(inputFailures(both, { a: "1", b: "1" })).toEqual([{ property: "", reason: "must differ" }]);
  expect(inputFailures(both, { a: "1", b: unknownValue })).toEqual([]);
  expect(inputFailures(both, { a: unknownValue, b: unknownValue })).toEqual([]);
});

test("inputs are parsed to milliseconds where they are durations and moments, and defaults are filled in", () => {
  expect(schema.parse({ ...named, after: "1h30m", window: { notBefore: "2026-12-05T23:00:00+01:00" } })).toEqual({
    ...named,
    after: 5_400_000,
    window: { notBefore: Date.UTC(2026, 11, 5, 22) },
    mode: "a",
  });
});

test("checking changes nothing of what was given", () => {
  const properties = { ...named, after: "5m", ids: [1] };
  const before = structuredClone(properties);
  inputFailures(schema, properties);
  expect(properties).toEqual(before);
});

test.each(["0s", "-1h", "8", "", "soon"])("the duration %j is refused with an example of one", (text) => {
  expect(failures({ after: text })).toMatchObject([{ property: "after", reason: expect.stringContaining('"30m"') }]);
});

test.each([
  "2026-12-05",
  "2026-12-05T22:00:00",
  "2026-12-05T22:00Z",
  "2026-02-30T00:00:00Z",
  "2026-12-05T24:00:00Z",
  "2026-12-05T22:00:00+25:00",
  "2026-12-05T22:00:00+01:60",
  "tomorrow",
  "",
])("the moment %j is refused: it has no zone, or does not exist", (text) => {
  expect(failures({ window: { notBefore: text } })).toMatchObject([
    { property: "window.notBefore", reason: expect.stringContaining("ISO 8601") },
  ]);
});

test.each(["2026-12-05T22:00:00Z", "2026-12-05T22:00:00.5Z", "2026-12-05T23:30:00+01:30"])(
  "the moment %s is one",
  (text) => {
    const notBefore = schema.parse({ ...named, window: { notBefore: text } }).window?.notBefore;
    expect(Math.abs((notBefore ?? 0) - Date.UTC(2026, 11, 5, 22))).toBeLessThan(1000);
  },
);

test.each(["east", "east-1", "East_2"])("%s may be the name of an array", (name) => {
  expect(failures({ array: name })).toEqual([]);
});

test.each(["", "east.west", "a b", "arrays/east", "east\n"])("%j may not be the name of an array", (name) => {
  expect(failures({ array: name })).toMatchObject([{ property: "array" }]);
});

test("inputs that differ are named; what is no input is no difference, nor is an absent value", () => {
  const names = ["ids", "steps", "mode", "after"];
  const before = { resourceUrn: "a", ids: [1, 2], steps: { sourceStopped: true }, mode: "a", after: null };
  const after = { resourceUrn: "b", ids: [2, 1], steps: { sourceStopped: true }, mode: "b" };
  expect(changedInputs(names, before, after)).toEqual(["ids", "mode"]);
});

test("0, an empty text and false are values, and differ from an absent one", () => {
  expect(changedInputs(["a", "b", "c"], { a: 0, b: "", c: false }, {})).toEqual(["a", "b", "c"]);
});
