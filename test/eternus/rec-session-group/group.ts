import { onTestFinished } from "vitest";
import type { ArraySettings } from "../../../provider/core/array/settings.ts";
import type { EngineLog } from "../../../provider/core/log.ts";
import type { Deployment } from "../../../provider/core/pulumi/deployment.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { connectEternus, type EternusArray } from "../../../provider/eternus/connect.ts";
import type { RecordedGroup } from "../../../provider/eternus/rec-session-group/recorded.ts";
import { recSessionGroupResource } from "../../../provider/eternus/rec-session-group/resource.ts";
import {
  type EternusOptions,
  type SimulatedEternus,
  type SteppedClock,
  startEternus,
  steppedClock,
} from "../../arrays/index.ts";
import { settingsFor } from "../../core/settings-for.ts";
import { type VirtualClock, virtualClock } from "../../core/virtual-clock.ts";

/** A simulated array and the product in front of it, both in virtual time. */
export interface Bench {
  readonly array: SimulatedEternus;
  readonly clock: VirtualClock;
  readonly connection: EternusArray;
  /** Another connection to the same array, as another process would make it. */
  reconnect(): EternusArray;
}

export async function bench(options: EternusOptions = {}, settings: Partial<ArraySettings> = {}): Promise<Bench> {
  const arrayClock: SteppedClock = steppedClock();
  const clock = virtualClock({ along: [arrayClock] });
  const array = await startEternus({ clock: arrayClock, ...options });
  onTestFinished(async () => {
    await array.close();
  });
  const reconnect = () => {
    const connection = connectEternus(settingsFor(array, settings), { clock });
    onTestFinished(() => connection.logout());
    return connection;
  };
  return { array, clock, connection: reconnect(), reconnect };
}

/** What one call of the engine came to. */
export interface Called {
  /** The failure's message; undefined when it succeeded. */
  readonly error: string | undefined;
  readonly warnings: readonly string[];
  /** What stood on the resource's row, in its order. */
  readonly rows: readonly string[];
}

/** One resource in one stack, driven by calls in the order in which the engine makes them, with the state that it would keep. */
export interface Stack {
  /** Outputs, as recorded; undefined while there is no resource. */
  readonly state: RecordedGroup | undefined;
  readonly properties: Readonly<Record<string, unknown>> | undefined;
  /** What a preview finds: whether there is something to do, what it shows, and what it warns of. */
  preview(inputs: Inputs): Promise<
    Called & {
      readonly changes: boolean;
      readonly failures: readonly { property: string; reason: string }[];
      readonly replaces: readonly string[];
    }
  >;
  /** Creates, updates, or does nothing, whatever is due. */
  up(inputs: Inputs): Promise<Called & { readonly did: "create" | "update" | "nothing" }>;
  refresh(): Promise<Called>;
  destroy(): Promise<Called>;
  /** Interrupts the next call after so many milliseconds of virtual time. */
  interruptAfter(ms: number): void;
}

export type Inputs = Readonly<Record<string, unknown>>;

const urn = "urn:pulumi:test::migration::pulumi-nodejs:dynamic/pulumi-storage-migration:RecSessionGroup::erp-dr";

