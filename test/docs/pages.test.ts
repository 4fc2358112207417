import { expect, test } from "vitest";
import { recSessionGroupInputNames } from "../../provider/eternus/rec-session-group/inputs.ts";
import { recSessionGroupState } from "../../provider/eternus/rec-session-group/recorded.ts";
import { importSessionInputNames } from "../../provider/powerstore/import-session/inputs.ts";
import { importSessionState } from "../../provider/powerstore/import-session/recorded.ts";
import { type Described, describeSdk, madePages } from "./made-pages.ts";

const described = describeSdk();

test("the pages of the resources and lookups are what `npm run docs` makes", () => {
  const pages = madePages(described);
  expect(pages.map(({ path }) => path.split("/").at(-1))).toEqual(
    expect.arrayContaining(["import-session.md", "lookups.md", "rec-session-group.md"]),
  );
  for (const { path, found, made } of pages) expect(found, path).toBe(made);
});

test("a class that is added to the types gets a page of its own", () => {
  const [first] = described.classes;
  if (first === undefined) throw new Error("there are no classes");
  const added = { ...first, name: "powerstore.VolumeFleet" };
  const page = madePages({ ...described, classes: [added] }).find(({ path }) => path.endsWith("/volume-fleet.md"));
  expect(page?.found).toBeUndefined();
  expect(page?.made).toMatch(/^# powerstore\.VolumeFleet\n/);
});

test.each([
  ["powerstore.ImportSession", importSessionInputNames, importSessionState],
  ["eternus.RecSessionGroup", recSessionGroupInputNames, recSessionGroupState],
])("what the page of %s shows is taken and recorded", (name, inputNames, state) => {
  const page = described.classes.find((one) => one.name === name);
  expect(inputNames).toEqual(expect.arrayContaining(page?.inputs.map((input) => input.name) ?? [""]));
  expect(Object.keys(state.shape)).toEqual(expect.arrayContaining(page?.outputs.map((output) => output.name) ?? [""]));
});

test("every input, output and key has a meaning", () => {
  expect(propertiesOf(described).length).toBeGreaterThan(80);
  expect(propertiesOf(described).filter(({ meaning }) => meaning === "")).toEqual([]);
});

function propertiesOf({ classes, lookups, objects }: Described) {
  return [
    ...classes.flatMap((one) => [
      ...one.inputs,
      ...one.outputs,
      ...one.objects.flatMap(({ properties }) => properties),
    ]),
    ...lookups.flatMap(({ inputs }) => inputs),
    ...objects.flatMap(({ properties }) => properties),
  ];
}
