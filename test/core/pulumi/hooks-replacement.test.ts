import { expect, test } from "vitest";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { errorOf, given, volumeHooks } from "./volume-hooks.ts";

const recorded = { ...given, sizeNow: 10 };

test("nothing is given up for what cannot be had, though Pulumi asked no diff", async () => {
  const { check, remove, play, deletes } = countedHooks();
  await check({}, given);
  play.foreseen = async (_inputs, { is }) => ({
    refusals: is === "replacement" ? [{ property: "size", reason: "is too much" }] : [],
    warnings: [],
  });
  expect(await errorOf(remove("7", recorded))).toMatchObject({
    kind: "input",
    message: expect.stringContaining("what takes its place cannot be had: size: is too much"),
  });
  expect(deletes()).toBe(0);
});

test("nothing is given up for what is on an array that cannot be reached, though a preview only warned of that", async () => {
  const { check, remove, play, deletes } = countedHooks();
  play.foreseen = () => Promise.reject(failure("unreachable"));
  expect(await check({}, given)).toMatchObject({ failures: [] });
  expect(await errorOf(remove("7", recorded))).toMatchObject({ kind: "unreachable" });
  expect(deletes()).toBe(0);
});

test("what must not be replaced is asked of what the array shows then", async () => {
  const { check, remove, play, deletes } = countedHooks();
  play.found = async ({ id, state }) => ({ id, state: { ...state, sizeNow: 99 } });
  play.refusesReplacement = ({ state }) => (state.sizeNow === 99 ? failure("input") : undefined);
  await check({}, given);
  expect(await errorOf(remove("7", recorded))).toMatchObject({ kind: "input" });
  expect(deletes()).toBe(0);
});

test("with preflight off the array is not asked for what takes the place", async () => {
  const { check, remove, play, deletes } = countedHooks();
  play.mode = "off";
  play.foreseen = () => Promise.reject(failure("unreachable"));
  await check({}, given);
  await remove("7", recorded);
  expect(deletes()).toBe(1);
});

test("a delete that is for no replacement asks nothing: of what was never checked as new, or was created since", async () => {
  const { check, create, remove, play, deletes } = countedHooks();
  play.foreseen = async () => ({ refusals: [{ property: "size", reason: "is too much" }], warnings: [] });
  await remove("7", recorded);
  await check({}, given);
  await create(given);
  await remove("7", recorded);
  expect(deletes()).toBe(2);
});

/** The hooks of a volume, and how often it was deleted. */
function countedHooks() {
  const hooks = volumeHooks();
  let count = 0;
  hooks.play.delete = async () => {
    count += 1;
  };
  return { ...hooks, deletes: () => count };
}
