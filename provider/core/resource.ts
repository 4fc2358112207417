import type { z } from "zod";
import type { ArrayConnection } from "./array/connection.ts";
import type { ArrayObject } from "./array-object.ts";
import type { Clock } from "./async/clock.ts";
import type { MigrationError } from "./errors.ts";
import type { Confirm } from "./http/exchange.ts";
import type { InputFailure, Properties } from "./inputs.ts";
import type { JournalAct } from "./journal/acts.ts";
import type { AuditEntry, AuditNote } from "./reconcile/audit-log.ts";
import type { ProgressSample } from "./reconcile/eta.ts";
import type { ProgressMarker } from "./reconcile/stall.ts";
import type { Foreseen, Moment, Step } from "./reconcile/step.ts";

/** A recorded resource: its id and its outputs. */
export interface Recorded<State> {
  readonly id: string;
  readonly state: State;
  /** The URN under which the last run recorded it. @default the resource's own */
  readonly urn?: string;
  /** What killed runs have sent since it was recorded, as the journal has it. @default nothing */
  readonly missed?: readonly JournalAct[];
}

/** The record of an object that another one replaces. */
export interface Predecessor<State> extends Recorded<State> {
  /** The keys of its objects that the other one keeps. The delete sent nothing for them. */
  readonly kept: ReadonlySet<string>;
}

/** The operation for which a resource is planned. */
export type Operation<Inputs> =
  | { readonly kind: "create" }
  | { readonly kind: "update"; readonly before: Inputs }
  /** A new object replaces the one that was created with `before`. Pulumi deletes the old object first. */
  | { readonly kind: "replace"; readonly before: Inputs }
  | { readonly kind: "read" }
  /** `successor` are the inputs of the object for which this one makes room. @default none takes its place */
  | { readonly kind: "delete"; readonly successor?: Inputs | undefined };

/** One resource in one operation. A plan depends on this and on the observation, and on nothing else. */
export interface Target<Inputs, State> {
  readonly urn: string;
  readonly operation: Operation<Inputs>;
  /** The known inputs. */
  readonly inputs: Inputs;
  /** The names of the inputs with an unknown value at any depth. Empty in a run. */
  readonly unknown: readonly string[];
  /** Undefined for a new object. */
  readonly recorded: Recorded<State> | undefined;
  /** Whether this is a preview, which reads the array and sends nothing. */
  readonly isPreview: boolean;
  /** The keys of the objects that another resource has taken, or that the one that replaces this keeps. A delete leaves them alone. @default none */
  readonly handedOver?: ReadonlySet<string>;
  /** What runs of this stack have sent to this array, as the journal has it, oldest first. @default the journal is not read */
  readonly acts?: readonly JournalAct[];
  /** The record of the object that this one replaces. Its audit log goes on, and so does the record of what is kept of it. @default nothing is replaced */
  readonly predecessor?: Predecessor<State> | undefined;
}

/** The result of sending an action. */
export interface SendResult<Observed> {
  /** @default the array took the action */
  readonly outcome?: AuditEntry["outcome"];
  /** The effect on the observation, which holds until the next read. */
  readonly after: (observed: Observed) => Observed;
  /** The error for the run. Leave it out if the plan itself handles the rejection. */
  readonly error?: MigrationError | undefined;
}

/** The actions of a resource, and how messages describe them. */
export interface Actions<Inputs, State, Observed, Action> {
  /** The opportunity that an action uses. A run does not send an action again while the plan contains one with the same key. */
  dedupeKey(action: Action): string;
  /** The actions in words, for a preview's row: `suspend copy sessions 12, 13 in one call`. */
  planText(actions: readonly Action[], observed: Observed, target: Target<Inputs, State>): string;
  /** What the actions put at risk. The preview shows these warnings, and the run shows them right before it sends the actions. */
  warnings(actions: readonly Action[], observed: Observed, target: Target<Inputs, State>): readonly string[];
  /** The entries of the audit log for actions that the run has sent after the same read. */
  entries(actions: readonly Action[], observed: Observed, target: Target<Inputs, State>): readonly AuditNote[];
  /** The keys of the objects that an action is about, for the journal: `session 7`, `copy session 12`. */
  about(action: Action, target: Target<Inputs, State>, observed: Observed): readonly string[];
  /** Sends one action. Gets no signal: after an interruption, the request ends soon with an unknown outcome. Calls `confirm` right before the request leaves. */
  send(
    action: Action,
    observed: Observed,
    target: Target<Inputs, State>,
    sending: { readonly clock: Clock; readonly confirm: Confirm; warn(text: string): void },
  ): Promise<SendResult<Observed>>;
  /** The actions that an earlier run has sent according to the audit log or the journal, and whose effect may not show yet. @default none */
  recent?(
    target: Target<Inputs, State>,
    missed: readonly JournalAct[],
  ): readonly { readonly dedupeKey: string; readonly atMs: number }[];
}

