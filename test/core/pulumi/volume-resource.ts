import { z } from "zod";
import type { ArrayConnection } from "../../../provider/core/array/connection.ts";
import { openPollScheduler } from "../../../provider/core/array/poll-scheduler.ts";
import type { ArraySettings } from "../../../provider/core/array/settings.ts";
import type { Clock } from "../../../provider/core/async/clock.ts";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";
import { claimsInMemory } from "../../../provider/core/claims.ts";
import type { MigrationError } from "../../../provider/core/errors.ts";
import { type Journal, silentJournal } from "../../../provider/core/journal/journal.ts";
import type { Deployment } from "../../../provider/core/pulumi/deployment.ts";
import type { AuditEntry } from "../../../provider/core/reconcile/audit-log.ts";
import type { Foreseen, Moment, Step } from "../../../provider/core/reconcile/step.ts";
import type {
  DiffAnswer,
  DiffQuestion,
  Findings,
  Progress,
  Reading,
  Resource,
  SendResult,
} from "../../../provider/core/resource.ts";
import { settingsFor } from "../settings-for.ts";
import { virtualClock } from "../virtual-clock.ts";
import {
  afterAction,
  assumeVolume,
  nextVolume,
  type ObservedVolume,
  planVolume,
  planVolumeDelete,
  type Volume,
  type VolumeAction,
  type VolumeInputs,
  type VolumeState,
  type VolumeTarget,
  volumeAttempted,
  volumeInputs,
  volumePlanText,
  volumeShape,
  volumeState,
  volumeWarnings,
} from "./volume.ts";

/** A volume as core sees it. */
export type VolumeResource = Resource<VolumeInputs, VolumeState, ObservedVolume, VolumeAction>;
export type VolumeQuestion = DiffQuestion<VolumeInputs, VolumeState, ObservedVolume, VolumeAction>;

/** What core asked of a volume. */
interface VolumeLog {
  /** Every read of the array, oldest first. */
  readonly reads: { readonly target: VolumeTarget; readonly before?: ObservedVolume; readonly reading: Reading }[];
  readonly preflights: { readonly target: VolumeTarget; readonly reading: Reading }[];
  readonly questions: VolumeQuestion[];
  readonly sent: VolumeAction[];
  /** What there was to record, oldest first. */
  readonly records: { readonly observed: ObservedVolume; readonly entries: readonly AuditEntry[] }[];
}

/** What a volume answers: each part can be replaced while a test runs. */
interface VolumeScript {
  /** @default those of an array of which only the address is configured */
  settings: Partial<ArraySettings>;
  /** What a read shows. @default what was observed last, or recorded, with what was sent since */
  observe: (target: VolumeTarget, before: ObservedVolume | undefined) => Promise<ObservedVolume>;
  plan: (target: VolumeTarget, observed: ObservedVolume, moment: Moment) => Foreseen<VolumeAction>;
  planDelete: (target: VolumeTarget, observed: ObservedVolume, moment: Moment) => Foreseen<VolumeAction>;
  next: VolumeResource["next"];
  /** What sending an action comes to. @default the array takes it, and has done it */
  send: VolumeResource["actions"]["send"];
  recent: (target: VolumeTarget) => readonly { readonly dedupeKey: string; readonly atMs: number }[];
  /** What is not as usual about the progress that a read shows. @default nothing */
  progress: (observed: ObservedVolume, step: Step<VolumeAction>) => Partial<Progress>;
  /** What the array shows of something new or changed. @default nothing */
  preflight: (target: VolumeTarget) => Promise<Findings<ObservedVolume>>;
  /** @default another label needs another volume */
  diff: (question: VolumeQuestion) => DiffAnswer;
  /** Why it must not be deleted for another. @default it may be */
  refuseReplacement: (recorded: Volume) => MigrationError | undefined;
  /** What the one that replaces it keeps. @default nothing */
  keeps: (recorded: Volume, inputs: VolumeInputs, successor: VolumeInputs) => readonly string[];
}

export interface VolumePlay extends VolumeLog, VolumeScript {
  readonly resource: VolumeResource;
}

/** The smallest resource: something with inputs, a state, and a life. */
export function playVolume(clock: Clock = virtualClock({ startMs: 0 })): VolumePlay {
  const log: VolumeLog = { reads: [], preflights: [], questions: [], sent: [], records: [] };
  const script: VolumeScript = {
    settings: {},
    observe: async (target, before) => before ?? assumeVolume(target),
    plan: planVolume,
    planDelete: (_target, observed) => planVolumeDelete(observed),
    next: nextVolume,
    send: async (action, _observed, target, { confirm }) => {
      confirm();
      return taken(action, target);
    },
    recent: () => [],
    progress: () => ({}),
    preflight: async () => ({ refusals: [], warnings: [] }),
    diff: ({ changed }) =>
      changed.includes("label") ? { replaces: { properties: ["label"], text: "replace volume 7" } } : {},
    refuseReplacement: () => undefined,
    keeps: () => [],
  };
  const play: VolumePlay = Object.assign(script, log, { resource: volumeResource(log, () => play, clock) });
  return play;
}

