import type { OneResourceStack } from "./one-resource-stack.ts";

/** An array and a stack in a situation that was recorded once. */
export interface Situation {
  readonly stack: OneResourceStack;
  /** What the array is called in a record, and the session's id there if the array chose it: they differ from run to run. */
  readonly endpoint: string;
  readonly sessionId: string | undefined;
  /** What the resource's row and the warnings have shown since then. */
  said(): readonly string[];
  /** What the array took since then, in short words: `cutover`, `suspend 0,1`. */
  sent(): readonly string[];
  /** Every request since then that was no read, but for logins. */
  written(): readonly string[];
  /** Lets time pass. */
  pass(ms: number): Promise<void>;
  /** What the array shows. */
  shows(): string;
  /** What it shows once nothing is declared any more. */
  readonly asFound: string;
  close(): Promise<void>;
}

/** What to do to get into a situation, and what comes of its record. */
export interface HowTo {
  readonly begin: () => Promise<Situation>;
  /** What today's preview finds to do: nothing, something, or what a person must decide. */
  readonly preview: "same" | "update" | "refused";
  /** What today's preview says. @default nothing */
  readonly said?: readonly string[];
  /** What an `up` sends from there on. @default nothing: all was sent before */
  readonly up?: readonly string[];
  /** How long the array is still at work, so that it refuses a cancel, in milliseconds. @default it is not */
  readonly settlesAfterMs?: number;
  /** What a destroy sends. */
  readonly destroy: readonly string[];
  /** What the array shows after a destroy. @default what was found */
  readonly leaves?: (asFound: string) => string;
  /** What a refresh records of each action, where the form of its record is not today's. @default as it is recorded */
  readonly actions?: readonly object[];
}
