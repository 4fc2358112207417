import type { z } from "zod";
import type { ArrayConnection } from "./array/connection.ts";
import type { Clock } from "./async/clock.ts";
import type { MigrationError } from "./errors.ts";
import type { Confirm } from "./http/exchange.ts";
import type { InputFailure, Properties } from "./inputs.ts";
import type { AuditEntry } from "./reconcile/audit-log.ts";
import type { ProgressSample } from "./reconcile/eta.ts";
import type { ProgressMarker } from "./reconcile/stall.ts";
import type { Foreseen, Moment, Step } from "./reconcile/step.ts";

/** A resource as it is recorded: its id and its outputs. */
export interface Recorded<State> {
  readonly id: string;
  readonly state: State;
}

/** What a resource is planned for. */
export type Operation<Inputs> =
  | { readonly kind: "create" }
  | { readonly kind: "update"; readonly before: Inputs }
  /** Something new takes the place of what was made with `before`, which is deleted first. */
  | { readonly kind: "replace"; readonly before: Inputs }
  | { readonly kind: "read" }
  | { readonly kind: "delete" };

/** One resource in one operation: all that a plan goes by besides what is observed. */
export interface Target<Inputs, State> {
  readonly urn: string;
  readonly operation: Operation<Inputs>;
  /** Those that are known. */
  readonly inputs: Inputs;
  /** Names of the inputs that are not known yet, or in which something is not. Empty in a run. */
  readonly unknown: readonly string[];
  /** Undefined for something new. */
  readonly recorded: Recorded<State> | undefined;
  /** Whether this is only a preview: it reads, and nothing is sent. */
  readonly isPreview: boolean;
}

/** What sending an action came to. */
export interface SendResult<Observed> {
  /** What is not plain about it. @default the array took it */
  readonly outcome?: AuditEntry["outcome"];
  /** What is known from now on, until the array is read again. */
  readonly after: (observed: Observed) => Observed;
  /** Where the run has to hear of it. A rejection that the plan answers is none. */
  readonly error?: MigrationError | undefined;
}

/** What a resource can send, and in which words. */
export interface Actions<Inputs, State, Observed, Action> {
  /** The opportunity an action uses up. While it is planned again with the same key, it is not sent again. */
  dedupeKey(action: Action): string;
  /** What would be sent, for a preview's row: `suspend copy sessions 12, 13 in one call`. */
  planText(actions: readonly Action[], observed: Observed, target: Target<Inputs, State>): string;
  /** What sending them puts at stake: warnings of the preview, and of the run right before. */
  warnings(actions: readonly Action[], observed: Observed, target: Target<Inputs, State>): readonly string[];
  /** What the audit log says of actions that were sent after one read. */
  entries(
    actions: readonly Action[],
    observed: Observed,
    target: Target<Inputs, State>,
  ): readonly Pick<AuditEntry, "act" | "reason" | "from">[];
  /** Sends one. Gets no signal: an action under way is always seen to its answer. Calls `confirm` right before the request leaves. */
  send(
    action: Action,
    observed: Observed,
    target: Target<Inputs, State>,
    sending: { readonly clock: Clock; readonly confirm: Confirm; warn(text: string): void },
  ): Promise<SendResult<Observed>>;
  /** Keys of what an earlier run has sent, as its audit log tells, and that may not show yet. @default none */
  recent?(target: Target<Inputs, State>): readonly { readonly dedupeKey: string; readonly atMs: number }[];
}

/** What a read shows of how far things are. */
export interface Progress {
  /** What stands on the resource's row. @param leftMs how long it will still take, where that is known */
  text(leftMs: number | undefined): string;
  /** What the remaining time is estimated by. @default nothing tells it */
  readonly sample?: ProgressSample | undefined;
  /** What shows whether the array makes progress. Undefined while a person or the calendar has to end the wait. */
  readonly marker: ProgressMarker | undefined;
  /** In the array's words, for debug output: `Copy_In_Progress, 43%`. */
  readonly shown: string;
  /** How much longer than usual nothing may move, because the plan itself will do something about it, in milliseconds. @default 0 */
  readonly patienceMs?: number | undefined;
  /** What somebody should know who sees this. Each is said once. */
  readonly warnings: readonly string[];
}

