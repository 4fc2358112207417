/** What to do next about what was observed: the whole vocabulary of a plan. */
export type Step<Action> =
  /** The declared state is reached. */
  | {
      readonly kind: "settled";
      readonly reason: string;
      /** Where the object then rests, for a preview's row: `Ready_For_Cutover`. @default the row ends with the last action */
      readonly rests?: string | undefined;
    }
  /** As far as it may go for now: a person has to open a gate first. A success. */
  | { readonly kind: "held"; readonly reason: string }
  /** The array is at work. */
  | {
      readonly kind: "wait";
      readonly reason: string;
      /** What is waited for, where the reason also counts. @default the reason */
      readonly stage?: string;
    }
  | { readonly kind: "act"; readonly actions: readonly Action[]; readonly reason: string }
  /** The declared state cannot be reached from here. `next` says what a person can do. */
  | {
      readonly kind: "stuck";
      readonly reason: string;
      readonly next: string;
      /** How the error is to be understood. @default "stuck" */
      readonly as?: "stuck" | "partial" | "identity" | "notFound";
    };

/** A step that depends on what a preview cannot know: on the time at which a wait ends, or on an input that is not known yet. */
export interface Fork<Action> {
  readonly kind: "fork";
  /** When `then` is taken: `ready between 22:00 and 04:00`. */
  readonly condition: string;
  readonly step: Step<Action>;
  readonly otherwise: Step<Action>;
}

/** What a plan answers when it is asked about a moment that may lie ahead. */
export type Foreseen<Action> = Step<Action> | Fork<Action>;

/** When a plan is asked about. */
export interface Moment {
  /** By the runner's clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether this is now. Otherwise it is an unknown time after `nowMs`: only then, or while an input is not known yet, a plan may fork. */
  readonly isNow: boolean;
}

/** The step of a run. Whatever is doubtful there takes the careful way: gates fail shut. */
export function certainStep<Action>(foreseen: Foreseen<Action>): Step<Action> {
  return foreseen.kind === "fork" ? foreseen.otherwise : foreseen;
}

/** What a step is about, without the numbers of the moment. */
export function stageOf(step: Step<unknown>): string {
  return step.kind === "wait" ? (step.stage ?? step.reason) : step.reason;
}

/** Whether nothing more happens until a person, or the program, changes something. */
export function isAtRest(step: Step<unknown>): boolean {
  return step.kind === "settled" || step.kind === "held";
}
