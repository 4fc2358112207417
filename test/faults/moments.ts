import type { MigrationError, MigrationErrorKind } from "../../provider/core/errors.ts";
import type { ArrayServer } from "../arrays/array-server.ts";
import type { Faults, ScriptedFault } from "../arrays/faults.ts";
import type { VirtualClock } from "../core/virtual-clock.ts";

/** An array, as far as faults of any kind need it. */
export interface Struck
  extends Pick<ArrayServer, "refuseConnections" | "acceptConnections" | "replaceCertificate" | "requests"> {
  readonly faults: Faults;
  readonly clock: VirtualClock;
  /** All clients are logged out. */
  endLogins(): void;
  /** The management forgets what a restart makes it forget: logins, jobs. */
  forget(): void;
}

/** One array with a migration on it. */
export interface Migration {
  readonly array: Struck;
  /** The command that the moment is in; again after a failure, as a person would. @returns why it failed */
  run(): Promise<MigrationError | undefined>;
  readonly recordedId: string | undefined;
  /** What the array did, in its order, in short words. */
  carriedOut(): readonly string[];
  /** Whether the array shows what is declared. */
  isAsDeclared(): boolean;
  close(): Promise<void>;
}

/** A moment of a migration at which something may go wrong with one request. */
export interface Moment {
  /** `the cutover of a PowerStore import session`. */
  readonly name: string;
  readonly vendor: "powerstore" | "eternus";
  /** Nothing was seen yet in the run when its first read comes. */
  readonly kind: "first read" | "read" | "act";
  /** What the refusals of this act are called, by their own kinds, where they are called otherwise. */
  readonly refusals?: Readonly<Record<string, MigrationErrorKind>>;
  /** The request to strike. */
  readonly when: ScriptedFault["when"];
  /** What the array has done once all is well: each act once. */
  readonly carriedOut: readonly string[];
  /** Whether something is recorded already when this moment comes. */
  readonly isRecorded: boolean;
  /** How long the command takes at most when nothing goes wrong, in milliseconds. */
  readonly lastsMs: number;
  /** Brings the migration to the command that has the moment. @param aheadMs how far the array's clock is ahead */
  begin(aheadMs: number): Promise<Migration>;
}
