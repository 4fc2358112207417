import type { ImportState, ImportType } from "../../arrays/powerstore/import-states.ts";

/** A word that is none of the array's 21. */
export const unheardOf = "Teleporting";

/** What a PowerStore shows before, and what is asked for. */
export interface ImportCase {
  readonly type: ImportType;
  /**
   * How the resource comes to its session: it makes it; an interrupted run has made it; somebody else has made it, and it is adopted; or it has it on record, its own or
   * adopted. The last two are also destroyed.
   */
  readonly how: "new" | "found" | "adopted" | "own" | "taken over" | "destroy own" | "destroy taken over";
  /** Of something new: none. */
  readonly state?: ImportState | typeof unheardOf;
  /** What a `Cancel_In_Progress` follows. @default "a cancel" */
  readonly after?: "a cancel" | "a failure";
  /** The states of the members of a consistency group. @default it is the session of a volume */
  readonly members?: readonly ImportState[];
  /** Whether the session was made to be cut over by the array. */
  readonly isAutomatic?: boolean;
  readonly target: "Mirror_Enabled" | "Ready_To_Start_Copy" | "Ready_For_Cutover" | "Import_Completed";
  readonly paused?: boolean | undefined;
  /** What the people at the hosts have done. */
  readonly hosts?: HostSteps;
  readonly gate?: Gate;
  readonly force?: "never" | "at once" | "after a minute";
  /** The start that is declared; of a scheduled session, compared with the one that it has. @default "none" */
  readonly start?: "none" | "the same" | "moved" | "past";
  /** Whether the program now asks for another session than the one on record. @default false */
  readonly isAnother?: boolean;
  /** Whether it consents to throw the copy of the recorded session away. @default false */
  readonly consents?: boolean;
  /** Whether the program has changed since the last run. @default false */
  readonly isEdited?: boolean;
}

export const hostSteps = ["none", "source stopped", "destination started", "both"] as const;
export type HostSteps = (typeof hostSteps)[number];

/** What stands before the cutover. Windows: seen from now, and from when the copy is ready. */
export const gates = [
  "none",
  "approval of nobody",
  "approved",
  "approval of another",
  "opens before it is ready",
  "opens after it is ready",
  "closes before it is ready",
  "closes after it is ready",
  "closed",
  "opens and closes before it is ready",
  "opens before and closes after it is ready",
  "opens after it is ready, and closes then",
  "approved, opens after it is ready",
  "copy of a wave",
  "held by its wave",
  "wave is ready",
  "wave is not ready",
  "wave is not known",
] as const;
export type Gate = (typeof gates)[number];
