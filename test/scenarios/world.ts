import { randomUUID } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { JournalEntry } from "../../provider/core/journal/journal.ts";
import { entriesIn as linesIn } from "../../provider/core/journal/journal-entry.ts";
import { merged } from "../../provider/core/journal/merge.ts";
import * as sdk from "../../sdk/index.ts";
import {
  type EternusOptions,
  type PowerStoreOptions,
  type SimulatedEternus,
  type SimulatedPowerStore,
  startEternus,
  startPowerStore,
} from "../arrays/index.ts";
import { entriesIn } from "../engine/direct/journal.ts";
import type { ConfigValue, Engine } from "../engine/engine.ts";
import { configFor } from "../quick-start/config.ts";
import { type Commands, openCommands } from "./commands.ts";
import type { Declaration } from "./declaration.ts";
import { declareAll } from "./program/declare.ts";
import { watchSecrets } from "./secrets.ts";
import { sentTo } from "./sent.ts";
import { type Waiting, waitingOn } from "./waiting.ts";

/** What a story begins with. An array that is left out is there, but the stack knows nothing of it. */
export interface Setting {
  readonly powerstore?: PowerStoreOptions;
  readonly eternus?: EternusOptions;
  /** How far the clock of the PowerStore is ahead of that of the runs, in milliseconds. @default 0 */
  readonly aheadMs?: number;
  /** Folder of the Pulumi program. @default the one that declares what the story says */
  readonly program?: string;
  /** How many times faster time passes on the arrays than here. @default 60: a minute there takes a second here */
  readonly speed?: number;
}

/** Two arrays, a stack, and what one can do with them and see of them. */
export interface World extends Omit<Commands, "end">, Waiting {
  readonly powerstore: SimulatedPowerStore;
  readonly eternus: SimulatedEternus;
  /** What the program declares from now on. */
  declare(...declared: readonly Declaration[]): Promise<void>;
  /** The time of the runs, in milliseconds since the epoch. */
  nowMs(): number;
  /** Everything that was to change something on an array, in the order it came. */
  sent(): readonly string[];
  /** All that the runs have written down. */
  journal(): readonly JournalEntry[];
  /** Passwords, and all that came of logins. */
  secrets(): readonly string[];
  close(): Promise<void>;
}

/** Starts the arrays; the stack is opened by the first command. */
export async function openWorld(engine: Engine, stateFolder: string, setting: Setting): Promise<World> {
  const time = engine.openTime(setting.speed ?? 60);
  const clock = time.arrays;
  const [powerstore, eternus] = await Promise.all([
    startPowerStore({
      clock: { ...clock, nowMs: () => clock.nowMs() + (setting.aheadMs ?? 0) },
      bytesPerSecond,
      timings,
      password: randomUUID(),
      ...setting.powerstore,
    }),
    startEternus({ clock, password: randomUUID(), ...setting.eternus }),
  ]);
  const secrets = watchSecrets([powerstore, eternus]);
  const sent = () => sentTo(powerstore, eternus);
  const journalFolder = join(stateFolder, "journal");
  const filesOfJournal = () => globSync("**/*.jsonl", { cwd: journalFolder }).map((file) => join(journalFolder, file));
  const look = () => ({
    journal: filesOfJournal()
      .map((file) => readFileSync(file, "utf8"))
      .join(""),
    sent: sent(),
    sentWhere: sentTo(powerstore, eternus, true),
    requests: [powerstore, eternus].map(({ requests }) => requests.map(({ method, path }) => `${method} ${path}`)),
    logins: { powerstore: powerstore.logins, eternus: eternus.logins },
  });
  const config = configOf(setting, { ...configFor(powerstore, eternus), ...pace });
  const { program = scenarioProgram } = setting;
  const programHere = program === scenarioProgram ? () => declareAll(sdk) : undefined;
  const environment = { STORAGE_MIGRATION_JOURNAL: journalFolder };
  const options = { program, programHere, stateFolder, config, time, environment };
  const { end, ...commands } = openCommands(engine, options, look);
  return {
    powerstore,
    eternus,
    ...commands,
    ...waitingOn(time.clock),
    nowMs: () => time.clock.nowMs(),
    declare: (...declared) => commands.configure({ "scenario:resources": JSON.stringify(declared) }),
    sent,
    journal: () => merged([...entriesIn(time), ...linesIn(look().journal)]),
    secrets,
    async close() {
      await end();
      await Promise.all([powerstore.close(), eternus.close()]);
    },
  };
}

const scenarioProgram = fileURLToPath(new URL("program", import.meta.url));

// 200 GiB take a second and a half, the steps around the copy half a second.
const bytesPerSecond = 2.5 * 1024 ** 3;
const timings = { queueMs: 1000, setupMs: 5000, mirrorMs: 5000, readyMs: 5000, cutoverMs: 10_000, rollbackMs: 10_000 };
const pace = {
  "powerstore:pollMinimumSeconds": "0.05",
  "powerstore:pollMaximumSeconds": "0.5",
  "eternus:pollMinimumSeconds": "0.05",
  "eternus:pollMaximumSeconds": "0.5",
};

/** The settings of the arrays that the story is about. */
function configOf({ powerstore, eternus }: Setting, all: Record<string, ConfigValue>): Record<string, ConfigValue> {
  const isAbout = (key: string) => (key.startsWith("powerstore:") ? powerstore : eternus) !== undefined;
  return Object.fromEntries(Object.entries(all).filter(([key]) => isAbout(key)));
}
