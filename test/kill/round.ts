import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { Engine } from "../engine/engine.ts";
import { expectNothingAmiss } from "../scenarios/aftermath.ts";
import type { WayName } from "../scenarios/interruptions/ways.ts";
import { openWorld, type World } from "../scenarios/world.ts";
import { chooseKill, type Kill, lieInWait } from "./kill.ts";
import { type Goal, type Migration, migrations } from "./migrations.ts";
import { type Random, seeded } from "./random.ts";

/** What came of one round. */
export interface Round {
  readonly seed: number;
  readonly title: string;
  readonly kills: readonly WayName[];
  /** Where each kill struck, in words. */
  readonly story: string;
  /** Commands that it took, interrupted ones included. */
  readonly runs: number;
  readonly acts: number;
  readonly tookS: number;
  /** What should not be, with all that was said; blank when all is well. */
  readonly violation: string;
}

/** Plays one migration, killed at random moments, until it is done; the same for the same seed, but for what the machine's load makes of it. */
export async function playRound(engine: Engine, seed: number, isStopped: () => boolean): Promise<Round | undefined> {
  const startedMs = performance.now();
  const random = seeded(seed);
  const migration = random.one(migrations);
  const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-kill-"));
  const world = await openWorld(engine, stateFolder, migration.setting);
  const struck: Kill[] = [];
  let violation = "";
  try {
    for (const goal of migration.goals) await reach(world, goal, random, struck, isStopped);
    await expectAsDeclared(world, migration);
    expectNothingAmiss(world);
  } catch (error) {
    violation = `${error instanceof Error ? error.message : error}\n${world.transcript()}`;
  } finally {
    await world.close();
    await rm(stateFolder, { recursive: true, force: true });
  }
  if (isStopped()) return undefined;
  return {
    seed,
    title: migration.title,
    kills: struck.map(({ way }) => way),
    story: struck.map(({ way, at }) => `${way} at ${at.kind} ${at.nth}`).join(", "),
    runs: world.done.length,
    acts: world.sent().length,
    tookS: (performance.now() - startedMs) / 1000,
    violation,
  };
}

/** Runs a command until it is done: the first times, up to three, with a kill lying in wait. */
async function reach(
  world: World,
  goal: Goal,
  random: Random,
  struck: Kill[],
  isStopped: () => boolean,
): Promise<void> {
  if (goal.command === "up") await world.declare(...goal.declared);
  const kills = goal.isKilled ? Array.from({ length: random.one([1, 1, 2, 3]) }, () => chooseKill(random)) : [];
  for (const kill of kills) {
    using ambush = lieInWait([world.powerstore, world.eternus], kill);
    const { ok } = await world[goal.command]({ interruptions: ambush.interruptions });
    if (ambush.hasStruck) struck.push(kill);
    if (ok) return;
    if (isStopped()) throw new Error("stopped");
    if (!ambush.hasStruck) throw new Error(`a ${goal.command} failed that nobody had killed`);
  }
  const { ok } = await world[goal.command]();
  if (!ok) throw new Error(`the last ${goal.command} failed`);
}

async function expectAsDeclared(world: World, { acts, shows, end, goals }: Migration): Promise<void> {
  const toArray = (sent: readonly string[], isRec: boolean) =>
    sent.filter((act) => /^(suspend|resume) /.test(act) === isRec);
  const sent = world.sent();
  const isAsPlanned =
    isDeepStrictEqual(toArray(sent, false), toArray(acts, false)) &&
    isDeepStrictEqual(toArray(sent, true).toSorted(), toArray(acts, true).toSorted());
  if (!isAsPlanned) throw new Error(`sent were ${sent.join("; ")}: expected were ${acts.join("; ")}`);
  const shown = shows(world);
  if (shown !== end) throw new Error(`the arrays show "${shown}": expected was "${end}"`);
  if (goals.at(-1)?.command === "destroy") return;
  const sessions = world.powerstore.sessions();
  for (const { id } of sessions) {
    const recorded = await world.recorded("erp");
    if (recorded.id !== id) throw new Error(`session ${id} is recorded as ${recorded.id}`);
  }
}
