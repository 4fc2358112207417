import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { ownInputs, ownOptions } from "../resource-options.ts";
import { unknownInputs } from "../unknown-inputs.ts";

const type = "pulumi-nodejs:dynamic/eternus:RecSessionGroup";

/**
 * A group suspends (or resumes) Fujitsu ETERNUS REC copy sessions together.
 *
 * Create and update bring every member to `targetState`. A session that leaves `copySessionIds` is let go: nothing is sent for it. Destroy resumes
 * what this group's own jobs have suspended, in the direction in which it last copied; it never reverses, and leaves alone what another resource has taken. Each waits until the array has settled, within the resource's `customTimeouts` (by default 24 hours for create and update, 1 hour for delete).
 */
export class RecSessionGroup extends CustomResource {
  /** The members, as last read. */
  declare readonly sessions: Output<readonly RecSession[]>;
  /** Members that failed, with the array's code and words. */
  declare readonly failures: Output<readonly RecSessionFailure[]>;
  /** The array's jobs of the last run that started any. @example [8192001] */
  declare readonly jobIds: Output<readonly number[]>;
  /** True if one job of this group suspended all members, and no run has read since that any was resumed or suspended by hand. Only then do their destinations show the same moment. */
  declare readonly consistent: Output<boolean>;
  /** True if the destination of every member holds usable data. */
  declare readonly destinationUsable: Output<boolean>;
  /** The audit log: what the provider sent to the array, when and why; the newest 20 entries. */
  declare readonly actions: Output<readonly RecSessionGroupAction[]>;

  /**
   * @param name the resource's name in the program
   * @param args the members and their target; the preview reports errors in them by name
   * @param options Pulumi's own: `customTimeouts` sets the deadlines, `retainOnDelete` leaves the sessions alone on destroy, `protect` prevents a destroy
   */
  constructor(name: string, args: RecSessionGroupArgs, options?: CustomResourceOptions) {
    const own = ownInputs(name, type, "recSessionGroup", options);
    super(type, name, { ...outputs, ...args, ...unknownInputs(args, inputs), ...own }, ownOptions(options));
  }
}

export interface RecSessionGroupArgs {
  /** The array's name under `eternus:arrays` in the stack's configuration. @default the array configured under `eternus:` itself @example "north" */
  array?: Input<string>;
  /** The members, by their ids on this array (the other array has different ids for them). 0 is a valid id. @example [12, 13, 14] */
  copySessionIds: Input<Input<number>[]>;
  /** `Suspend` makes the destinations independent volumes. `Active` copies to them again and discards what was written there. @example "Suspend" */
  targetState: Input<"Suspend" | "Active">;
  /** Suspends even if source and destination are not equivalent. The destination is then unusable. @default false */
  force?: Input<boolean>;
  /** A resume has settled when the pairs are equivalent again; with `false`, when copying has restarted. @default true */
  waitForEquivalent?: Input<boolean>;
  /**
   * The direction in which every member is to copy, seen from the array that the provider connects to, which reports it as `is_local_source_volume`. A suspended
   * session that copies the other way is reversed, and no member is resumed before all are. Where the array does not report it, it cannot be declared. Tenant users
   * cannot set it. @default left as it is
   */
  direction?: Input<"LocalToRemote" | "RemoteToLocal">;
  /** Changes the transfer mode of suspended sessions: `Stack` and `Consistency` are asynchronous. @default left as it is */
  transferMode?: Input<"Synchronous" | "Stack" | "Consistency">;
  /**
   * What a session does if all copy paths are lost: with `Automatic` the source continues to accept writes, with `Manual` it refuses writes until somebody acts.
   * Synchronous mode only.
   * @default left as it is
   */
  splitMode?: Input<"Automatic" | "Manual">;
  /** Whether the array continues to copy automatically when the copy paths return. @default left as it is */
  recoveryMode?: Input<"Automatic" | "Manual">;
  /**
   * Sessions that leave `copySessionIds` with this update and are to be resumed, which discards what was written on their destinations. The group resumes nothing that it
   * found suspended, or that was reversed since it last copied. A member must not be named here. You can remove the ids from here afterwards.
   * @default what leaves the list is let go, as it is
   * @example [13]
   */
  resume?: Input<Input<number>[]>;
  /** The change that the run belongs to, noted with every action: at most 200 characters. Changing it sends nothing. @default nothing is noted @example "CHG4711" */
  change?: Input<string>;
}

