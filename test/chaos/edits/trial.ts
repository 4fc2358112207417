import type { ArrayClock } from "../../arrays/clock.ts";
import type { ArrayAnswer, ArrayRequest } from "../../arrays/exchange.ts";
import type { Faults } from "../../arrays/faults.ts";
import type { ResourceState } from "../../engine/embedded/checkpoint.ts";
import type { Config } from "../../engine/plain-config.ts";
import type { Properties } from "../../engine/wire-value.ts";
import type { Timeline } from "../timeline.ts";
import type { Part, Program, Rules } from "./program.ts";

/** A simulated array, what a program about it can say, and what is right about that. */
export interface ProgramTrial {
  readonly time: Timeline;
  readonly arrayClock: ArrayClock;
  readonly array: { readonly faults: Faults; readonly logins: number; close(): Promise<void> };
  readonly config: Config;
  readonly type: string;
  readonly hooks: "importSession" | "recSessionGroup";
  readonly rules: Rules;
  /** The inputs of a resource, as the program says them now. */
  inputs(part: Part): Properties;
  /** What a request would change: undefined if nothing. */
  actIn(request: ArrayRequest): Act | undefined;
  /** The array has handled an act. @returns what is wrong with that it was sent */
  took(act: Act, answer: ArrayAnswer): readonly string[];
  /** The program with the consent that errors ask for. @default errors ask for none */
  consent?(program: Program, told: readonly string[]): Program;
  /** Whether the resource is about that object of the array. */
  isAbout(part: Part, object: string): boolean;
  /** The objects that a record names. */
  recordedObjects(recorded: Pick<ResourceState, "id" | "outputs">): readonly string[];
  /** The stack that has made the object, if objects tell. */
  makerOf(object: string): string | undefined;
  /** What the array says against the record of a resource after a success. */
  contradiction(part: Part, recorded: ResourceState): string | undefined;
  /** Does at the array what the word says, about a thing that the program may be about. What cannot be is left. */
  byHand(word: string, at: number): void;
  /** Whether after that a run may be right to fail for good. */
  isGrave(word: string): boolean;
  /** What is still at work: after everything was given up, somebody must have been told. */
  leftAtWork(): readonly Left[];
  snapshot(): string;
}

export interface Act {
  /** `cancel`, `resume`. */
  readonly verb: string;
  /** The objects it is about, by their keys. */
  readonly objects: readonly string[];
}

/** What is left at work. */
export interface Left {
  readonly text: string;
  /** How a warning names it. */
  readonly named: RegExp;
  /** The object of the array, and what else an act may have named it by. */
  readonly objects: readonly [string, ...string[]];
}
