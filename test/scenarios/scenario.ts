import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { directEngine } from "../engine/direct/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { findEngines } from "../engine/find.ts";
import { expectNothingAmiss } from "./aftermath.ts";
import { openWorld, type Setting, type World } from "./world.ts";

/** All engines found. */
export const engines = await findEngines();

/** The embedded one: a story takes it a third of the time. Those of a whole life are told on all, and all are with `STORAGE_MIGRATION_ENGINES=all`. */
const usualEngines = process.env.STORAGE_MIGRATION_ENGINES === "all" ? engines : [directEngine];

// A story takes seconds; a busy machine may take many times as long, and that is no failure.
const timeout = 300_000;

/**
 * A story about a migration, told once on each of the engines, each time with arrays, a stack and a state folder of its own. What must be true after every
 * story is looked at here.
 */
export function scenario(
  title: string,
  setting: Setting,
  story: (world: World) => Promise<void>,
  among: readonly Engine[] = usualEngines,
): void {
  describe(title, () => {
    // The engines mostly wait, so they may do it at the same time.
    test.for(among)("$name", { timeout }, async (engine, { onTestFailed }) => {
      const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-scenario-"));
      const world = await openWorld(engine, stateFolder, setting);
      onTestFailed(() => console.log(world.transcript()));
      try {
        await story(world);
        expectNothingAmiss(world);
      } finally {
        await world.close();
        await rm(stateFolder, { recursive: true, force: true });
      }
    });
  });
}

/** A story of a whole life, which tells whether the engines agree. */
export function everyEngineScenario(title: string, setting: Setting, story: (world: World) => Promise<void>): void {
  scenario(title, setting, story);
}
