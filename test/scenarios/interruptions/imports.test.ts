import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { volume } from "../migration.ts";
import { processScenario as scenario } from "../scenario.ts";
import type { World } from "../world.ts";
import { type Chosen, cases } from "./cases.ts";
import { type How, interrupt } from "./interrupt.ts";
import { expectAsBefore, expectSaved, expectSettled, lostCreate, oneIf } from "./left.ts";
import type { Course } from "./moments.ts";

/** What each `npm test` goes through; `INTERRUPTIONS=all` goes through every way at every moment. */
const forward: Chosen = {
  "before the act is sent": [],
  "before the answer to the act": ["Ctrl-C", "kill -9 of both"],
  "in the next look": ["kill -9 of the engine"],
  "in the last look": [],
  "while logging out": [],
};
const back: Chosen = {
  "before the act is sent": [],
  "before the answer to the act": [],
  "in the next look": ["kill -9 of both"],
  "in the last look": [],
  "while logging out": [],
};

const setting = { powerstore: {} };

for (const { title, how, able } of cases(forward)) {
  scenario(`${title}: of a create, a cutover and a removal`, setting, (world) => goForward(world, how), able);
}
for (const { title, how, able } of cases(back)) {
  scenario(`${title}: of a cancel`, setting, (world) => goBack(world, how), able);
}

/** Interrupts a create, an update and a delete, each once, and goes on after each. */
async function goForward(world: World, how: How): Promise<void> {
  const { powerstore, declare, up, refresh, destroy, sent } = world;
  const isOver = how.moment === "while logging out";
  await declare(volume());
  const left = await interrupt(world, "up", courses.create, how);
  const isNew = how.way.leaves !== "recorded" || how.moment === "before the act is sent";
  if (isOver) expectSettled(left, "Ready_For_Cutover");
  else if (isNew) expect(left).toEqual(how.way.leaves === "pending" ? lostCreate : undefined);
  else expectSaved(left);
  const afterCreate = await expectDone(up(), oneIf(isOver ? "same" : isNew ? "create" : "update"));
  if (left?.pending !== undefined) {
    // Pulumi goes on all the same, but does not forget it before it is told to.
    expect(afterCreate.diagnostics.join()).toContain("interrupted while creating");
    expect(await refresh({ clearPendingCreates: true })).toMatchObject({ ok: true });
  }
  const [made, ...others] = powerstore.sessions();
  expect(made).toMatchObject({ name: "scenario-dev-erp", state: "Ready_For_Cutover" });
  expect(others).toEqual([]);
  expect(sent()).toEqual(["create sv_42"]);

  await declare(volume({ targetState: "Import_Completed" }));
  const half = await interrupt(world, "up", courses.cutover, how);
  if (isOver) expectSettled(half, "Import_Completed");
  else expectAsBefore(half, how.way, "updating");
  if (!isOver && how.way.leaves === "recorded") expectSaved(half);
  await expectDone(up(), oneIf(isOver ? "same" : "update"));
  expect(powerstore.sessions()).toMatchObject([{ id: made?.id, state: "Import_Completed" }]);
  expect(sent()).toEqual(["create sv_42", "cutover"]);
  // What a killed run did is taken from the journal.
  const { actions } = (await world.recorded("erp")).outputs;
  expect(JSON.stringify(actions)).toMatch(/"act":"create".*"act":"cutover"/);

  const kept = await interrupt(world, "destroy", courses.remove, how);
  if (isOver) expect(kept).toBeUndefined();
  else expectAsBefore(kept, how.way, "deleting");
  await expectDone(destroy(), isOver ? {} : { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);
  expect(sent()).toEqual(["create sv_42", "cutover", "remove"]);
}

/** Interrupts the delete of an import that is not over, and goes on with it. */
async function goBack(world: World, how: How): Promise<void> {
  const { powerstore, declare, up, destroy, sent } = world;
  await declare(volume());
  await expectDone(up(), { create: 1 });
  const kept = await interrupt(world, "destroy", courses.cancel, how);
  const isOver = how.moment === "while logging out";
  if (isOver) expect(kept).toBeUndefined();
  else expectAsBefore(kept, how.way, "deleting");
  await expectDone(destroy(), isOver ? {} : { delete: 1 });
  expect(powerstore.sessions()).toEqual([]);
  expect(sent()).toEqual(["create sv_42", "cancel", "remove"]);
}

const erp = { array: "powerstore", of: "erp" } as const;
const courses = {
  create: { ...erp, act: /^POST .*\/import_session$/, isEnd: ({ body }) => isIn(body, "Ready_For_Cutover") },
  cutover: { ...erp, act: /\/cutover$/, isEnd: ({ body }) => isIn(body, "Import_Completed") },
  cancel: { ...erp, act: /\/cancel$/, isEnd: ({ status }) => status === 404 },
  remove: { ...erp, act: /^DELETE /, isEnd: ({ status }) => status === 404 },
} as const satisfies Record<string, Course>;

function isIn(body: unknown, state: string): boolean {
  return typeof body === "object" && body !== null && "state" in body && body.state === state;
}
