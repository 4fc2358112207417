import { providerHere } from "../../engine/direct/host.ts";
import { type Checkpoint, openCheckpoint, type ResourceState } from "../../engine/embedded/checkpoint.ts";
import { checkpointInMemory } from "../../engine/embedded/checkpoint-places.ts";
import type { Host, HostOptions, ProgramRun, RunningProgram } from "../../engine/embedded/host.ts";
import { run } from "../../engine/embedded/run.ts";
import type { AnyOptions, RunResult } from "../../engine/engine.ts";
import type { Config } from "../../engine/plain-config.ts";
import type { Time } from "../../engine/time.ts";
import type { Properties } from "../../engine/wire-value.ts";
import type { RunJournal } from "./run-journal.ts";
import type { Command } from "./schedule.ts";

/** A resource as the SDK's class would declare it. */
export interface Declared {
  readonly urn: string;
  readonly type: string;
  readonly inputs: Properties;
  /** URNs of what must be there first. */
  readonly dependencies: readonly string[];
}

/** A stack on the embedded engine, its state in memory. Every command has a provider of its own. */
export interface ProgramStack {
  readonly name: string;
  resources(): readonly ResourceState[];
  pending(): ReturnType<Checkpoint["pending"]>;
  run(
    operation: Command["run"],
    program: readonly Declared[],
    journal: RunJournal,
    options: AnyOptions,
  ): Promise<RunResult>;
  /** Another stack with a copy of the state, in which a person has replaced the stack's name. */
  copied(name: string): ProgramStack;
}

/** What a stack works on. */
export interface Place {
  readonly time: Time;
  readonly config: Config;
}

export const projectName = "migration";

/** How an array is reached. Trusting an authority costs more than a whole migration, and is tested elsewhere. */
export function plainly(
  namespace: string,
  { endpoint, username, password }: { readonly endpoint: string; readonly username: string; readonly password: string },
): Config {
  const settings = {
    endpoint,
    username,
    password,
    insecure: "true",
    pollMinimumSeconds: "5",
    pollMaximumSeconds: "120",
  };
  return Object.fromEntries(Object.entries(settings).map(([key, value]) => [`${namespace}:${key}`, value]));
}

export function openProgramStack(name: string, on: Place, state: unknown = {}): ProgramStack {
  const place = checkpointInMemory();
  place.save(Object(state));
  const open = () => openCheckpoint(place);
  return {
    name,
    resources: () => open().resources(),
    pending: () => open().pending(),
    run(operation, program, { journal }, options) {
      const openHost = async (asked: HostOptions): Promise<Host> => {
        const host = await providerHere({ ...asked, journal }, (log) => log);
        return { ...host, startProgram: (running) => declaring(program, running) };
      };
      const project = { name: projectName, root: "", folder: "", entry: "" };
      const stack = { stackName: name, project, environment: {}, ...on, programHere: undefined };
      return run({ ...stack, checkpoint: open(), openHost, onOutput: () => undefined }, operation, options);
    },
    copied(other) {
      const text = JSON.stringify(place.load());
      return openProgramStack(other, on, JSON.parse(text.replaceAll(`urn:pulumi:${name}::`, `urn:pulumi:${other}::`)));
    },
  };
}

/** Declares each resource as soon as those are there that it depends on. */
function declaring(program: readonly Declared[], { onMessage }: ProgramRun): RunningProgram {
  const ended = Promise.withResolvers<boolean>();
  const there = new Set<string>();
  const options = { protect: false, retainOnDelete: false, deleteBeforeReplace: true };
  let isOver = false;
  const told = new Set<number>();
  const tell = () => {
    if (isOver) return;
    for (const [call, { dependencies, ...declared }] of program.entries()) {
      if (told.has(call) || !dependencies.every((urn) => there.has(urn))) continue;
      told.add(call);
      const message = JSON.parse(JSON.stringify({ call, ...declared, dependencies }));
      onMessage({ kind: "register", ...message, ...options });
    }
    if (there.size === program.length) end(true);
  };
  const end = (isComplete: boolean) => {
    isOver = true;
    ended.resolve(isComplete);
  };
  queueMicrotask(tell);
  return {
    ended: ended.promise,
    answer({ call }) {
      there.add(program[call]?.urn ?? "");
      tell();
    },
    kill: () => end(false),
  };
}
