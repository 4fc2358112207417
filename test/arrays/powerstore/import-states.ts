/**
 * The life of an import session as one table: what each state is, what ends it by itself, which action is lawful where,
 * what a failure leads to. Words from the PowerStore REST 4.1 Swagger; transitions put together from its texts and from
 * "Importing External Storage to PowerStore" (guide). Where the sources are silent, the choice is marked "chosen".
 */

/** The vendor's 21 states. `holdsSlot`: counts as an active import. `hasProgress`: `progress_percentage` is not null. */
export const importStates = {
  Scheduled: { holdsSlot: false, hasProgress: true, isFinal: false },
  Queued: { holdsSlot: false, hasProgress: true, isFinal: false },
  In_Progress: { holdsSlot: true, hasProgress: true, isFinal: false },
  Mirror_Enabled: { holdsSlot: true, hasProgress: true, isFinal: false },
  Ready_To_Start_Copy: { holdsSlot: true, hasProgress: true, isFinal: false },
  Copy_In_Progress: { holdsSlot: true, hasProgress: true, isFinal: false },
  Paused: { holdsSlot: true, hasProgress: true, isFinal: false },
  // Chosen: a copy that only waits for its cutover does not keep others in the queue.
  Ready_For_Cutover: { holdsSlot: false, hasProgress: true, isFinal: false },
  Cutover_In_Progress: { holdsSlot: false, hasProgress: true, isFinal: false },
  Import_Cutover_Incomplete: { holdsSlot: false, hasProgress: false, isFinal: false },
  Cancel_In_Progress: { holdsSlot: true, hasProgress: true, isFinal: false },
  Cancel_Required: { holdsSlot: false, hasProgress: false, isFinal: false },
  Cancel_Failed: { holdsSlot: false, hasProgress: false, isFinal: false },
  Cleanup_In_Progress: { holdsSlot: true, hasProgress: false, isFinal: false },
  Cleanup_Required: { holdsSlot: false, hasProgress: false, isFinal: false },
  Cleanup_Failed: { holdsSlot: false, hasProgress: false, isFinal: false },
  Invalid: { holdsSlot: false, hasProgress: false, isFinal: false },
  Import_Completed: { holdsSlot: false, hasProgress: false, isFinal: true },
  Import_Completed_With_Errors: { holdsSlot: false, hasProgress: false, isFinal: true },
  Cancelled: { holdsSlot: false, hasProgress: false, isFinal: true },
  Failed: { holdsSlot: false, hasProgress: false, isFinal: true },
} as const;

export type ImportState = keyof typeof importStates;

/** Whether a word is one of the 21. */
export function isImportState(word: string): word is ImportState {
  return Object.hasOwn(importStates, word);
}

export type ImportType = "Non_Disruptive" | "Agentless";

/** What a session is about: rules differ by type, and between a volume of its own, a group, and a member of a group. */
export type SessionShape =
  | "Non_Disruptive volume"
  | "Agentless volume"
  | "Non_Disruptive member"
  | "Agentless member"
  | "group";

/**
 * What ends a state by itself. Of these, `schedule`, `automatic` and `member failed` apply to a group; otherwise it follows its
 * members. A group follows the failure of a member at once: `member failed` is for one that was put there by hand.
 */
export type Cause =
  | "schedule"
  | "member failed"
  | "slot"
  | "setup"
  | "mirror"
  | "ready"
  | "copied"
  | "automatic"
  | "cutover"
  | "rollback";

