import type { Time } from "./time.ts";

/**
 * One interface for every deployment engine the scenarios and the quick start can run on: the real `pulumi`, the embedded one for machines without it, and
 * that one with the provider and the program in this process.
 */
export interface Engine {
  /** `pulumi` and its version, `embedded`, or `direct`. */
  readonly name: string;
  /** Makes the time in which its stacks live, and the arrays they work on. @param factor how many times faster time passes on the arrays */
  openTime(factor: number): Time;
  /** Opens a stack; one that was used before in the same state folder goes on from its state. */
  stack(options: StackOptions): Promise<Stack>;
}

export interface StackOptions {
  /** Folder of a complete Pulumi program: `Pulumi.yaml`, `package.json` and the code it names. Nothing is written there. */
  readonly program: string;
  /** Folder for all that an engine keeps: state, config file, logs. Made when missing. */
  readonly stateFolder: string;
  /** @default "dev" */
  readonly stackName?: string;
  /** The stack's whole config, by full key as in `powerstore:endpoint`; structured values as JSON text. */
  readonly config: Readonly<Record<string, ConfigValue>>;
  /** Added to the environment of the program and of the provider. */
  readonly environment?: Readonly<Record<string, string>>;
  /** Called with each line of output as it comes. */
  readonly onOutput?: (line: string) => void;
  /** The time of the arrays it works on. @default a time of its own */
  readonly time?: Time;
  /** The program's code as a function, for the engine that runs it in this process. @returns what the program exports */
  readonly programHere?: (() => unknown) | undefined;
}

export type ConfigValue = string | { readonly secret: string };

/** One run at a time. A run that fails resolves with `ok: false`; it rejects only when the engine itself is broken. */
export interface Stack {
  preview(options?: UpdateOptions): Promise<RunResult>;
  up(options?: UpdateOptions): Promise<RunResult>;
  refresh(options?: RefreshOptions): Promise<RunResult>;
  destroy(options?: RunOptions): Promise<RunResult>;
  state(): Promise<StackState>;
  setConfig(key: string, value: ConfigValue): Promise<void>;
}

export interface RunOptions {
  /** Aborting is one Ctrl-C: running steps are asked to come to an end, no further step starts. */
  readonly signal?: AbortSignal;
  /** Aborting is the loss of the machine: every process of the run dies at once, nothing more is written. */
  readonly loss?: AbortSignal;
  /** What else befalls the run, each at its time. */
  readonly interruptions?: readonly Interruption[];
  /** How many steps may run at once. @default the engine's own */
  readonly parallel?: number;
  /** URNs of what the run is about: nothing else is checked, changed or deleted. @default everything */
  readonly target?: readonly string[];
  /** Says what is meant for debugging, too, as `pulumi -d` does. @default false */
  readonly debug?: boolean;
  /** Shows the run in a terminal. The embedded engine knows none. @default a line for everything that is said, as to a pipe */
  readonly terminal?: Terminal;
}

/** A terminal to show a run in. */
export interface Terminal {
  readonly columns: number;
  readonly rows: number;
  /** What arrives there, control characters included. */
  write(bytes: Uint8Array): void;
}

/** What befalls a run from outside as soon as `when` aborts. */
export interface Interruption {
  readonly when: AbortSignal;
  /**
   * - `Ctrl-C`: SIGINT to the engine.
   * - `terminate`: SIGTERM to the engine; `terminate group`: to its process group; `terminate all`: to everything that descends from it.
   * - `kill provider`, `kill engine`: SIGKILL to that process alone; `lose machine`: to everything.
   *
   * The embedded engine is the calling process: it knows `Ctrl-C`, `kill provider` and `lose machine`.
   */
  readonly how:
    | "Ctrl-C"
    | "terminate"
    | "terminate group"
    | "terminate all"
    | "kill provider"
    | "kill engine"
    | "lose machine";
}

export interface UpdateOptions extends RunOptions {
  /** URNs of what is to be replaced without asking the provider whether it must. */
  readonly replace?: readonly string[];
}

export interface RefreshOptions extends RunOptions {
  /** Forgets creates that were lost, after somebody has looked after them. @default false */
  readonly clearPendingCreates?: boolean;
}

/** What any operation may be given. */
export interface AnyOptions extends UpdateOptions, RefreshOptions {}

export interface RunResult {
  readonly ok: boolean;
  /** Resources by what was done with them (in a preview: would be); failed steps, the stack, components and providers are not counted. */
  readonly changes: Changes;
  /** All lines, as `onOutput` got them. */
  readonly output: string;
  /** The stack's outputs, secrets as `[secret]`, values a preview cannot know as `[unknown]`; none when it failed. */
  readonly outputs: Readonly<Record<string, unknown>>;
  /** Warnings and errors, each beginning with `warning: ` or `error: `. */
  readonly diagnostics: readonly string[];
}

export type Changes = Readonly<Record<Change, number>>;
export const noChanges: Changes = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
export type Change = "create" | "update" | "replace" | "delete" | "same";

export interface StackState {
  /** The program's resources; the stack itself, components and providers are left out. */
  readonly resources: readonly StateResource[];
  /** The text of every file the engine keeps, to search for what must not be there. */
  readonly text: string;
}

export interface StateResource {
  readonly urn: string;
  readonly type: string;
  /** Blank when only a pending operation speaks of the resource. */
  readonly id: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  /** URNs of what must be there as long as this is. */
  readonly dependencies: readonly string[];
  readonly initErrors: readonly string[];
  /** What was being done when the run was lost: `creating`, `updating`, `deleting`. */
  readonly pending?: string;
}