/** What the provider sent to the array after one read. */
export interface RecSessionGroupAction {
  /** The action and its sessions: a suspend names all ids in one call, any other action has one call for each id. @example "suspend 12, 13" */
  readonly act: string;
  /** When the provider sent it, ISO 8601, by the clock of the machine that ran Pulumi. @example "2026-12-05T22:00:03.120Z" */
  readonly at: string;
  /** What the array showed before. @example "1 Equivalent, 2 Copying" */
  readonly reason: string;
  /** The change that the program named then. @example "CHG4711" */
  readonly change?: string;
}

/** One member, as last read. */
export interface RecSession {
  /** The session's id on the array that the provider connects to. @example 12 */
  readonly id: number;
  /** Its status, as the array names it; `Gone` if the array no longer has the session. @example "Suspend" */
  readonly status: string;
  /** Its phase, as the array names it. @example "Equivalent" */
  readonly phase: string;
  /** How it transfers data, as the array names it. @example "Consistency" */
  readonly transferMode?: string;
  /** Its split mode, as the array names it; only if the program declares modes. @example "Manual" */
  readonly splitMode?: string;
  /** Its recovery mode, as the array names it; only if the program declares modes. @example "Automatic" */
  readonly recoveryMode?: string;
  /** Percent copied, 0 to 100. @example 98 */
  readonly progress?: number;
  /** The pair of volumes behind the id, as the group found it. If the id ever names another pair, the provider does not touch the session. */
  readonly pair: {
    /** The other array: 40 characters, filled with `#`. @example "00ETERNUSDXHS3ET00000A####EI000000######" */
    readonly remoteBoxid?: string;
    /** The number of the source volume on its own array. @example 1 */
    readonly sourceVolume?: number;
    /** The number of the destination volume on its own array. @example 2 */
    readonly destinationVolume?: number;
    /** True if the array that the provider connects to holds the source. */
    readonly isLocalSource?: boolean;
  };
  /** The direction in which it copies once it is resumed, seen from the array that the provider connects to. */
  readonly direction?: "LocalToRemote" | "RemoteToLocal";
  /** The direction in which it last copied, if it was reversed since. Destroy does not resume it then. */
  readonly lastCopied?: "LocalToRemote" | "RemoteToLocal";
  /** The status in which the group found the session, or the one before a killed run of the group suspended it. Destroy resumes no session that was found suspended. @example "Active" */
  readonly foundStatus: string;
  /** True if the destination holds usable data: the session is suspended, and no data was left to transfer. */
  readonly destinationUsable: boolean;
  /** The job of this group that suspended it. Destroy resumes no session that somebody else suspended. @example 8192001 */
  readonly suspendedBy?: number;
  /** True if a run of this group that was killed suspended it, as the journal shows. */
  readonly takenOver?: boolean;
  /** The pair that the id names now, if it is another. The provider does not touch that session, and the other keys keep what was read before. */
  readonly otherPair?: RecSession["pair"];
  /** When that job suspended it: the time that the array reports, or else when a run first read it as suspended; ISO 8601. @example "2026-12-04T21:58:40Z" */
  readonly suspendedAt?: string;
}

/** A member that failed. */
export interface RecSessionFailure {
  /** The id of the session that failed. @example 13 */
  readonly id: number;
  /** The array's code, four digits. @example "5309" */
  readonly code?: string;
  /** What failed, in the array's words and the provider's. @example "a disk failed while it was suspended" */
  readonly message: string;
}

/** The compiler holds them to the type. */
const inputs: Readonly<Record<keyof RecSessionGroupArgs, true>> = {
  array: true,
  copySessionIds: true,
  targetState: true,
  force: true,
  waitForEquivalent: true,
  direction: true,
  transferMode: true,
  splitMode: true,
  recoveryMode: true,
  resume: true,
  change: true,
};

// Pulumi creates an output only for a property that is named when the resource is registered.
const outputs = {
  sessions: undefined,
  failures: undefined,
  jobIds: undefined,
  actions: undefined,
  consistent: undefined,
  destinationUsable: undefined,
};