/** The progress that a read shows. */
export interface Progress {
  /** The text on the resource's row. @param leftMs the remaining time, if known */
  text(leftMs: number | undefined): string;
  /** The basis for an estimate of the remaining time. @default no estimate */
  readonly sample?: ProgressSample | undefined;
  /** Shows whether the array makes progress. Undefined while only a person or the calendar can end the wait. */
  readonly marker: ProgressMarker | undefined;
  /** The observation in the array's words, for debug output: `Copy_In_Progress, 43%`. */
  readonly shown: string;
  /** Extra time without progress before the run ends, because the plan itself will act on it, in milliseconds. @default 0 */
  readonly patienceMs?: number | undefined;
  /** What the user should know about this state. Each text is shown once. */
  readonly warnings: readonly string[];
}

/** The context of a read. */
export interface Reading {
  readonly signal: AbortSignal;
  readonly nowMs: number;
}

/** What a preflight check of a new or changed resource finds. */
export interface Findings<Observed> {
  /** The inputs that are certain to fail. */
  readonly refusals: readonly InputFailure[];
  readonly warnings: readonly string[];
  /** The start of the route of a new resource. @default for a new resource, the route starts where no object exists; for an update, the check shows no route */
  readonly begins?: {
    readonly observed: Observed;
    /** The text before the route: `adopt session 7 (Ready_For_Cutover)`. @default nothing */
    readonly intro?: string | undefined;
  };
  /** Another possible start, if the preview cannot decide between the two. The preview shows its warnings too, each after `prefix`. */
  readonly instead?: { readonly observed: Observed; readonly prefix: string } | undefined;
  /** Texts after the route. */
  readonly remarks?: readonly string[];
}

/** What a resource needs in order to judge a diff. */
export interface DiffQuestion<Inputs, State, Observed, Action> {
  /** The resource with the new inputs. */
  readonly target: Target<Inputs, State> & { readonly recorded: Recorded<State> };
  /** The inputs of the last run. */
  readonly before: Inputs;
  readonly observed: Observed;
  /** Whether the array no longer has the object. */
  readonly isGone: boolean;
  /** The names of the known inputs that differ from those of the last run. */
  readonly changed: readonly string[];
  /** The first step of the route. */
  readonly step: Step<Action>;
  readonly nowMs: number;
}

/** The part of a diff that only the resource can judge. The route answers everything else. */
export interface DiffAnswer {
  /** Set if a new object replaces the recorded one. Pulumi deletes the old object first, because both arrays reject a second session for the same volumes. */
  readonly replaces?: {
    readonly properties: readonly string[];
    readonly text: string;
    readonly warnings?: readonly string[];
  };
  /** Set if the change is impossible. */
  readonly refusal?: MigrationError | undefined;
  /** Whether the record needs an update although the run sends nothing. @default false */
  readonly isStale?: boolean;
  /** Whether the inputs that differ no longer have an effect. @default a different input is a change */
  readonly isUnchanged?: boolean;
  readonly warnings?: readonly string[];
  /** Texts after the route. */
  readonly remarks?: readonly string[];
}