/** @param east what the array named so in inputs is, where there is one */
export function stackOn({ connection, clock }: Pick<Bench, "connection" | "clock">, east = connection): Stack {
  let recorded: { id: string; properties: Record<string, unknown>; failed: boolean } | undefined;
  let before: Inputs | undefined;
  let warnings: string[] = [];
  let rows: string[] = [];
  let interruptMs: number | undefined;
  const log: EngineLog = {
    progress: (_, text) => rows.push(text),
    note: (_, text) => rows.push(text),
    // As the engine's log does: what is said already is not said again.
    warn: (_, text) => {
      if (!warnings.includes(text)) warnings.push(text);
    },
    debug() {},
    end() {},
    flush: async () => {},
  };
  const interruption = () => {
    const controller = new AbortController();
    if (interruptMs !== undefined)
      void clock.sleep(interruptMs, new AbortController().signal).then(() => controller.abort());
    interruptMs = undefined;
    return controller.signal;
  };
  const hooks = (isInterruptible = true) => {
    const deployment: Deployment = {
      clock,
      log,
      interruption: isInterruptible ? interruption() : new AbortController().signal,
      environment: {},
      config: () => undefined,
      configure() {},
      atEnd() {},
      end: async () => {},
    };
    return dynamicHooks(
      recSessionGroupResource((name) => (name === "east" ? east : connection)),
      deployment,
    );
  };
  const called = async <Extra extends object>(work: () => Promise<Extra>): Promise<Called & Extra> => {
    warnings = [];
    rows = [];
    const extra = await work();
    return { error: undefined, warnings, rows, ...extra };
  };
  const withUrn = (inputs: Inputs) => ({ ...inputs, resourceUrn: urn, __provider: "provider" });
  const saved = async (
    work: () => Promise<{ id: string; outs: Record<string, unknown> }>,
  ): Promise<{ error: string | undefined }> => {
    try {
      const { id, outs } = await work();
      recorded = { id, properties: { ...outs, __provider: "provider" }, failed: false };
      return { error: undefined };
    } catch (error) {
      if (hasPartialState(error)) recorded = { id: error.id, properties: error.properties, failed: true };
      return { error: messageOf(error) };
    }
  };
  const preview = async (inputs: Inputs) => {
    const { check, diff } = hooks(false);
    const news = withUrn(inputs);
    const { failures = [] } = (await check?.(before === undefined ? {} : withUrn(before), news)) ?? {};
    if (recorded === undefined || failures.length > 0)
      return { changes: recorded === undefined, failures, replaces: [], error: undefined };
    const { changes = false, replaces = [] } = (await diff?.(recorded.id, recorded.properties, news)) ?? {};
    // What takes the place of another is checked again, as if it were new.
    const again = replaces.length > 0 ? await check?.({}, news) : undefined;
    // The engine updates a resource whose last run failed even without a difference.
    return { changes: changes || recorded.failed, failures: again?.failures ?? [], replaces, error: undefined };
  };

  return {
    get state() {
      return recorded === undefined ? undefined : JSON.parse(JSON.stringify(recorded.properties));
    },
    get properties() {
      return recorded?.properties;
    },
    preview: (inputs) => called(() => preview(inputs).catch(refused)),
    up: (inputs) =>
      called(async () => {
        const { changes, failures, replaces, error } = await preview(inputs).catch(refused);
        if (error !== undefined) return { did: "nothing", error } as const;
        if (failures.length > 0) return { did: "nothing", error: JSON.stringify(failures) } as const;
        if (replaces.length > 0)
          return { did: "nothing", error: `would replace because of ${replaces.join()}` } as const;
        if (!changes) return { did: "nothing" } as const;
        before = inputs;
        const olds = recorded;
        if (olds === undefined)
          return { did: "create", ...(await saved(() => created(hooks().create(withUrn(inputs))))) } as const;
        const update = async () => {
          const { outs } = (await hooks().update?.(olds.id, olds.properties, withUrn(inputs))) ?? {};
          return { id: olds.id, outs: { ...outs } };
        };
        return { did: "update", ...(await saved(update)) } as const;
      }),
    refresh: () =>
      called(async () => {
        if (recorded === undefined) return {};
        try {
          const { id, props } = (await hooks().read?.(recorded.id, recorded.properties)) ?? {};
          recorded =
            id === "" || id === undefined
              ? undefined
              : { id, properties: { ...props, __provider: "provider" }, failed: false };
          return {};
        } catch (error) {
          return { error: messageOf(error) };
        }
      }),
    destroy: () =>
      called(async () => {
        if (recorded === undefined) return {};
        try {
          await hooks().delete?.(recorded.id, recorded.properties);
          recorded = undefined;
          return {};
        } catch (error) {
          return { error: messageOf(error) };
        }
      }),
    interruptAfter(ms) {
      interruptMs = ms;
    },
  };
}

async function created(result: Promise<{ id: string; outs?: Record<string, unknown> }>) {
  const { id, outs } = await result;
  return { id, outs: { ...outs } };
}

/** A diff that throws ends the preview. */
function refused(error: unknown) {
  return { changes: false, failures: [], replaces: [], error: messageOf(error) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : `${error}`;
}

function hasPartialState(error: unknown): error is Error & { id: string; properties: Record<string, unknown> } {
  return error instanceof Error && "id" in error && "properties" in error;
}
