import { expect } from "vitest";
import { expectDone } from "../expectations.ts";
import { replication } from "../migration.ts";
import { processScenario as scenario } from "../scenario.ts";
import type { World } from "../world.ts";
import { type Chosen, cases } from "./cases.ts";
import { type How, interrupt } from "./interrupt.ts";
import { expectAsBefore, expectSaved, lostCreate, oneIf } from "./left.ts";
import type { Course } from "./moments.ts";

const chosen: Chosen = {
  "before the act is sent": [],
  "before the answer to the act": ["Ctrl-C", "kill -9 of both"],
  "in the next look": [],
};

// The job is forgotten before the next run asks for it.
const behaviour = { suspendDrainMs: 60_000, jobRetentionMs: 1000 };
const setting = { eternus: { sessions: [{ id: 12 }, { id: 13 }], behaviour } };

for (const { title, how, able } of cases(chosen)) {
  scenario(`${title}: of a suspend`, setting, (world) => goOnSuspending(world, how), able);
  scenario(`${title}: of giving back`, setting, (world) => goOnGivingBack(world, how), able);
}

async function goOnSuspending(world: World, how: How): Promise<void> {
  const { eternus, declare, up, destroy, sent, eventually } = world;
  await declare(replication([12, 13]));
  const left = await interrupt(world, "up", courses.suspend, how);
  const isSent = how.moment !== "before the act is sent";
  const isKept = how.way.leaves === "recorded" && isSent;
  if (isKept) expectSaved(left);
  else expect(left).toEqual(how.way.leaves === "pending" ? lostCreate : undefined);
  if (isSent) await eventually(() => eternus.sessions().every(({ suspending }) => suspending === undefined));
  const { diagnostics } = await expectDone(up(), oneIf(isKept ? "update" : "create"));
  expect(eternus.sessions()).toMatchObject([{ status: "Suspend" }, { status: "Suspend" }]);
  expect(sent()).toEqual(["suspend 12,13"]);
  // Of a suspend that is over the journal tells whose it was, where the array's clock, which goes faster here, still fits. Otherwise that is said, and they are left alone.
  const isForgotten = diagnostics.join().includes("a destroy leaves them suspended");
  if (!isSent || isKept) expect(isForgotten).toBe(false);
  await expectDone(destroy(), { delete: 1 });
  const status = isForgotten ? "Suspend" : "Active";
  expect(eternus.sessions()).toMatchObject([{ status }, { status }]);
}

async function goOnGivingBack(world: World, how: How): Promise<void> {
  const { eternus, declare, up, destroy, sent } = world;
  await declare(replication([12, 13]));
  await expectDone(up(), { create: 1 });
  const kept = await interrupt(world, "destroy", courses.giveBack, how);
  expectAsBefore(kept, how.way, "deleting");
  await expectDone(destroy(), { delete: 1 });
  expect(eternus.sessions()).toMatchObject([{ status: "Active" }, { status: "Active" }]);
  expect(sent().toSorted()).toEqual(["resume 12", "resume 13", "suspend 12,13"]);
}

const courses = {
  suspend: { array: "eternus", of: "dr", act: /\/suspend$/, isEnd: () => false },
  giveBack: { array: "eternus", of: "dr", act: /\/resume$/, together: 2, isEnd: () => false },
} as const satisfies Record<string, Course>;
