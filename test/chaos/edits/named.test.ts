import { expect, test } from "vitest";
import { Violation } from "../violation.ts";
import { type World as GroupWorld, groupProgram } from "./eternus.ts";
import { playEdits } from "./play.ts";
import { type World as ImportWorld, importProgram } from "./powerstore.ts";
import type { Program } from "./program.ts";
import type { Command, Schedule } from "./schedule.ts";

/** Schedules that the search has found, or that show what it finds: a failing one is pasted here as it is printed. */
const playImports = async (schedule: Schedule<ImportWorld>) => playEdits(schedule, await importProgram(schedule.world));
const playGroups = async (schedule: Schedule<GroupWorld>) => playEdits(schedule, await groupProgram(schedule.world));

const fast = { mebibytesPerSecond: 5000 };
const two: Program = {
  parts: [
    { name: "sv-42-a", objects: ["sv_42"] },
    { name: "sv-43-a", objects: ["sv_43"] },
  ],
  isChained: false,
  removed: [],
};
const usual = { world: fast, program: two, ending: "destroy", hasNoJournal: false } as const;
const up: Command = { run: "up" };

test("a second owner is refused while the first is being replaced", () =>
  playGroups({
    world: { suspendDrainMs: 0 },
    program: { parts: [{ name: "rec-0-7-a", objects: ["0", "7"] }], isChained: true, removed: [] },
    commands: [up, { run: "up", edits: [{ edit: "share", at: 0 }], replace: [0], parallel: 1 }],
    ending: "destroy",
    hasNoJournal: false,
  }));

test("imports that are renamed and moved by a run that dies are taken over by the next, and nothing is sent", () =>
  playImports({
    ...usual,
    commands: [
      up,
      {
        run: "up",
        edits: [
          { edit: "rename", at: 0, to: 1 },
          { edit: "move", at: 1 },
        ],
        strike: { how: "lose machine", at: { afterS: 1 } },
      },
      { run: "refresh" },
    ],
  }));

test.each([[[2, 0]], [[0, 2]]])(
  "after an interrupted takeover a destroy by name ends well in either order: %s",
  (order) =>
    playImports({
      ...usual,
      commands: [
        up,
        { run: "up", edits: [{ edit: "rename", at: 0, to: 1 }], target: [0] },
        ...order.map((place): Command => ({ run: "destroy", target: [place] })),
      ],
    }),
);

test("a stack that holds a copy of the state acts on nothing, whatever it is told", () =>
  playImports({
    ...usual,
    commands: [
      up,
      { run: "up", isOnCopy: true, edits: [{ edit: "change", at: 0, what: "onward" }] },
      { run: "up", isOnCopy: true, replace: [0, 1] },
      { run: "destroy", isOnCopy: true },
    ],
  }));

test("what an old record names and another resource has taken is not cancelled by name", () =>
  playImports({
    ...usual,
    commands: [
      up,
      { run: "up", edits: [{ edit: "rename", at: 0, to: 1 }], target: [0] },
      { run: "destroy", target: [2] },
      up,
    ],
  }));

test("an act on what another resource drives is a violation, with the trace of what happened", async () => {
  const trial = await importProgram(fast);
  const strict = { ...trial, isAbout: () => true, recordedObjects: () => ["session 1"], makerOf: () => "another" };
  const error = await playEdits({ ...usual, commands: [up, { run: "destroy" }] }, strict).catch((caught) => caught);
  expect(error).toBeInstanceOf(Violation);
  expect(`${error}`).toMatch(/by main, made by the stack another[\s\S]*--- what happened ---\n0s \$ pulumi up on main/);
});
