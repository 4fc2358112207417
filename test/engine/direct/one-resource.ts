import type { JournalEntry } from "../../../provider/core/journal/journal.ts";
import type { SimulatedEternus, SimulatedPowerStore } from "../../arrays/index.ts";
import { type CheckpointPlace, openCheckpoint } from "../embedded/checkpoint.ts";
import { checkpointInMemory } from "../embedded/checkpoint-places.ts";
import type { Host, HostOptions, ProgramRun, RunningProgram } from "../embedded/host.ts";
import { type Operation, run } from "../embedded/run.ts";
import type { AnyOptions, Change, Changes, Interruption, StateResource } from "../engine.ts";
import type { Config } from "../plain-config.ts";
import { toStateResources } from "../state-resources.ts";
import type { VirtualTime } from "../time.ts";
import type { Properties } from "../wire-value.ts";
import { providerHere } from "./host.ts";
import { entriesIn } from "./journal.ts";

/** A stack of one resource, told in virtual time: every command goes from the engine's checkpoint through the hooks and back. */
export interface OneResource<State> {
  /** What a preview says of these inputs. */
  preview(inputs: Properties, options?: CommandOptions): Promise<Told<State>>;
  /** Creates, updates or replaces, or does nothing, whatever is due. */
  up(inputs: Properties, options?: CommandOptions): Promise<Told<State>>;
  refresh(options?: CommandOptions): Promise<Told<State>>;
  destroy(options?: CommandOptions): Promise<Told<State>>;
  /** The recorded outputs, also after a run that failed; undefined while there is no resource. */
  state(): State | undefined;
  /** The resource as the engine has it on record. */
  recorded(): StateResource | undefined;
  /** Takes what was recorded elsewhere, or what it is changed to, for what was recorded last. */
  recall(recorded: Pick<StateResource, "id" | "inputs" | "outputs">): void;
  /** Has something happen so long from now, in the middle of whatever runs then. */
  later(ms: number, what: () => unknown): void;
  /** Presses Ctrl-C so long after the beginning of the next command. */
  interruptAfter(ms: number): void;
  /** Kills provider and engine so long after the beginning of the next command. */
  loseMachineAfter(ms: number): void;
  /** All that was said so far, to whom it may concern: the resource's row and, marked as `warning: …`, the warnings. */
  said(): readonly string[];
  /** All that the runs have written down. */
  journal(): readonly JournalEntry[];
  /** Another stack, with nothing on record, in the same time and on the same arrays. */
  another(changes?: Partial<Pick<OneResourceOptions, "urn" | "config">>): OneResource<State>;
}

export interface CommandOptions {
  /** Aborting is one Ctrl-C. */
  readonly signal?: AbortSignal;
  /** Replaces without asking the provider whether it must. @default false */
  readonly replace?: boolean;
}

/** What one command came to. */
export interface Told<State> {
  /** Why it failed; undefined when it did not. */
  readonly error: string | undefined;
  /** What was done, whether it succeeded or not; in a preview, what would be. */
  readonly did: Exclude<Change, "same"> | "nothing";
  /** Inputs that were refused. */
  readonly failures: readonly { readonly property: string; readonly reason: string }[];
  /** Properties because of which it has to be replaced. */
  readonly replaces: readonly string[];
  /** What stood on the resource's row, in its order. */
  readonly rows: readonly string[];
  readonly warnings: readonly string[];
  /** Both in their order, warnings marked as `warning: …`. */
  readonly said: readonly string[];
  /** What is recorded after it. */
  readonly state: State | undefined;
}

export interface OneResourceOptions {
  readonly urn: string;
  /** The name of its hooks. */
  readonly hooks: "importSession" | "recSessionGroup";
  readonly time: VirtualTime;
  /** The stack's configuration, by full key. */
  readonly config: Config;
}