/** States that end by themselves, and in what. Any not listed here stays until somebody acts. */
export const automaticTransitions: readonly AutomaticTransition[] = [
  { from: "Scheduled", when: "schedule", to: "Queued" },
  { from: "Queued", when: "slot", to: "In_Progress" },
  { from: "In_Progress", when: "setup", to: "Mirror_Enabled" },
  // Agentless: or Cancel_Required, if that is what the member is in.
  { from: "In_Progress", when: "member failed", to: "Cleanup_In_Progress" },
  // Agentless waits here for enable_destination_volume, and one state further for start_copy.
  { from: "Mirror_Enabled", when: "mirror", to: "Ready_To_Start_Copy", type: "Non_Disruptive" },
  { from: "Ready_To_Start_Copy", when: "ready", to: "Copy_In_Progress", type: "Non_Disruptive" },
  { from: "Copy_In_Progress", when: "copied", to: "Ready_For_Cutover" },
  // Only of sessions created with automatic_cutover; an Agentless volume goes to Import_Completed at once, like by the action.
  { from: "Ready_For_Cutover", when: "automatic", to: "Cutover_In_Progress" },
  { from: "Cutover_In_Progress", when: "cutover", to: "Import_Completed" },
  // Or to what the table `rollbacks` says.
  { from: "Cancel_In_Progress", when: "rollback", to: "Cancelled" },
  { from: "Cleanup_In_Progress", when: "rollback", to: "Failed" },
];

export interface AutomaticTransition {
  readonly from: ImportState;
  readonly when: Cause;
  readonly to: ImportState;
  /** @default both types */
  readonly type?: ImportType;
}

/** What a client can do to a session. */
export type ImportAction =
  | "cutover"
  | "cancel"
  | "pause"
  | "resume"
  | "enable_destination_volume"
  | "start_copy"
  | "cleanup"
  | "modify"
  | "delete";

const copyStates = ["Copy_In_Progress", "Paused", "Ready_For_Cutover"] as const;

/**
 * Where each action is lawful and what it leads to (`stay`: the state does not change by it). A shape without a row is
 * refused the action in every state. Chosen: members take only the two agentless gates; everything else goes to their group.
 */
export const lawfulActions: Readonly<Record<ImportAction, Partial<Record<SessionShape, LawfulAction>>>> = {
  modify: {
    "Non_Disruptive volume": { from: ["Scheduled"], to: "stay" },
    "Agentless volume": { from: ["Scheduled"], to: "stay" },
    group: { from: ["Scheduled"], to: "stay" },
  },
  enable_destination_volume: {
    "Agentless volume": { from: ["Mirror_Enabled"], to: "Ready_To_Start_Copy" },
    "Agentless member": { from: ["Mirror_Enabled"], to: "Ready_To_Start_Copy" },
  },
  start_copy: {
    "Agentless volume": { from: ["Ready_To_Start_Copy"], to: "Copy_In_Progress" },
    "Agentless member": { from: ["Ready_To_Start_Copy"], to: "Copy_In_Progress" },
  },
  pause: {
    "Non_Disruptive volume": { from: ["Copy_In_Progress"], to: "Paused" },
    "Agentless volume": { from: ["Copy_In_Progress"], to: "Paused" },
    // Chosen: a group, which never shows Copy_In_Progress itself, can be paused once all its members copy or have copied.
    group: { from: ["In_Progress"], to: "Paused" },
  },
  resume: {
    "Non_Disruptive volume": { from: ["Paused"], to: "Copy_In_Progress" },
    "Agentless volume": { from: ["Paused"], to: "Copy_In_Progress" },
    group: { from: ["Paused"], to: "In_Progress" },
  },
  cutover: {
    "Non_Disruptive volume": { from: ["Ready_For_Cutover"], to: "Cutover_In_Progress" },
    "Agentless volume": { from: ["Ready_For_Cutover"], to: "Import_Completed" },
    group: { from: ["Ready_For_Cutover", "Import_Cutover_Incomplete"], to: "Cutover_In_Progress" },
  },
  // The guide's wider table; for non-disruptive volumes the REST text's list, and Paused from the text on pausing.
  cancel: {
    "Non_Disruptive volume": { from: ["Scheduled", "Queued", ...copyStates], to: "Cancel_In_Progress" },
    "Agentless volume": {
      from: ["Scheduled", "Queued", "Mirror_Enabled", "Ready_To_Start_Copy", ...copyStates, "Cancel_Required"],
      to: "Cancel_In_Progress",
    },
    group: {
      from: [
        "Scheduled",
        "Queued",
        "In_Progress",
        "Paused",
        "Ready_For_Cutover",
        "Import_Cutover_Incomplete",
        "Cancel_Required",
        "Cancel_Failed",
        "Failed",
      ],
      to: "Cancel_In_Progress",
    },
  },
  cleanup: {
    "Non_Disruptive volume": { from: ["Cleanup_Required"], to: "Cleanup_In_Progress" },
    "Agentless volume": { from: ["Cleanup_Required"], to: "Cleanup_In_Progress" },
    group: { from: ["Cleanup_Required"], to: "Cleanup_In_Progress" },
  },
  delete: {
    "Non_Disruptive volume": { from: ["Import_Completed", "Failed", "Cancelled"], to: "stay" },
    "Agentless volume": { from: ["Import_Completed", "Failed", "Cancelled"], to: "stay" },
    group: { from: ["Import_Completed", "Import_Completed_With_Errors", "Failed", "Cancelled"], to: "stay" },
  },
};

