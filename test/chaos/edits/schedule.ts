import type { Edit, Program } from "./program.ts";

/** What a person does between edits, and what befalls it. */
export interface Command {
  readonly run: "up" | "preview" | "refresh" | "destroy";
  /** The changes of the program before it. @default none */
  readonly edits?: readonly Edit[];
  /** It runs on another stack, with a copy of the state as it was when that stack was used first. @default false */
  readonly isOnCopy?: boolean;
  /** What it is about, by place among all that is declared or recorded. @default everything */
  readonly target?: readonly number[];
  /** What the engine is told to replace, in the same way. @default nothing */
  readonly replace?: readonly number[];
  readonly strike?: Strike;
  /** What somebody does at the array, in the vendor's words, so long after the command's begin. */
  readonly byHand?: { readonly word: string; readonly at: number; readonly afterS: number };
  /** Time that passes before it. @default 0 */
  readonly waitS?: number;
  /** How many steps run at once. @default 8 */
  readonly parallel?: number;
}

/** An interruption: so long after the command's begin, or at the nth act that reaches the array. */
export interface Strike {
  readonly how: "Ctrl-C" | "kill provider" | "lose machine";
  readonly at: { readonly afterS: number } | { readonly act: number; readonly isHandled: boolean };
}

/** All that happens to a program of several resources before it is left in peace. */
export interface Schedule<World> {
  readonly world: World;
  readonly program: Program;
  readonly commands: readonly Command[];
  /** How everything is given up in the end. */
  readonly ending: "destroy" | "empty program";
  /** Each run is on a machine of its own, where no earlier run's journal is. */
  readonly hasNoJournal: boolean;
}