/** How a recorded resource is read, planned or previewed. */
export interface Reading {
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/** What a read before a run shows of something new, or changed. */
export interface Findings<Observed> {
  /** What is certain to fail. */
  readonly refusals: readonly InputFailure[];
  readonly warnings: readonly string[];
  /** Where the route of something new begins. @default nothing is shown of an update, and of something new what it shows while nothing exists */
  readonly begins?: {
    readonly observed: Observed;
    /** What stands before the route: `adopt session 7 (Ready_For_Cutover)`. @default nothing */
    readonly intro?: string | undefined;
  };
  /** What happens instead where the preview cannot tell: its warnings follow, each after `prefix`. */
  readonly instead?: { readonly observed: Observed; readonly prefix: string } | undefined;
  /** What stands after the route. */
  readonly remarks?: readonly string[];
}

/** What a diff is judged by. */
export interface DiffQuestion<Inputs, State, Observed, Action> {
  /** With the new inputs. */
  readonly target: Target<Inputs, State> & { readonly recorded: Recorded<State> };
  /** The inputs of the last run. */
  readonly before: Inputs;
  readonly observed: Observed;
  /** Whether the array has no such object any more. */
  readonly isGone: boolean;
  /** Names of the inputs that differ from those of the last run, unknown ones left out. */
  readonly changed: readonly string[];
  /** The first step of the route. */
  readonly step: Step<Action>;
  readonly nowMs: number;
}

/** What only the resource itself can judge of a diff. Everything else is read off its route. */
export interface DiffAnswer {
  /** Why another object takes the place of the recorded one, and what becomes of that. The old object goes first: both arrays refuse two at once. */
  readonly replaces?: {
    readonly properties: readonly string[];
    readonly text: string;
    readonly warnings?: readonly string[];
  };
  /** Why it cannot be done at all. */
  readonly refusal?: MigrationError | undefined;
  /** Whether the record is to be brought up to date although nothing is sent. @default false */
  readonly isStale?: boolean;
  /** Whether the inputs that differ mean nothing any more. @default what differs is a change */
  readonly isUnchanged?: boolean;
  readonly warnings?: readonly string[];
  /** What stands after the route. */
  readonly remarks?: readonly string[];
}

/** What a program may declare, and what is recorded of it. */
export interface Schemas<Inputs, State> {
  /** The inputs, checked one by one and against each other. */
  readonly inputs: z.ZodType<Inputs>;
  readonly inputNames: readonly string[];
  /** Inputs as any release accepted them, and those that are known while others are not. */
  readonly recordedInputs: z.ZodType<Inputs>;
  /** Outputs as any release recorded them. */
  readonly recorded: z.ZodType<State>;
  /** Inputs that share their name with an output and were not given: recorded properties do not tell the two apart. */
  shadowedInputs?(state: State): readonly string[];
  /** Inputs as they are recorded, without what only a run needs. @default as given */
  recordable?(given: Properties): Properties;
  /** Keeps what is not recorded for the run of the resource: a process that creates or updates it has checked it before. @default nothing is kept */
  remember?(urn: string, given: Properties): void;
  /** What is recorded, in a few words for an error: `import session 7 in Copy_In_Progress`. */
  recordedText(recorded: Recorded<State>): string;
  /** What a run attempts, as a verb phrase for errors: `suspend copy sessions 1, 2`. */
  attempted(target: Target<Inputs, State>): string;
}

/** What a preview asks of a resource, besides its plan. Reads only. */
export interface Preview<Inputs, State, Observed, Action> {
  /** What may not be asked for, given what was asked for before; `before` is undefined for a new resource. */
  refuse?(before: Inputs | undefined, after: Inputs, nowMs: number): readonly InputFailure[];
  /** What the array shows to be certain to fail: of what is new or changed. */
  preflight(target: Target<Inputs, State>, reading: Reading): Promise<Findings<Observed>>;
  diff(question: DiffQuestion<Inputs, State, Observed, Action>): DiffAnswer;
  /** Why what is recorded must not be deleted for that; asked when the engine has decided to, right before. */
  refuseReplacement?(recorded: Recorded<State>, successor: Inputs): MigrationError | undefined;
}

/**
 * One kind of resource: all that a vendor brings. Core runs create, read, update, delete, check and diff from it, and owns deadlines, polls, stalls, the audit log,
 * progress and partial state.
 */
export interface Resource<Inputs, State, Observed, Action> {
  readonly schemas: Schemas<Inputs, State>;
  readonly actions: Actions<Inputs, State, Observed, Action>;
  /** The array of these inputs. */
  open(inputs: Inputs): ArrayConnection;
  /** One read of the array, without waiting. @param before what was observed last in this run, with what was sent since */
  observe(target: Target<Inputs, State>, before: Observed | undefined, reading: Reading): Promise<Observed>;
  /** What was recorded, as if it were observed: for a preview that cannot read the array. Undefined `recorded`: nothing exists yet. */
  assume(target: Target<Inputs, State>): Observed;
  plan(target: Target<Inputs, State>, observed: Observed, moment: Moment): Foreseen<Action>;
  planDelete(target: Target<Inputs, State>, observed: Observed, moment: Moment): Foreseen<Action>;
  /** What the array will show after this step, where it goes its normal way. Undefined where nobody can tell. */
  next(observed: Observed, step: Step<Action>, target: Target<Inputs, State>): Observed | undefined;
  /** What is recorded of it. Undefined: nothing (yet, or any more). @param entries the audit log */
  record(
    observed: Observed,
    target: Target<Inputs, State>,
    noted: { readonly entries: readonly AuditEntry[]; readonly step: Step<Action> | undefined; readonly nowMs: number },
  ): Recorded<State> | undefined;
  progress(observed: Observed, step: Step<Action>, target: Target<Inputs, State>): Progress;
  readonly preview: Preview<Inputs, State, Observed, Action>;
}