export interface LawfulAction {
  readonly from: readonly ImportState[];
  readonly to: ImportState | "stay";
}

/** What takes an import back to before it began. */
export type Rollback =
  | "cancel"
  | "forced cancel"
  | "after a failure"
  | "of a group after a member's failure"
  | "cleanup";

/** Where each rollback shows, and how it ends when source and hosts follow, or when they cannot be reached or refuse. */
export const rollbacks: Readonly<Record<Rollback, RollbackRow>> = {
  cancel: {
    during: "Cancel_In_Progress",
    done: "Cancelled",
    stuck: { Non_Disruptive: "Failed", Agentless: "Cancel_Required", group: "Cancel_Failed" },
  },
  // Whatever source and hosts say, it ends; nothing is rolled back then.
  "forced cancel": {
    during: "Cancel_In_Progress",
    done: "Cancelled",
    stuck: { Non_Disruptive: "Cancelled", Agentless: "Cancelled", group: "Cancelled" },
  },
  "after a failure": {
    during: "Cancel_In_Progress",
    done: "Failed",
    stuck: { Non_Disruptive: "Cleanup_Required", Agentless: "Cleanup_Required", group: "Cleanup_Required" },
  },
  "of a group after a member's failure": {
    during: "Cleanup_In_Progress",
    done: "Failed",
    stuck: { Non_Disruptive: "Cleanup_Required", Agentless: "Cleanup_Required", group: "Cleanup_Required" },
  },
  cleanup: {
    during: "Cleanup_In_Progress",
    done: "Failed, or Cancelled if it was being cancelled",
    stuck: { Non_Disruptive: "Cleanup_Required", Agentless: "Cleanup_Required", group: "Cleanup_Failed" },
  },
};

export interface RollbackRow {
  readonly during: "Cancel_In_Progress" | "Cleanup_In_Progress";
  readonly done: "Cancelled" | "Failed" | "Failed, or Cancelled if it was being cancelled";
  /** By the type of a volume or member, or for a group as a whole. */
  readonly stuck: Readonly<Record<ImportType | "group", ImportState>>;
}

/**
 * What a failure does to the session of a volume, by the state it strikes in; in any other state that is not final the
 * session is Failed at once. A running non-disruptive import is taken back by the array itself; an agentless one that
 * copies waits for the user to cancel it. A member's failure also stops its group: see `import-rollback.ts`.
 */
export const failureEnds: Readonly<
  Record<ImportType, Partial<Record<ImportState, "rolled back" | "Cancel_Required">>>
> = {
  Non_Disruptive: {
    Mirror_Enabled: "rolled back",
    Ready_To_Start_Copy: "rolled back",
    Copy_In_Progress: "rolled back",
    Paused: "rolled back",
    Ready_For_Cutover: "rolled back",
    Cutover_In_Progress: "rolled back",
  },
  Agentless: {
    Copy_In_Progress: "Cancel_Required",
    Paused: "Cancel_Required",
    Ready_For_Cutover: "Cancel_Required",
    Cutover_In_Progress: "Cancel_Required",
  },
};
