import type {
  AnyOptions,
  ConfigValue,
  Engine,
  RefreshOptions,
  RunOptions,
  RunResult,
  StackOptions,
  StackState,
  StateResource,
  UpdateOptions,
} from "../engine/engine.ts";

/** The commands of one stack; the first one opens it. */
export interface Commands {
  configure(config: Readonly<Record<string, ConfigValue>>): Promise<void>;
  preview(options?: UpdateOptions): Promise<RunResult>;
  up(options?: UpdateOptions): Promise<RunResult>;
  refresh(options?: RefreshOptions): Promise<RunResult>;
  destroy(options?: RunOptions): Promise<RunResult>;
  /** A resource as it is recorded. @throws RangeError if it is not */
  recorded(name: string): Promise<StateResource>;
  /** All commands so far. */
  readonly done: readonly Done[];
  /** What was said, and what was sent, to see why a story failed. */
  transcript(): string;
  /** Ends what still runs, as the loss of the machine would. */
  end(): Promise<void>;
}

/** What can be seen of the arrays after a command. */
export interface Sight {
  /** The text of all files of the journal. */
  readonly journal: string;
  /** What was to change something on them, in the order it came. */
  readonly sent: readonly string[];
  /** The same, each with its session. */
  readonly sentWhere: readonly string[];
  /** All requests, as `GET /api/rest/import_session`, in the order they came, for each array. */
  readonly requests: readonly (readonly string[])[];
  readonly logins: Readonly<Record<"powerstore" | "eternus", number>>;
}

/** One command and what it, and no other, has left. */
export interface Done extends Omit<Sight, "requests"> {
  /** All requests, as `GET /api/rest/import_session`, those to one array before those to the other. */
  readonly requests: readonly string[];
  readonly command: Command;
  readonly result: RunResult;
  readonly state: StackState;
  /** Whether the provider was lost in it, or did not end before the engine did. */
  readonly isLost: boolean;
  /** Whether it was to say what is meant for debugging. */
  readonly isDebug: boolean;
}

type Command = "preview" | "up" | "refresh" | "destroy";

/** @param look what can be seen of the arrays now */
export function openCommands(engine: Engine, options: StackOptions, look: () => Sight): Commands {
  const config = { ...options.config };
  const lines: string[] = [];
  const done: Done[] = [];
  const ended = new AbortController();
  let underWay: Promise<unknown> = Promise.resolve();
  const onOutput = (line: string) => void lines.push(`  | ${line}`);
  let opened: ReturnType<typeof engine.stack> | undefined;
  const stack = () => {
    opened ??= engine.stack({ ...options, config, onOutput });
    return opened;
  };

  const run = async (command: Command, { loss, ...runOptions }: AnyOptions): Promise<RunResult> => {
    lines.push(`${command}:`);
    const before = look();
    const already = before.sent.length;
    const anyLoss = AbortSignal.any([ended.signal, loss ?? []].flat());
    const result = await (await stack())[command]({ ...runOptions, loss: anyLoss });
    const { journal, logins: after, sent, sentWhere: where, requests: all } = look();
    const sentWhere = where.slice(already);
    const requests = all.flatMap((some, array) => some.slice(before.requests[array]?.length));
    const left = (array: keyof typeof after) => Math.max(0, after[array] - before.logins[array]);
    // What a run that was lost before has left is not this one's.
    const logins = { powerstore: left("powerstore"), eternus: left("eternus") };
    const state = await (await stack()).state();
    const struck = (runOptions.interruptions ?? []).filter(({ when }) => when.aborted).map(({ how }) => how);
    const isEngineLost = anyLoss.aborted || struck.some((how) => how === "kill engine" || how === "lose machine");
    const isLost = isEngineLost || struck.includes("kill provider");
    const isDebug = runOptions.debug === true;
    done.push({
      journal,
      command,
      result,
      state,
      isLost,
      isDebug,
      sent: sent.slice(already),
      sentWhere,
      requests,
      logins,
    });
    lines.push(...struck.map((how) => `  ! ${how}`), ...sent.slice(already).map((act) => `  > ${act}`));
    // A lost engine leaves its lock, which opening the stack again breaks.
    if (isEngineLost) opened = undefined;
    return result;
  };
  const start = (command: Command, runOptions: AnyOptions = {}) => {
    const running = run(command, runOptions);
    underWay = running;
    return running;
  };
  return {
    async configure(changes) {
      // What is known before the stack is opened goes in with all the rest: every setting is a command of the real engine.
      Object.assign(config, changes);
      if (opened === undefined) return;
      for (const [key, value] of Object.entries(changes)) await (await opened).setConfig(key, value);
    },
    preview: (runOptions) => start("preview", runOptions),
    up: (runOptions) => start("up", runOptions),
    refresh: (runOptions) => start("refresh", runOptions),
    destroy: (runOptions) => start("destroy", runOptions),
    async recorded(name) {
      const { resources } = await (await stack()).state();
      const resource = resources.find(({ urn }) => urn.endsWith(`::${name}`));
      if (resource === undefined) throw new RangeError(`${name} is not recorded`);
      return resource;
    },
    done,
    transcript: () => lines.join("\n"),
    async end() {
      ended.abort();
      await Promise.allSettled([underWay]);
    },
  };
}
