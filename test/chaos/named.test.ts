import { expect, test } from "vitest";
import { groupTrial } from "./eternus/trial.ts";
import type { Declared as DeclaredGroup, World as GroupWorld } from "./eternus/world.ts";
import { playSchedule } from "./play.ts";
import { importTrial } from "./powerstore/trial.ts";
import type { Declared as DeclaredImport, World as ImportWorld } from "./powerstore/world.ts";
import type { Schedule } from "./schedule.ts";
import { Violation } from "./violation.ts";

/** Schedules that the search has found, or that show what it finds: a failing one is pasted here as it is printed. */
const playImport = async (schedule: Schedule<ImportWorld, DeclaredImport>) =>
  playSchedule(schedule, await importTrial(schedule.world));
const playGroup = async (schedule: Schedule<GroupWorld, DeclaredGroup>) =>
  playSchedule(schedule, await groupTrial(schedule.world));

test("a session that a killed run made is taken over although its start has passed since", () =>
  playImport({
    world: { source: "volume", startsAfterS: 300, mebibytesPerSecond: 1000 },
    declared: { target: "Import_Completed" },
    commands: [
      { run: "up", mishaps: [{ at: { on: "read", nth: 3 }, what: { end: "kill" } }] },
      { run: "up", waitS: 600 },
    ],
  }));

test("an approval that names a session before anybody can know its id holds, and cuts over once it is known", () =>
  playImport({
    world: { source: "group", mebibytesPerSecond: 1000 },
    declared: { target: "Import_Completed", gate: "approved" },
    commands: [{ run: "up" }],
  }));

test("an act that is taken at once and shows late is not sent again by a run that lost its answer", () =>
  playImport({
    world: { source: "volume", mebibytesPerSecond: 1000, lagS: 50 },
    declared: { target: "Import_Completed" },
    commands: [{ run: "up", mishaps: [{ at: { on: "act", nth: 2 }, what: { fault: "lose answer" } }] }],
  }));

test("a cutover that a run has sent and was interrupted after is not sent again while it may not show yet", () =>
  playImport({
    world: { source: "agentless volume", mebibytesPerSecond: 1000, lagS: 50 },
    declared: { target: "Import_Completed", sourceStopped: true, destinationStarted: true },
    commands: [{ run: "up", mishaps: [{ at: { on: "act", nth: 4 }, what: { end: "ctrl-c" } }] }],
  }));

test("a group that a killed run has begun to suspend is restored the way it was found", () =>
  playGroup({
    world: {
      sessions: [
        { mode: "Consistency", is: "equivalent" },
        { mode: "Consistency", is: "equivalent" },
      ],
    },
    declared: { target: "Suspend" },
    commands: [
      { run: "up", mishaps: [{ at: { on: "act", nth: 1 }, what: { end: "kill after" } }] },
      { run: "preview", waitS: 60 },
    ],
  }));

test("what is wrong is told with the trace of what happened", async () => {
  const trial = await groupTrial({ sessions: [{ mode: "Synchronous", is: "equivalent" }] });
  const broken = { ...trial, contradiction: () => "it says so" };
  const played = playSchedule(
    { world: {}, declared: { target: "Suspend" as const }, commands: [{ run: "up" }] },
    broken,
  );
  const error = await played.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(Violation);
  expect(`${error}`).toMatch(
    /a success that the array contradicts: it says so\n--- what happened ---\n0s \$ pulumi up/,
  );
});

test("a group that a killed run has suspended and begun to reverse is reversed whole, and nothing is resumed in the other direction", () =>
  playGroup({
    world: {
      sessions: [
        { mode: "Synchronous", is: "equivalent" },
        { mode: "Synchronous", is: "equivalent" },
      ],
    },
    declared: { target: "Suspend" },
    commands: [
      {
        run: "up",
        declare: { direction: "RemoteToLocal" },
        mishaps: [
          { at: { on: "act", nth: 1 }, what: { fault: "lose answer" } },
          { at: { on: "act", nth: 3 }, what: { end: "kill" } },
        ],
      },
    ],
  }));

test("an array that answers nothing but 404 for a while is not taken to have lost its sessions", () =>
  playGroup({
    world: { sessions: [{ mode: "Synchronous", is: "equivalent" }] },
    declared: { target: "Suspend" },
    commands: [
      { run: "up" },
      { run: "destroy", mishaps: [{ at: { on: "read", nth: 1 }, what: { fault: "404", times: 9 } }] },
    ],
  }));

test("logins whose answer was lost end by themselves, and what was refused for want of one then goes well", () =>
  playGroup({
    world: { sessions: [{ mode: "Synchronous", is: "equivalent" }], behaviour: { loginLimit: 2 } },
    declared: { target: "Suspend" },
    commands: [
      { run: "up", mishaps: [{ at: { on: "any", nth: 1 }, what: { fault: "reset" } }] },
      { run: "up", mishaps: [{ at: { on: "login", nth: 1 }, what: { fault: "422 after", times: 2 } }] },
    ],
  }));

test("a session that is held is recorded so, although a refresh has met a state that nobody knows", () =>
  playImport({
    world: { source: "volume", mebibytesPerSecond: 1000 },
    declared: { target: "Import_Completed" },
    commands: [
      { run: "up", declare: { gate: "unapproved" } },
      { run: "up", mishaps: [{ at: { afterS: 0 }, what: { byHand: "unknown state" } }] },
      { run: "refresh", waitS: 5 },
    ],
  }));

test("a cutover that was answered with a refusal and taken all the same is not sent again by the next run before it may show", () =>
  playImport({
    world: { source: "volume", mebibytesPerSecond: 1000, lagS: 5 },
    declared: { target: "Import_Completed" },
    commands: [
      { run: "up", mishaps: [{ at: { on: "act", nth: 2 }, what: { fault: "422 after" } }] },
      { run: "up", mishaps: [{ at: { on: "act", nth: 1 }, what: { fault: "lose answer" } }] },
    ],
  }));

test("what an up sends of which the preview right before it did not warn is a violation", async () => {
  const world: ImportWorld = { source: "volume", mebibytesPerSecond: 1000 };
  const trial = await importTrial(world);
  const strict = { ...trial, atStake: () => ({ what: "an act", warning: /never said/ }) };
  const schedule = { world, declared: { target: "Ready_For_Cutover" }, commands: [] } as const;
  await expect(playSchedule(schedule, strict)).rejects.toThrow(/an act without a warning in the preview: /);
});
