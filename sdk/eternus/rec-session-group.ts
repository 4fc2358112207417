import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { ownInputs, ownOptions } from "../resource-options.ts";

const type = "pulumi-nodejs:dynamic/eternus:RecSessionGroup";

/**
 * A group of Fujitsu ETERNUS REC copy sessions, suspended (or resumed) together.
 *
 * Create and update bring every member to `targetState`; destroy gives each one back the way it was found, which resumes those that were active. Each
 * blocks until the array has settled, within the resource's `customTimeouts` (create and update 24 hours, delete 1 hour where none are given).
 */
export class RecSessionGroup extends CustomResource {
  /** The members, as last seen. */
  declare readonly sessions: Output<readonly RecSession[]>;
  /** Members that failed, with the array's code and words. */
  declare readonly failures: Output<readonly RecSessionFailure[]>;
  /** The array's jobs of the last run that started any. @example [8192001] */
  declare readonly jobIds: Output<readonly number[]>;
  /** Whether one job suspended all members: only then do their destinations show the same moment. */
  declare readonly consistent: Output<boolean>;
  /** Whether the destination of every member can be used. */
  declare readonly destinationUsable: Output<boolean>;
  /** The audit trail: what was sent to the array, when and why; the newest 20. */
  declare readonly actions: Output<readonly RecSessionGroupAction[]>;

  /**
   * @param name the resource's name in the program
   * @param args errors in them are reported by name in preview
   * @param options Pulumi's own: `customTimeouts` are the deadlines, `retainOnDelete` leaves the sessions alone on destroy, `protect` guards them
   */
  constructor(name: string, args: RecSessionGroupArgs, options?: CustomResourceOptions) {
    super(
      type,
      name,
      { ...outputs, ...args, ...ownInputs(name, type, "recSessionGroup", options) },
      ownOptions(options),
    );
  }
}

export interface RecSessionGroupArgs {
  /** The array's name under `eternus:arrays` in the stack's configuration. @default the array configured under `eternus:` itself @example "north" */
  array?: Input<string>;
  /** The members, by their ids on this array (the other array has other ids for them). 0 is an id like any other. @example [12, 13, 14] */
  copySessionIds: Input<Input<number>[]>;
  /** `Suspend` makes the destinations volumes of their own; `Active` copies to them again and discards what was written there. @default "Suspend" */
  targetState?: Input<"Suspend" | "Active">;
  /** Suspends although source and destination are not equivalent: the destination is then unusable. @default false */
  force?: Input<boolean>;
  /** A resume has settled when the pairs are equivalent again, not when copying restarted. @default true */
  waitForEquivalent?: Input<boolean>;
  /**
   * `Reversed` swaps source and destination of suspended sessions, for a failover rehearsal; `Forward` is the direction they had when this group first
   * saw them. Not for tenant users. @default left as it is
   */
  direction?: Input<"Forward" | "Reversed">;
  /** Changes the transfer mode of suspended sessions: `Stack` and `Consistency` are asynchronous. @default left as it is */
  transferMode?: Input<"Synchronous" | "Stack" | "Consistency">;
  /**
   * What a synchronous session does when all copy paths are lost: `Automatic` lets the source go on, `Manual` refuses writes until somebody acts.
   * Synchronous mode only.
   * @default left as it is
   */
  splitMode?: Input<"Automatic" | "Manual">;
  /** Whether copying goes on by itself when the copy paths return. @default left as it is */
  recoveryMode?: Input<"Automatic" | "Manual">;
}

/** What was sent to the array after one look. */
export interface RecSessionGroupAction {
  /** Of a suspend all ids in one call, else one call for each. @example "suspend 12, 13" */
  readonly act: string;
  /** When it was sent, ISO 8601, by this machine's clock. @example "2026-12-05T22:00:03.120Z" */
  readonly at: string;
  /** What the array showed before. @example "1 Equivalent, 2 Copying" */
  readonly reason: string;
}

/** One member as last seen. */
export interface RecSession {
  /** The session's id on the array that is asked. @example 12 */
  readonly id: number;
  /** The array's own word; `Gone` when the array has no such session any more. @example "Suspend" */
  readonly status: string;
  /** The array's own word. @example "Equivalent" */
  readonly phase: string;
  /** The array's own word for how data is transferred. @example "Consistency" */
  readonly transferMode?: string;
  /** The array's own word; only where the program declares modes. @example "Manual" */
  readonly splitMode?: string;
  /** The array's own word; only where the program declares modes. @example "Automatic" */
  readonly recoveryMode?: string;
  /** Percent copied, 0 to 100. @example 98 */
  readonly progress?: number;
  /** The pair of volumes behind the id, as it was first seen: if the id ever names another pair, it is not touched. */
  readonly pair: {
    /** The other array: 40 characters, filled with `#`. @example "00ETERNUSDXHS3ET00000A####EI000000######" */
    readonly remoteBoxid?: string;
    /** The number of the source volume, on the array that holds it. @example 1 */
    readonly sourceVolume?: number;
    /** The number of the destination volume, on the array that holds it. @example 2 */
    readonly destinationVolume?: number;
    /** True when the array that is asked holds the source. */
    readonly isLocalSource?: boolean;
  };
  /** The direction it copies in, compared with how it was first seen. */
  readonly direction?: "Forward" | "Reversed";
  /** Its status when it was first seen, or before a run that was lost suspended it: what destroy goes back to. @example "Active" */
  readonly foundStatus: string;
  /** Whether the destination holds usable data: it is suspended, and nothing was left to be transferred. */
  readonly destinationUsable: boolean;
  /** The job that suspended it. @example 8192001 */
  readonly suspendedBy?: number;
  /** The pair that the id names now, where that is another: the session is not touched, and the rest is what was seen before. */
  readonly otherPair?: RecSession["pair"];
  /** When it was suspended by that job: the array's word where it tells, else when it was first seen so; ISO 8601. @example "2026-12-04T21:58:40Z" */
  readonly suspendedAt?: string;
}

/** A member that failed. */
export interface RecSessionFailure {
  /** The id of the session that failed. @example 13 */
  readonly id: number;
  /** The array's code, four digits. @example "5309" */
  readonly code?: string;
  /** What failed, in the array's words and ours. @example "a disk failed while it was suspended" */
  readonly message: string;
}

// Pulumi makes an output of a property only if it is named when the resource is registered.
const outputs = {
  sessions: undefined,
  failures: undefined,
  jobIds: undefined,
  actions: undefined,
  consistent: undefined,
  destinationUsable: undefined,
};