/** What a program may declare, and what the stack records. */
export interface Schemas<Inputs, State> {
  /** Checks the inputs one by one and against each other. */
  readonly inputs: z.ZodType<Inputs>;
  readonly inputNames: readonly string[];
  /** What is wrong with inputs beside this deadline of a delete, in milliseconds. @default nothing */
  deadlineFailures?(given: Properties, deleteMs: number): readonly InputFailure[];
  /** Reads inputs that any release has accepted, also if some of them are unknown and therefore absent. */
  readonly recordedInputs: z.ZodType<Inputs>;
  /** The same inputs as what they mean: with defaults, and sets in one order. Two spellings of one meaning are no change. @default each spelling is its own meaning */
  meaning?(inputs: Inputs): Inputs;
  /** Reads outputs that any release has recorded. */
  readonly recorded: z.ZodType<State>;
  /** The inputs that the program did not declare, but that share their name with an output. Recorded properties do not distinguish inputs from outputs. */
  shadowedInputs?(state: State): readonly string[];
  /** The inputs to record, without those that only a run needs. @default all inputs */
  recordable?(given: Properties): Properties;
  /** Keeps the inputs that are not recorded, for the run. The same process checks a resource before it creates or updates it. @default keeps nothing */
  remember?(urn: string, given: Properties): void;
  /** The part of the record that people decide on. An update brings it up to date where the array shows something else. */
  visible(state: State, inputs: Inputs): unknown;
  /** The record in a few words, for errors: `import session 7 in Copy_In_Progress`. */
  recordedText(recorded: Recorded<State>): string;
  /** What the run attempts, as a verb phrase for errors: `suspend copy sessions 1, 2`. */
  attempted(target: Target<Inputs, State>): string;
}

/** What a preview needs from a resource in addition to its plan. Only reads the array. */
interface Preview<Inputs, State, Observed, Action> {
  /** Refuses inputs that a program must not declare after `before`, which is undefined for a new resource. */
  refuse?(before: Inputs | undefined, after: Inputs, nowMs: number): readonly InputFailure[];
  /** Reads the array, and finds what is certain to fail in a new or changed resource. */
  preflight(target: Target<Inputs, State>, reading: Reading): Promise<Findings<Observed>>;
  /** Those of the changed inputs that mean what the recorded object has: a name for an id, say. @default none */
  meantAlready?(
    question: Pick<DiffQuestion<Inputs, State, Observed, Action>, "target" | "before" | "observed" | "changed">,
    reading: Reading,
  ): Promise<readonly string[]>;
  diff(question: DiffQuestion<Inputs, State, Observed, Action>): DiffAnswer;
  /** Refuses to delete the recorded object, which `before` declared, for this successor. Called right before the delete, when the engine has already decided on it. */
  refuseReplacement?(recorded: Recorded<State>, successor: Inputs, before: Inputs): MigrationError | undefined;
  /** The keys of the recorded objects that this successor keeps. The delete leaves them alone, and the create continues with their record. @default none */
  keeps?(recorded: Recorded<State>, inputs: Inputs, successor: Inputs): readonly string[];
}

/**
 * One kind of resource. This is all that a vendor provides. Core runs create, read, update, delete, check and diff from it, and is responsible for deadlines, polls,
 * stalls, the audit log, progress and partial state.
 */
export interface Resource<Inputs, State, Observed, Action> {
  readonly schemas: Schemas<Inputs, State>;
  readonly actions: Actions<Inputs, State, Observed, Action>;
  /** The array that these inputs name. */
  open(inputs: Inputs): ArrayConnection;
  /** The objects of the array that the resource drives, as far as its inputs, its record and the observation name them. */
  objects(
    target: Target<Inputs, State>,
    observed: Observed | undefined,
    reading: Reading,
  ): Promise<readonly ArrayObject[]>;
  /** Reads the array once, without waiting. @param before the run's last observation, with the effects of the actions that the run has sent since */
  observe(target: Target<Inputs, State>, before: Observed | undefined, reading: Reading): Promise<Observed>;
  /** The record as an observation, for a preview that cannot read the array. If `recorded` is undefined, no object exists yet. */
  assume(target: Target<Inputs, State>): Observed;
  plan(target: Target<Inputs, State>, observed: Observed, moment: Moment): Foreseen<Action>;
  planDelete(target: Target<Inputs, State>, observed: Observed, moment: Moment): Foreseen<Action>;
  /** What the array will show after this step if nothing goes wrong. Undefined if that cannot be foreseen. */
  next(observed: Observed, step: Step<Action>, target: Target<Inputs, State>): Observed | undefined;
  /** The record of this observation. Undefined if no object exists, not yet or no longer. @param noted the audit log, the step, and the time */
  record(
    observed: Observed,
    target: Target<Inputs, State>,
    noted: { readonly entries: readonly AuditEntry[]; readonly step: Step<Action> | undefined; readonly nowMs: number },
  ): Recorded<State> | undefined;
  progress(observed: Observed, step: Step<Action>, target: Target<Inputs, State>): Progress;
  readonly preview: Preview<Inputs, State, Observed, Action>;
}
