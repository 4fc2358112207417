import { z } from "zod";
import type { PreflightMode } from "../../../provider/core/array/settings.ts";
import type { Clock } from "../../../provider/core/async/clock.ts";
import type { MigrationError } from "../../../provider/core/errors.ts";
import { durationInput, ownInputs } from "../../../provider/core/inputs.ts";
import type {
  Lifecycle,
  Operation,
  Preflight,
  Recorded,
  Recorder,
  Reviewed,
} from "../../../provider/core/lifecycle.ts";
import type { Deployment } from "../../../provider/core/pulumi/deployment.ts";
import type { Run } from "../../../provider/core/reconcile/run.ts";

const shape = {
  /** Chosen by the array if absent, and then an output of the same name. */
  label: z.string().optional(),
  size: z.number().positive(),
  grace: durationInput.optional(),
  ...ownInputs,
};
const inputs = z.strictObject(shape);
export type VolumeInputs = z.infer<typeof inputs>;

/** Inputs as any release accepted them. */
const recordedInputs = z.object({ ...shape, size: z.number().catch(1) });

const state = z.object({
  label: z.string().default(""),
  /** Whether the label was chosen by the array. */
  isLabelChosen: z.boolean().default(false),
  sizeNow: z.number().default(0),
  error: z.string().optional(),
});
export type VolumeState = z.infer<typeof state>;
export type Volume = Recorded<VolumeState>;

/** What the lifecycle of a volume was asked, and what it does next. */
export interface VolumePlay {
  readonly lifecycle: Lifecycle<VolumeInputs, VolumeState>;
  readonly runs: Run[];
  readonly inputs: VolumeInputs[];
  readonly reviewed: Reviewed<VolumeInputs, VolumeState>[];
  /** The signals with which the array was to be looked at before a run. */
  readonly looked: AbortSignal[];
  /** @default "enforce" */
  mode: PreflightMode;
  /** What a look before a run shows to fail or to be at stake. @default nothing */
  foreseen: (inputs: VolumeInputs, occasion: Operation<VolumeInputs>) => Promise<Preflight>;
  /** What a review is decided by. @default what was recorded */
  seen: (recorded: Volume, inputs: VolumeInputs) => Promise<Volume | undefined>;
  /** Why it must not be given up for another. @default it may be */
  refusesReplacement: (recorded: Volume) => MigrationError | undefined;
  /** Why an update cannot be done. @default it can */
  refusal: MigrationError | undefined;
  /** What create and update do. @default records a volume as large as declared */
  work: (inputs: VolumeInputs, run: Run, record: Recorder<VolumeState>) => Promise<Volume>;
  /** What read finds. @default what was recorded */
  found: (recorded: Volume) => Promise<Volume | undefined>;
  delete: () => Promise<void>;
}

/** The simplest thing with inputs, a state, and a life. */
export function playVolume(): VolumePlay {
  const runs: Run[] = [];
  const seen: VolumeInputs[] = [];
  const reviewed: Reviewed<VolumeInputs, VolumeState>[] = [];
  const looked: AbortSignal[] = [];
  const hear = (given: VolumeInputs, run: Run) => {
    runs.push(run);
    seen.push(given);
  };
  const play: VolumePlay = {
    runs,
    inputs: seen,
    reviewed,
    looked,
    mode: "enforce",
    foreseen: async () => ({ refusals: [], warnings: [] }),
    seen: async (recorded) => recorded,
    refusesReplacement: () => undefined,
    refusal: undefined,
    work: async ({ label, size }) => ({
      id: "7",
      state: { label: label ?? "vol-7", isLabelChosen: label === undefined, sizeNow: size },
    }),
    found: async (recorded) => recorded,
    delete: async () => {},
    lifecycle: {
      inputs,
      inputNames: Object.keys(shape),
      recordedInputs,
      shadowedInputs: ({ isLabelChosen }) => (isLabelChosen ? ["label"] : []),
      state,
      refuse: (before, after) =>
        after.size < (before?.size ?? 0) ? [{ property: "size", reason: "cannot shrink" }] : [],
      refuseReplacement: (recorded) => play.refusesReplacement(recorded),
      preflightMode: () => play.mode,
      async preflight(given, occasion, _nowMs, signal) {
        looked.push(signal);
        return play.foreseen(given, occasion);
      },
      async observe(recorded, given, signal) {
        looked.push(signal);
        return play.seen(recorded, given);
      },
      announce: ({ size }) => ({ plan: `create a volume of ${size}`, warnings: size > 100 ? ["it is large"] : [] }),
      review(given) {
        reviewed.push(given);
        const isSame = given.changed.length === 0;
        return {
          changes: !isSame,
          replaces: given.changed.filter((name) => name === "label"),
          plan: isSame ? undefined : "grow it",
          warnings: isSame ? [] : ["it cannot shrink again"],
          refusal: play.refusal,
        };
      },
      async create(given, run, record) {
        hear(given, run);
        return play.work(given, run, record);
      },
      async update(_recorded, given, run, record) {
        hear(given, run);
        return play.work(given, run, record);
      },
      async read(recorded, given, run) {
        hear(given, run);
        return play.found(recorded);
      },
      async delete(_recorded, given, run) {
        hear(given, run);
        return play.delete();
      },
    },
  };
  return play;
}

/** A deployment that keeps what it is told. */
export interface ToldDeployment extends Deployment {
  /** `progress urn text`, `warn urn text`, `flush`, in order. */
  readonly said: string[];
  readonly interrupt: AbortController;
}

export function toldDeployment(clock: Clock): ToldDeployment {
  const said: string[] = [];
  const interrupt = new AbortController();
  let config: (key: string) => unknown = () => undefined;
  return {
    clock,
    said,
    interrupt,
    interruption: interrupt.signal,
    environment: {},
    config: (key) => config(key),
    configure(given) {
      config = given;
    },
    atEnd() {},
    end: async () => {},
    log: {
      progress: (urn, text) => said.push(`progress ${urn} ${text}`),
      note: (urn, text) => said.push(`progress ${urn} ${text}`),
      warn: (urn, text) => said.push(`warn ${urn} ${text}`),
      debug: (urn, text) => said.push(`debug ${urn} ${text}`),
      end: () => {},
      flush: async () => {
        said.push("flush");
      },
    },
  };
}
