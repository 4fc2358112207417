import type { Properties } from "../../provider/core/inputs.ts";
import type { ArrayAnswer, ArrayRequest } from "../arrays/exchange.ts";
import type { Faults } from "../arrays/faults.ts";
import type { ProviderProcess, Serve } from "./provider-process.ts";
import type { Command, RequestKind } from "./schedule.ts";
import type { Outcome, Resource } from "./stack.ts";
import type { Timeline } from "./timeline.ts";

/** A simulated array with one declared migration, and what is known of right and wrong about it. */
export interface Trial<Declared> {
  readonly time: Timeline;
  readonly array: {
    readonly faults: Faults;
    readonly logins: number;
    refuseConnections(): Promise<void>;
    acceptConnections(): Promise<void>;
    close(): Promise<void>;
  };
  /** What nobody may read anywhere. */
  readonly secrets: readonly string[];
  readonly serve: Serve;
  kindOf(request: ArrayRequest): RequestKind;
  /** What a request puts at stake, and how a preview warns of that. Undefined: nothing. */
  atStake(request: ArrayRequest): { readonly what: string; readonly warning: RegExp } | undefined;
  /** What stands in the program. */
  program(declared: Declared, recorded: Resource | undefined): Properties;
  restart(): Promise<void>;
  endLogins(): void;
  /** Does by hand what the word says, if the array lets it be done. */
  byHand(word: string): void;
  /** Mends what nobody but a person could, before the migration is left in peace. */
  calm(): void;
  /** How long a person who reads that the array has no login left waits for those left behind to end, in seconds. */
  untilLoginS(): number;
  /** The state of everything, for the trace. */
  snapshot(): string;
  /** Begins to judge what one command sends. */
  judge(
    declared: () => Declared,
    recorded: Resource | undefined,
    process: ProviderProcess,
    run: Command<Declared>["run"],
  ): Judge;
  /** What the array says against a success. */
  contradiction(declared: Declared, recorded: Resource, outcome: Outcome): string | undefined;
  /** Whether the array has come to where it is right to fail for good. */
  mayFail(declared: Declared, recorded: Resource | undefined, error: string): boolean;
  /** What is wrong after everything was taken back. */
  leftAfterDestroy(): string | undefined;
  /** Whether it is right that a destroy fails for good. */
  mayStay(recorded: Resource, error: string): boolean;
}

/** Sees each request of one command as the array does. */
export interface Judge {
  /** What is wrong about this request, by what the command has been shown. */
  arrives(request: ArrayRequest): readonly string[];
  /** The array has handled it. `isIntact`: the answer arrives as it is. */
  handled(request: ArrayRequest, answer: ArrayAnswer, isIntact: boolean): void;
  /** What the command has been told to exist, and must be on record however it ends. */
  mustBeRecorded(): string | undefined;
}
