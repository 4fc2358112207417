import { randomUUID } from "node:crypto";
import { fileURLToPath } from "node:url";
import {
  type EternusOptions,
  type PowerStoreOptions,
  type SimulatedEternus,
  type SimulatedPowerStore,
  scaledClock,
  startEternus,
  startPowerStore,
} from "../arrays/index.ts";
import type { ConfigValue, Engine, RunOptions, RunResult, StackState, StateResource } from "../engine/engine.ts";
import { configFor } from "../quick-start/config.ts";
import type { Declaration } from "./declaration.ts";
import { watchSecrets } from "./secrets.ts";
import { sentTo } from "./sent.ts";

/** What a story begins with. An array that is left out is there, but the stack knows nothing of it. */
export interface Setting {
  readonly powerstore?: PowerStoreOptions;
  readonly eternus?: EternusOptions;
  /** Folder of the Pulumi program. @default the one that declares what the story says */
  readonly program?: string;
}

/** Two arrays, a stack, and what one can do with them and see of them. */
export interface World {
  readonly powerstore: SimulatedPowerStore;
  readonly eternus: SimulatedEternus;
  /** What the program declares from now on. */
  declare(...declared: readonly Declaration[]): Promise<void>;
  configure(config: Readonly<Record<string, ConfigValue>>): Promise<void>;
  preview(): Promise<RunResult>;
  up(options?: RunOptions): Promise<RunResult>;
  refresh(): Promise<RunResult>;
  destroy(): Promise<RunResult>;
  /** Everything that was to change something on an array, in the order it came. */
  sent(): readonly string[];
  /** A resource as it is recorded. @throws RangeError if it is not */
  recorded(name: string): Promise<StateResource>;
  /** All runs so far. */
  readonly runs: readonly Run[];
  /** Passwords, and all that came of logins. */
  secrets(): readonly string[];
  /** What was said in all runs, and what was sent, to see why a story failed. */
  transcript(): string;
  close(): Promise<void>;
}

/** One command, with what it left. */
export interface Run {
  readonly command: string;
  readonly result: RunResult;
  readonly state: StackState;
  /** What it sent, in short words. */
  readonly sent: readonly string[];
  /** How many logins were left on each array; none are counted when the machine was lost in the run. */
  readonly loginsLeft: Readonly<Record<"powerstore" | "eternus", number>>;
}

/** Starts the arrays; the stack is opened by the first command. */
export async function openWorld(engine: Engine, stateFolder: string, setting: Setting): Promise<World> {
  // A minute on the arrays takes a second here.
  const clock = scaledClock({ factor: 60 });
  const [powerstore, eternus] = await Promise.all([
    startPowerStore({ clock, bytesPerSecond, timings, password: randomUUID(), ...setting.powerstore }),
    startEternus({ clock, password: randomUUID(), ...setting.eternus }),
  ]);
  const secrets = watchSecrets([powerstore, eternus]);
  const config = Object.fromEntries(
    Object.entries({ ...configFor(powerstore, eternus), ...pace }).filter(([key]) => isOf(setting, key)),
  );
  const lines: string[] = [];
  const runs: Run[] = [];
  const { program = fileURLToPath(new URL("program", import.meta.url)) } = setting;
  const openStack = () => engine.stack({ program, stateFolder, config, onOutput: (line) => lines.push(`  | ${line}`) });
  let opened: ReturnType<typeof openStack> | undefined;
  const stack = () => {
    opened ??= openStack();
    return opened;
  };
  const sent = () => sentTo(powerstore, eternus);

  const run = async (command: "preview" | "up" | "refresh" | "destroy", options: RunOptions = {}) => {
    lines.push(`${command}:`);
    const already = sent().length;
    const result = await (await stack())[command](options);
    // A run that was lost cannot log out, and its lock has to be broken: by opening the stack again.
    const isLost = options.loss?.aborted === true;
    const loginsLeft = isLost ? noLogins : { powerstore: powerstore.logins, eternus: eternus.logins };
    const run = { command, result, state: await (await stack()).state(), sent: sent().slice(already), loginsLeft };
    runs.push(run);
    lines.push(...run.sent.map((act) => `  > ${act}`));
    if (isLost) opened = undefined;
    return result;
  };
  const configure = async (changes: Readonly<Record<string, ConfigValue>>) => {
    // What is known before the stack is opened goes in with all the rest: every setting is a command of the real engine.
    Object.assign(config, changes);
    if (opened === undefined) return;
    for (const [key, value] of Object.entries(changes)) await (await opened).setConfig(key, value);
  };
  return {
    powerstore,
    eternus,
    declare: (...declared) => configure({ "scenario:resources": JSON.stringify(declared) }),
    configure,
    preview: () => run("preview"),
    up: (options) => run("up", options),
    refresh: () => run("refresh"),
    destroy: () => run("destroy"),
    sent,
    async recorded(name) {
      const { resources } = await (await stack()).state();
      const resource = resources.find(({ urn }) => urn.endsWith(`::${name}`));
      if (resource === undefined) throw new RangeError(`${name} is not recorded`);
      return resource;
    },
    runs,
    secrets,
    transcript: () => lines.join("\n"),
    async close() {
      await Promise.all([powerstore.close(), eternus.close()]);
    },
  };
}

const noLogins = { powerstore: 0, eternus: 0 };

// 200 GiB take a second and a half, the steps around the copy half a second.
const bytesPerSecond = 2.5 * 1024 ** 3;
const timings = { queueMs: 1000, setupMs: 5000, mirrorMs: 5000, readyMs: 5000, cutoverMs: 10_000, rollbackMs: 10_000 };
const pace = {
  "powerstore:pollMinimumSeconds": "0.05",
  "powerstore:pollMaximumSeconds": "0.5",
  "eternus:pollMinimumSeconds": "0.05",
  "eternus:pollMaximumSeconds": "0.5",
};

/** Whether a key speaks of an array that the story is about. */
function isOf({ powerstore, eternus }: Setting, key: string): boolean {
  return (
    (powerstore !== undefined && key.startsWith("powerstore:")) || (eternus !== undefined && key.startsWith("eternus:"))
  );
}
