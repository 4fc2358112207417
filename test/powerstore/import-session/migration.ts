import { expect, onTestFinished } from "vitest";
import type { ArraySettings } from "../../../provider/core/array/settings.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { outputsOf } from "../../../provider/core/pulumi/recorded.ts";
import { applyResource, deleteResource, readResource } from "../../../provider/core/reconcile/run-resource.ts";
import type { Operation, Recorded } from "../../../provider/core/resource.ts";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import { type ImportSessionInputs, recordedImportInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import { importSessionResource } from "../../../provider/powerstore/import-session/resource.ts";
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
import { sampleUrn } from "./samples.ts";

/** Inputs of a run, without those that have a default. */
type Given = Partial<ImportSessionInputs> & { readonly resourceUrn?: string };

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
  create(inputs: Given, options?: RunOptions): Promise<RecordedImport>;
  /** Updates what was recorded last. */
  update(inputs: Given, options?: RunOptions): Promise<RecordedImport>;
  /** Refreshes what was recorded last. */
  read(inputs: Given, options?: RunOptions): Promise<RecordedImport | undefined>;
  /** Destroys what was recorded last. */
  destroy(inputs: Given, options?: RunOptions): Promise<void>;
  /** Checks inputs, as the engine does before anything else in every run. @returns what the engine records of them */
  check(inputs: Given): Promise<Record<string, unknown>>;
  /** What a preview decides about what was recorded last, and what it says. */
  diff(before: Given, after: Given): Promise<PreviewedDiff>;
  /** The same of a replacement, with all that the engine asks for it. */
  replace(before: Given, after: Given): Promise<PreviewedDiff>;
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
  const resource = importSessionResource(() => connection);
  const records: Recorded<RecordedImport>[] = [];
  const said: string[] = [];
  const run = (options: RunOptions = {}) => ({
    ...runOn(clock, { timeoutMs: 24 * 3_600_000, ...options }),
    ...saying(said),
  });
  const last = () => {
    const recorded = records.at(-1);
    if (recorded === undefined) throw new Error("nothing is recorded");
    return recorded;
  };
  const targetOf = (
    { resourceUrn: urn = sampleUrn, ...given }: Given,
    operation: Operation<ImportSessionInputs>,
    recorded: Recorded<RecordedImport> | undefined,
  ) => {
    const inputs = { ...recordedImportInputs.parse({}), ...given };
    return { urn, operation, inputs, unknown: [], recorded, isPreview: false };
  };
  const applied = async (target: ReturnType<typeof targetOf>, options?: RunOptions): Promise<RecordedImport> => {
    const outcome = await applyResource(resource, target, run(options));
    if (outcome.recorded !== undefined) records.push(outcome.recorded);
    if (outcome.kind === "failed") throw outcome.error;
    return outcome.recorded.state;
  };

  const told = () => {
    const deployment = toldDeployment(clock);
    return { hooks: dynamicHooks(resource, deployment), said: deployment.said };
  };
  const previewed = async ({ diff }: ReturnType<typeof told>["hooks"], before: Given, after: Given) => {
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
    create: (inputs, options) => applied(targetOf(inputs, { kind: "create" }, undefined), options),
    update(inputs, options) {
      const { inputs: before } = targetOf(inputs, { kind: "read" }, last());
      return applied(targetOf(inputs, { kind: "update", before }, last()), options);
    },
    async read(inputs, options) {
      const recorded = last();
      const seen = await readResource(
        resource,
        { ...targetOf(inputs, { kind: "read" }, recorded), recorded },
        run(options),
      );
      if (seen !== undefined) records.push(seen);
      return seen?.state;
    },
    async check(inputs) {
      const { inputs: checked } =
        (await dynamicHooks(resource, toldDeployment(clock)).check?.({}, { ...inputs })) ?? {};
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
    destroy: (inputs, options) => deleteResource(resource, targetOf(inputs, { kind: "delete" }, last()), run(options)),
    after(ms, what) {
      void clock.sleep(ms, new AbortController().signal).then(what);
    },
    sent: () => array.acts().map(({ method, path, body }) => briefly(method, path, body)),
  };
}

function saying(said: string[]) {
  const warned = new Set<string>();
  return {
    progress: (text: string) => void said.push(text),
    warn(text: string) {
      if (!warned.has(text)) said.push(`warning: ${text}`);
      warned.add(text);
    },
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