/** An action that the array has taken, and done. */
export function taken(action: VolumeAction, target: VolumeTarget): SendResult<ObservedVolume> {
  return { after: (observed) => afterAction(action, observed, target) };
}

const recordedInputs = z.object({ ...volumeShape, size: z.number().catch(1) });

function volumeResource(log: VolumeLog, play: () => VolumeScript, clock: Clock): VolumeResource {
  return {
    schemas: {
      inputs: volumeInputs,
      inputNames: Object.keys(volumeShape),
      recordedInputs,
      recorded: volumeState,
      shadowedInputs: ({ isLabelChosen }) => (isLabelChosen ? ["label"] : []),
      visible: ({ sizeNow, error }) => ({ sizeNow, error }),
      recordedText: ({ id, state }) => `volume ${id} of ${state.sizeNow}`,
      attempted: volumeAttempted,
    },
    actions: {
      dedupeKey: ({ kind }) => kind,
      planText: volumePlanText,
      warnings: (actions) => actions.flatMap(volumeWarnings),
      entries: (actions, { size }, { inputs }) => [
        { act: actions.map(({ kind }) => kind).join(", "), reason: `${size}, wanted ${inputs.size}` },
      ],
      about: () => ["volume"],
      async send(action, observed, target, sending) {
        log.sent.push(action);
        return play().send(action, observed, target, sending);
      },
      recent: (target) => play().recent(target),
    },
    open: ({ array = "default" }) => volumeArray(array, play().settings, clock),
    objects: async ({ recorded }, observed) => {
      const id = observed?.id ?? recorded?.id;
      return id === undefined ? [] : [{ key: `volume ${id}`, text: `volume ${id}`, property: "label" }];
    },
    async observe(target, before, reading) {
      log.reads.push({ target, reading, ...(before === undefined ? {} : { before }) });
      return play().observe(target, before);
    },
    assume: assumeVolume,
    plan: (target, observed, moment) => play().plan(target, observed, moment),
    planDelete: (target, observed, moment) => play().planDelete(target, observed, moment),
    next: (observed, step, target) => play().next(observed, step, target),
    record(observed, { inputs }, { entries }) {
      log.records.push({ observed, entries });
      const { id, label, size } = observed;
      if (id === undefined) return undefined;
      const isLabelChosen = inputs.label === undefined;
      return { id, state: { label, isLabelChosen, sizeNow: size, error: undefined, actions: [...entries] } };
    },
    progress: (observed, step) => ({
      text: () => step.reason,
      marker: undefined,
      shown: `volume ${observed.id}`,
      warnings: [],
      ...play().progress(observed, step),
    }),
    preview: {
      refuse: (before, after) =>
        after.size < (before?.size ?? 0) ? [{ property: "size", reason: "cannot shrink" }] : [],
      async preflight(target, reading) {
        log.preflights.push({ target, reading });
        return play().preflight(target);
      },
      diff(question) {
        log.questions.push(question);
        return play().diff(question);
      },
      refuseReplacement: (recorded) => play().refuseReplacement(recorded),
      keeps: (...asked) => play().keeps(...asked),
    },
  };
}

/** An array that is never reached: volumes are read and sent by the script. */
function volumeArray(name: string, changes: Partial<ArraySettings>, clock: Clock): ArrayConnection {
  const settings = settingsFor({ endpoint: `https://${name}`, username: "u", password: "p" }, changes);
  const title = `array ${name} (${settings.origin})`;
  return {
    title,
    settings,
    showsAfterMs: 1000,
    lostAnswerGraceMs: 30_000,
    polls: openPollScheduler(clock, settings.pollMinimumMs),
    semaphore: openSemaphore(settings.actsInFlight),
    nowMs: () => clock.nowMs(),
    aheadMs: () => 0,
    logout: async () => {},
    http: {
      arrayName: title,
      send: () => Promise.reject(new Error("a volume is read by its script")),
      logout: async () => {},
      close: async () => {},
    },
  };
}

/** A deployment that keeps what it reports. */
export interface ToldDeployment extends Deployment {
  /** `progress urn text`, `warn urn text`, `flush`, in order. */
  readonly said: string[];
  readonly interrupt: AbortController;
}

export function toldDeployment(clock: Clock, journal: Journal = silentJournal): ToldDeployment {
  const said: string[] = [];
  const interrupt = new AbortController();
  let config: (key: string) => unknown = () => undefined;
  return {
    clock,
    said,
    interrupt,
    interruption: interrupt.signal,
    claims: claimsInMemory(),
    journal,
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
