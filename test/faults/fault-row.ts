import type { MigrationErrorKind } from "../../provider/core/errors.ts";
import type { Fault } from "../arrays/faults.ts";
import type { Struck } from "./moments.ts";

/** How a run ends: on its way to the declared state, as if nothing had been; or with an error of this kind. */
export type Outcome = "continues" | MigrationErrorKind;

/** One thing that goes wrong, and what must come of it. Whatever it is, no act is carried out twice, and another run continues to the end. */
export interface FaultRow {
  readonly fault: string;
  /** What happens to the request at the moment. @default nothing */
  readonly strike?: (array: Struck) => Fault | Promise<Fault>;
  /** How many requests it happens to; `Infinity`: until somebody fixes it. @default 1 */
  readonly times?: number;
  /** How far the clock of the array is ahead of ours, in milliseconds. @default 0 */
  readonly aheadMs?: number;
  /** What comes of the run when it strikes a read. @default does not apply to reads */
  readonly read?: Outcome;
  /** What comes of it when that is the first read of the run. @default as of any read */
  readonly firstRead?: Outcome;
  /** What comes of the run when it strikes an action. @default does not apply to actions */
  readonly act?: Outcome;
  /** Where a vendor's interface gives it another meaning. */
  readonly eternus?: Partial<Record<"read" | "act", Outcome>>;
  readonly powerstore?: Partial<Record<"read" | "act", Outcome>>;
  /** Where one moment differs, by its name. */
  readonly but?: Readonly<Record<string, Outcome>>;
  /** What a person does about it before the next run. */
  readonly fix?: (array: Struck) => Promise<void>;
  /** How long the run may take longer than without it, in milliseconds. @default it does not matter */
  readonly delaysAtMostMs?: number;
}

/** As if nothing had been, whatever is struck. */
export const continues = { read: "continues", act: "continues" } as const;

/** Until somebody fixes it. */
export const always = Number.POSITIVE_INFINITY;

export const minuteMs = 60_000;

/** This status instead of the array's answer. */
export const status =
  (code: number, rest: Partial<Extract<Fault, { kind: "status" }>> = {}) =>
  (): Fault => ({
    kind: "status",
    status: code,
    ...rest,
  });
