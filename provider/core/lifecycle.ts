import type { z } from "zod";
import type { PreflightMode } from "./array/settings.ts";
import type { MigrationError } from "./errors.ts";
import type { InputFailure, OwnInputs, PartlyKnown, Properties } from "./inputs.ts";
import type { Run } from "./reconcile/run.ts";

/** A resource as it is recorded: its id and its outputs. */
export interface Recorded<State> {
  readonly id: string;
  readonly state: State;
}

/** What a preview shows and an update is decided by. */
export interface Review {
  /** Whether there is anything to do. */
  readonly changes: boolean;
  /** Properties that force a replacement. The old object goes first: both arrays refuse two at once. */
  readonly replaces: readonly string[];
  /** What would be sent, for the resource's row. */
  readonly plan?: string | undefined;
  /** What is at stake, for the diagnostics. */
  readonly warnings: readonly string[];
  /** Why it cannot be done at all. */
  readonly refusal?: MigrationError | undefined;
}

/** What inputs are checked for: something new, a change of what is recorded, or something new in the place of that. */
export type Operation<Inputs> =
  | { readonly is: "creation" }
  | { readonly is: "change"; readonly before: Inputs }
  | { readonly is: "replacement"; readonly before: Inputs };

/** What a look at the array says of a run that has not begun. */
export interface Preflight {
  /** What is certain to fail. */
  readonly refusals: readonly InputFailure[];
  /** What may fail, and what is at stake. */
  readonly warnings: readonly string[];
  /** What is announced of something new now that the array was seen. @default what its inputs alone tell */
  readonly announced?: Announcement | undefined;
}

/** What is said of something new: on the resource's row, and in the diagnostics. */
export type Announcement = Pick<Review, "plan" | "warnings">;

export interface Reviewed<Inputs, State> {
  /** As the array shows it now, where it could be asked. */
  readonly recorded: Recorded<State>;
  /** As it was recorded last, before the array was asked. */
  readonly earlier?: State | undefined;
  /** Whether the array has no such object any more. */
  readonly isGone: boolean;
  /** The inputs of the last run. */
  readonly before?: Inputs | undefined;
  /** Undefined while any value is not known yet. */
  readonly inputs: Inputs | undefined;
  /** Those that are known, while any is not. */
  readonly partly?: PartlyKnown | undefined;
  /** Names of the inputs that differ from those of the last run. */
  readonly changed: readonly string[];
  readonly nowMs: number;
}

/** Remembers what was last observed, so that whatever happens next leaves the resource recorded. */
export type Recorder<State> = (recorded: Recorded<State>) => void;

/** One kind of resource: what it takes, what it records, and how it lives. */
export interface Lifecycle<Inputs extends OwnInputs, State> {
  readonly inputs: z.ZodType<Inputs>;
  readonly inputNames: readonly string[];
  /** Reads the inputs among recorded properties: as they were accepted then, whatever the rules are now. */
  readonly recordedInputs: z.ZodType<Inputs>;
  /** Inputs that share their name with an output and were not given: recorded properties do not tell the two apart. */
  shadowedInputs?(state: State): readonly string[];
  /** What is recorded, in a few words for an error: `import session 7 in Copy_In_Progress`. @default errors do not say it */
  recordedText?(recorded: Recorded<State>): string;
  /** Reads recorded outputs, also those of older releases. */
  readonly state: z.ZodType<State>;
  /** What cannot be asked for, given what was asked for before; refused in preview. `before` is undefined for a new resource. */
  refuse?(before: Inputs | undefined, after: Inputs, nowMs: number): readonly InputFailure[];
  /** Why what is recorded must not be given up for that; asked when the engine has decided to, right before. @default it may be */
  refuseReplacement?(recorded: Recorded<State>, successor: Inputs): MigrationError | undefined;
  /** How strict a preview is with the array of these inputs, by its settings. @default "enforce" */
  preflightMode?(inputs: Inputs): PreflightMode;
  /** What a look at the array shows to be certain to fail. Reads only; asked in preview of what is new or changed. */
  preflight?(inputs: Inputs, occasion: Operation<Inputs>, nowMs: number, signal: AbortSignal): Promise<Preflight>;
  /** What is announced in preview of something new, before it exists and without a look at the array. */
  announce(inputs: Inputs, nowMs: number): Announcement;
  /** The same while some of the inputs are not known yet: what those that are tell, and no guess. @default nothing */
  announcePartly?(partly: PartlyKnown, nowMs: number): Announcement;
  /** Inputs as they are recorded: without what only a run needs. @default as given */
  recordable?(given: Properties): Properties;
  /** Keeps what is not recorded for the run of the resource: a process that creates or updates it has checked it before. @default nothing is kept */
  remember?(given: Properties): void;
  /** One look at the array, without waiting: what a review decides by, where the array can be asked. @returns undefined when the object is gone */
  observe?(
    recorded: Recorded<State>,
    inputs: Inputs,
    signal: AbortSignal,
    nowMs: number,
  ): Promise<Recorded<State> | undefined>;
  review(reviewed: Reviewed<Inputs, State>): Review;
  create(inputs: Inputs, run: Run, record: Recorder<State>): Promise<Recorded<State>>;
  /** @returns undefined when the object is gone */
  read(recorded: Recorded<State>, inputs: Inputs, run: Run): Promise<Recorded<State> | undefined>;
  update(recorded: Recorded<State>, inputs: Inputs, run: Run, record: Recorder<State>): Promise<Recorded<State>>;
  delete(recorded: Recorded<State>, inputs: Inputs, run: Run): Promise<void>;
}
