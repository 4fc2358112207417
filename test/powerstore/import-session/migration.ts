import { expect, onTestFinished } from "vitest";
import type { ArraySettings } from "../../../provider/core/array/settings.ts";
import type { Recorded } from "../../../provider/core/lifecycle.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { outputsOf } from "../../../provider/core/pulumi/recorded.ts";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import { importSessionLifecycle } from "../../../provider/powerstore/import-session/resource.ts";
import { steppedClock } from "../../arrays/clock.ts";
import { expectValidRequest } from "../../arrays/powerstore/contract/expect-valid.ts";
import {
  type PowerStoreOptions,
  type SimulatedPowerStore,
  startPowerStore,
} from "../../arrays/powerstore/power-store.ts";
import { toldDeployment } from "../../core/pulumi/volume-resource.ts";
import { runOn } from "../../core/reconcile/scripted-reconciler.ts";
import { settingsFor } from "../../core/settings-for.ts";
import { type VirtualClock, virtualClock } from "../../core/virtual-clock.ts";

/** What one run of a hook may take, and how it may be ended. */
export interface RunOptions {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A simulated array, the product connected to it, both on one virtual clock, and what a run recorded and said. */
export interface Migration {
  readonly array: SimulatedPowerStore;
  readonly clock: VirtualClock;
  /** What was recorded last, whether the run ended well or not. */
  readonly recorded: Recorded<RecordedImport> | undefined;
  /** All that was recorded, oldest first. */
  readonly records: readonly Recorded<RecordedImport>[];
  /** All that was shown to the person watching. */
  readonly said: readonly string[];
  create(inputs: ImportSessionInputs, options?: RunOptions): Promise<RecordedImport>;
  /** Updates what was recorded last. */
  update(inputs: ImportSessionInputs, options?: RunOptions): Promise<RecordedImport>;
  /** Refreshes what was recorded last. */
  read(inputs: ImportSessionInputs, options?: RunOptions): Promise<RecordedImport | undefined>;
  /** Destroys what was recorded last. */
  destroy(inputs: ImportSessionInputs, options?: RunOptions): Promise<void>;
  /** Checks inputs, as the engine does before anything else in every run. @returns what the engine records of them */
  check(inputs: ImportSessionInputs): Promise<Record<string, unknown>>;
  /** What a preview decides about what was recorded last, and what it says. */
  diff(before: ImportSessionInputs, after: ImportSessionInputs): Promise<PreviewedDiff>;
  /** The same of a replacement, with all that the engine asks for it. */
  replace(before: ImportSessionInputs, after: ImportSessionInputs): Promise<PreviewedDiff>;
  /** Takes what was recorded elsewhere for what was recorded last. */
  recall(recorded: Recorded<RecordedImport>): void;
  /** Has something happen at the array at a moment from now, while runs go on. */
  after(ms: number, what: () => void): void;
  /** What was sent to change something, in short: `create`, `cutover`, `cancel with force`, `remove`. */
  sent(): readonly string[];
}

/** A preview's decision, and the lines that it shows: `progress urn text`, `warn urn text`. */
export interface PreviewedDiff {
  readonly changes: boolean | undefined;
  readonly replaces: readonly string[] | undefined;
  readonly said: readonly string[];
}

/** Starts an array and connects to it. At the end of the test no login may be left on it, and every request must be one the vendor foresees. */
export async function migration(
  options: PowerStoreOptions = {},
  settings: Partial<ArraySettings> = {},
): Promise<Migration> {
  const arrayClock = steppedClock();
  const array = await startPowerStore({ clock: arrayClock, ...options });
  const clock = virtualClock({ along: [arrayClock] });
  const connection = connectPowerStore(settingsFor(array, settings), { clock });
  const lifecycle = importSessionLifecycle(() => connection);
  const records: Recorded<RecordedImport>[] = [];
  const said: string[] = [];
  const run = (options: RunOptions = {}) => ({
    ...runOn(clock, { timeoutMs: 24 * 3_600_000, ...options }),
    ...saying(said),
  });
  const record = (recorded: Recorded<RecordedImport>) => void records.push(recorded);
  const last = () => {
    const recorded = records.at(-1);
    if (recorded === undefined) throw new Error("nothing is recorded");
    return recorded;
  };
  const taken = (recorded: Recorded<RecordedImport>): RecordedImport => {
    records.push(recorded);
    return recorded.state;
  };

  const told = () => {
    const deployment = toldDeployment(clock);
    return { hooks: dynamicHooks(lifecycle, deployment), said: deployment.said };
  };
  const previewed = async (
    { diff }: ReturnType<typeof told>["hooks"],
    before: ImportSessionInputs,
    after: ImportSessionInputs,
  ) => {
    const { id, state } = last();
    const { changes, replaces } = (await diff?.(id, outputsOf({ ...before }, { id, state }), { ...after })) ?? {};
    return { changes, replaces };
  };

  onTestFinished(async () => {
    await connection.logout();
    const left = array.logins;
    await array.close();
    expect(left, "logins left on the array").toBe(0);
    expect(clock.sleeping, "sleepers left behind").toBe(0);
    for (const request of array.requests) expectValidRequest(request);
  });
  return {
    array,
    clock,
    records,
    said,
    get recorded() {
      return records.at(-1);
    },
    create: async (inputs, options) => taken(await lifecycle.create(inputs, run(options), record)),
    update: async (inputs, options) => taken(await lifecycle.update(last(), inputs, run(options), record)),
    async read(inputs, options) {
      const seen = await lifecycle.read(last(), inputs, run(options));
      return seen === undefined ? undefined : taken(seen);
    },
    async check(inputs) {
      const { inputs: checked } =
        (await dynamicHooks(lifecycle, toldDeployment(clock)).check?.({}, { ...inputs })) ?? {};
      return { ...checked };
    },
    async diff(before, after) {
      const { hooks, said } = told();
      return { ...(await previewed(hooks, before, after)), said };
    },
    async replace(before, after) {
      const { hooks, said } = told();
      await hooks.check?.({ ...before }, { ...after });
      const answer = await previewed(hooks, before, after);
      await hooks.check?.({}, { ...after });
      return { ...answer, said };
    },
    recall: (recorded) => void records.push(recorded),
    destroy: (inputs, options) => lifecycle.delete(last(), inputs, run(options)),
    after(ms, what) {
      void clock.sleep(ms, new AbortController().signal).then(what);
    },
    sent: () => array.acts().map(({ method, path, body }) => briefly(method, path, body)),
  };
}

function saying(said: string[]) {
  return {
    progress: (text: string) => void said.push(text),
    warn: (text: string) => void said.push(`warning: ${text}`),
    debug: () => {},
  };
}

function briefly(method: string, path: string, body: unknown): string {
  const action = path.split("/")[5];
  const isForced = typeof body === "object" && body !== null && "force" in body && body.force === true;
  if (method === "DELETE") return "remove";
  if (method === "PATCH") return "reschedule";
  return action === undefined ? "create" : `${action}${isForced ? " with force" : ""}`;
}
