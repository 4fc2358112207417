import type { Switch, TransferMode } from "../../arrays/eternus/session-table.ts";
import type { ArrangedCopySession } from "../arrange-eternus.ts";

/** A word that is none of the array's. */
export const unheardOf = "Teleporting";

/** What an ETERNUS shows before, and what is asked for. */
export interface GroupCase {
  /** How the resource comes to its sessions: it is new, it has them on record, it has all but the last, or it is destroyed. */
  readonly how: "new" | "recorded" | "one is added" | "destroy";
  /** The sessions of the group. */
  readonly sessions: readonly GroupMember[];
  /** A suspend of all of them that goes on, sent by this user: as far as its job is. @default none */
  readonly suspend?: UnderWay;
  /** Which of them the program still lists, and whether it says to resume the others. @default all */
  readonly declares?: "all" | "the first" | "the first, resuming the others";
  readonly target: "Suspend" | "Suspend by force" | "Active" | "Active, copying";
  readonly direction?: "LocalToRemote" | "RemoteToLocal" | undefined;
  readonly modes?: DeclaredModes;
}

/** A session as it is, and as it was when the group first saw it. */
export interface GroupMember extends Omit<ArrangedCopySession, "id"> {
  /** @default "Active" */
  readonly found?: "Active" | "Suspend";
}

export type UnderWay = "none" | "Queued" | "Running" | "Success" | "Running by force";

/** Modes that the program declares. */
export interface DeclaredModes {
  readonly transferMode?: Exclude<TransferMode, "Through">;
  readonly splitMode?: Switch;
  readonly recoveryMode?: Switch;
}

/** The ids of the sessions of a case, in their order. */
export const sessionIds = [7, 12, 30] as const;
