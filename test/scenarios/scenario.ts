import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, test } from "vitest";
import { directEngine } from "../engine/direct/engine.ts";
import type { Engine } from "../engine/engine.ts";
import { findEngines, isForAll } from "../engine/find.ts";
import { expectJournaled, expectNothingAmiss } from "./aftermath.ts";
import { openWorld, type Setting, type World } from "./world.ts";

export type Story = (world: World) => Promise<void>;

// The same file is run in two tiers of the tests: in this process, and with engines that start processes.
const isWithProcesses = process.env.STORIES_WITH_PROCESSES === "true";

/** The engines that start processes; none where the stories are told in this one. */
export const processEngines = isWithProcesses ? await findEngines() : [];

/** A story about a migration, told in this process; on all engines with `STORAGE_MIGRATION_ENGINES=all`. */
export function scenario(title: string, setting: Setting, story: Story): void {
  if (isWithProcesses) tell(title, setting, story, isForAll ? processEngines : []);
  else tell(title, setting, story, [directEngine]);
}

/** A story of a whole life, told on every engine: it shows whether they agree. */
export function everyEngineScenario(title: string, setting: Setting, story: Story): void {
  tell(title, setting, story, isWithProcesses ? processEngines : [directEngine]);
}

/**
 * A story that needs processes: for its program, or for what befalls them.
 *
 * @param among the engines it can be told on. @default the embedded one; all with `STORAGE_MIGRATION_ENGINES=all`
 */
export function processScenario(
  title: string,
  setting: Setting,
  story: Story,
  among: readonly Engine[] = isForAll ? processEngines : processEngines.slice(-1),
): void {
  if (among.length === 0) test.skip(`${title}: no engine that can is found`);
  tell(title, setting, story, among);
}

/** Tells a story once on each of the engines, each time with arrays, a stack and a state folder of its own. What must be true after every story is looked at here. */
function tell(title: string, setting: Setting, story: Story, among: readonly Engine[]): void {
  if (among.length === 0) return;
  const told = async (engine: Engine, onTestFailed: (listener: () => void) => void) => {
    const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-scenario-"));
    const world = await openWorld(engine, stateFolder, setting);
    onTestFailed(() => console.log(world.transcript()));
    try {
      await story(world);
      expectNothingAmiss(world);
      expectJournaled(world);
    } finally {
      await world.close();
      await rm(stateFolder, { recursive: true, force: true });
    }
  };
  // Engines with processes mostly wait, so they may do it at the same time. A busy machine may take many times as long as usual, and that is no failure.
  const [one, options] = isWithProcesses ? [test.concurrent, { timeout: 300_000 }] : [test, { timeout: 60_000 }];
  describe(title, () => {
    one.for(among)("$name", options, (engine, { onTestFailed }) => told(engine, onTestFailed));
  });
}
