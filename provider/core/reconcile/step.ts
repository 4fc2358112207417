/** What a run does next. A plan answers with one of these five kinds, and with nothing else. */
export type Step<Action> =
  /** The object is in the declared state. */
  | {
      readonly kind: "settled";
      readonly reason: string;
      /** The state in which the object then stays, for a preview's row: `Ready_For_Cutover`. @default the row ends with the last action */
      readonly rests?: string | undefined;
    }
  /** The run cannot continue until a person opens a gate. This is a success. */
  | { readonly kind: "held"; readonly reason: string }
  /** The array is working. */
  | {
      readonly kind: "wait";
      readonly reason: string;
      /** What the run waits for, without numbers, if the reason contains numbers. @default the reason */
      readonly stage?: string;
    }
  | { readonly kind: "act"; readonly actions: readonly Action[]; readonly reason: string }
  /** The declared state cannot be reached from the present one. `next` says what a person can do. */
  | {
      readonly kind: "stuck";
      readonly reason: string;
      readonly next: string;
      /** The kind of the error. @default "stuck" */
      readonly as?: "stuck" | "partial" | "identity" | "notFound";
    };

/** A step that depends on something that a preview cannot know: when a wait ends, or an unknown input. */
export interface Fork<Action> {
  readonly kind: "fork";
  /** The condition for `then`: `ready between 22:00 and 04:00`. */
  readonly condition: string;
  readonly step: Step<Action>;
  readonly otherwise: Step<Action>;
}

/** The answer of a plan for a moment that may be in the future. */
export type Foreseen<Action> = Step<Action> | Fork<Action>;

/** The moment for which a plan decides. */
export interface Moment {
  /** By the runner's clock, in milliseconds since the epoch. */
  readonly nowMs: number;
  /** Whether the moment is now. Otherwise it is an unknown time after `nowMs`. A plan may fork only then, or while an input is unknown. */
  readonly isNow: boolean;
}

/** The step of a run. In doubt, the run takes the safe step, because gates fail closed. */
export function certainStep<Action>(foreseen: Foreseen<Action>): Step<Action> {
  return foreseen.kind === "fork" ? foreseen.otherwise : foreseen;
}

/** What a step is about, without numbers that change with each read. */
export function stageOf(step: Step<unknown>): string {
  return step.kind === "wait" ? (step.stage ?? step.reason) : step.reason;
}