export function openOneResource<State>(options: OneResourceOptions): OneResource<State> {
  const { urn, hooks, time } = options;
  const [head = "", name = "", type = ""] = urn.split("::");
  const stackName = head.split(":").at(-1) ?? "";
  const project = { name, root: "", folder: "", entry: "" };
  const place = checkpointInMemory();
  const all: string[] = [];
  let strikes: { readonly ms: number; readonly how: Interruption["how"] }[] = [];
  const recorded = () => recordedIn(place);
  const state = (): State | undefined => {
    const { id = "", outputs = {} } = recorded() ?? {};
    return id === "" ? undefined : JSON.parse(JSON.stringify(outputs));
  };

  const command = async (
    operation: Operation,
    { signal, replace = false }: CommandOptions,
    inputs: Properties = {},
  ) => {
    const heard = openHearing();
    const openHost = async (asked: HostOptions): Promise<Host> => {
      const onLog: HostOptions["onLog"] = (entry) => {
        heard.say(entry);
        asked.onLog(entry);
      };
      const host = await providerHere({ ...asked, onLog }, (log) => log);
      const news = { ...inputs, resourceUrn: urn, __provider: providerText(hooks) };
      return {
        ...host,
        provider: heard.through(host.provider),
        startProgram: (program) => declaring({ urn, type, inputs: news }, program),
      };
    };
    const over = new AbortController();
    const interruptions = strikes.map(({ ms, how }) => {
      const when = new AbortController();
      void time.clock.sleep(ms, over.signal).then(() => over.signal.aborted || when.abort());
      return { how, when: when.signal };
    });
    strikes = [];
    const runOptions: AnyOptions = {
      interruptions,
      ...(signal === undefined ? {} : { signal }),
      ...(replace ? { replace: [urn] } : {}),
    };
    const stack = { stackName, project, environment: {}, config: options.config, time, programHere: undefined };
    const opened = { ...stack, checkpoint: openCheckpoint(place), openHost, onOutput: () => undefined };
    const { changes, diagnostics } = await run(opened, operation, runOptions);
    over.abort();
    all.push(...heard.told.said);
    const did = operation === "preview" ? changeOf(changes) : heard.did();
    return { ...heard.told, did, error: errorOf(diagnostics), state: state() };
  };

  return {
    preview: (inputs, given = {}) => command("preview", given, inputs),
    up: (inputs, given = {}) => command("up", given, inputs),
    refresh: (given = {}) => command("refresh", given),
    destroy: (given = {}) => command("destroy", given),
    state,
    recorded,
    recall({ id, inputs, outputs }) {
      const own = { resourceUrn: urn, __provider: providerText(hooks) };
      const kept = { urn, type, dependencies: [], protect: false, retainOnDelete: false, isReplaced: false };
      const properties = { inputs: { ...inputs, ...own }, outputs: { ...outputs, ...own } };
      openCheckpoint(place).apply({ put: { ...kept, id, ...properties, initErrors: [] } });
    },
    later: (ms, what) => void time.clock.sleep(ms, new AbortController().signal).then(what),
    interruptAfter: (ms) => void strikes.push({ ms, how: "Ctrl-C" }),
    loseMachineAfter: (ms) => void strikes.push({ ms, how: "lose machine" }),
    said: () => all,
    journal: () => entriesIn(time),
    another: (changes = {}) => openOneResource({ ...options, ...changes }),
  };
}

/** The configuration that leads to a simulated array. @param more further settings, without the namespace */
export function configFor(
  namespace: "powerstore" | "eternus",
  { endpoint, username, password, caCertificate }: Reachable,
  more: Readonly<Record<string, string>> = {},
): Config {
  const settings = { endpoint, username, caCertificate, ...more };
  const plain = Object.entries(settings).map(([key, value]) => [`${namespace}:${key}`, value]);
  return { ...Object.fromEntries(plain), [`${namespace}:password`]: { secret: more.password ?? password } };
}

type Reachable = Pick<SimulatedPowerStore | SimulatedEternus, "endpoint" | "username" | "password" | "caCertificate">;

function providerText(hooks: OneResourceOptions["hooks"]): string {
  return `exports.handler=()=>require("pulumi-storage-migration/provider").${hooks}`;
}

function recordedIn(place: CheckpointPlace): StateResource | undefined {
  const checkpoint = openCheckpoint(place);
  const [resource] = toStateResources(checkpoint.resources(), checkpoint.pending());
  return resource;
}

/** A program that declares one resource, as the SDK's class would. */
function declaring(
  declared: { readonly urn: string; readonly type: string; readonly inputs: Properties },
  { onMessage }: ProgramRun,
): RunningProgram {
  const ended = Promise.withResolvers<boolean>();
  const options = { dependencies: [], protect: false, retainOnDelete: false, deleteBeforeReplace: true };
  onMessage({ kind: "register", call: 1, ...JSON.parse(JSON.stringify(declared)), ...options });
  return { ended: ended.promise, answer: () => ended.resolve(true), kill: () => ended.resolve(false) };
}

/** Listens to what passes between engine and provider in one command. */
function openHearing() {
  const rows: string[] = [];
  const warnings: string[] = [];
  const said: string[] = [];
  const failures: { property: string; reason: string }[] = [];
  const replaces: string[] = [];
  const steps: ("create" | "update" | "delete")[] = [];
  return {
    told: { rows, warnings, said, failures, replaces },
    say({ severity, message }: Parameters<HostOptions["onLog"]>[0]): void {
      if (severity === "debug") return;
      (severity === "info" ? rows : warnings).push(message);
      said.push(severity === "info" ? message : `${severity}: ${message}`);
    },
    through: (provider: Host["provider"]): Host["provider"] => ({
      ...provider,
      async check(...asked) {
        const checked = await provider.check(...asked);
        failures.push(...checked.failures);
        return checked;
      },
      async diff(...asked) {
        const difference = await provider.diff(...asked);
        replaces.push(...difference.replaces);
        return difference;
      },
      create(...asked) {
        steps.push("create");
        return provider.create(...asked);
      },
      update(...asked) {
        steps.push("update");
        return provider.update(...asked);
      },
      delete(...asked) {
        steps.push("delete");
        return provider.delete(...asked);
      },
    }),
    did: () => (steps.join() === "delete,create" ? "replace" : (steps[0] ?? "nothing")),
  } as const;
}

function changeOf({ create, update, replace, delete: removed }: Changes): Exclude<Change, "same"> | "nothing" {
  if (create > 0) return "create";
  if (update > 0) return "update";
  if (replace > 0) return "replace";
  return removed > 0 ? "delete" : "nothing";
}

/** What the provider failed with, without what the engine says around it. */
function errorOf(diagnostics: readonly string[]): string | undefined {
  const [first] = diagnostics.filter((text) => /^error: (?!(update|preview) (failed|canceled)$)/.test(text));
  const [ended] = diagnostics.filter((text) => text.startsWith("error: "));
  return (first ?? ended)?.replace(/^error: (1 error occurred:\n\t\* )?/, "");
}
