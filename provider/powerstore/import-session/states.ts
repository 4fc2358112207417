/** Every state an import session can be in (PowerStore REST 4.1 Swagger, `ImportSessionStateEnum`). */
export const importSessionStates = [
  "Scheduled",
  "Queued",
  "In_Progress",
  "Mirror_Enabled",
  "Ready_To_Start_Copy",
  "Copy_In_Progress",
  "Paused",
  "Ready_For_Cutover",
  "Cutover_In_Progress",
  "Import_Completed",
  "Import_Completed_With_Errors",
  "Import_Cutover_Incomplete",
  "Cancel_In_Progress",
  "Cancel_Required",
  "Cancel_Failed",
  "Cancelled",
  "Cleanup_In_Progress",
  "Cleanup_Required",
  "Cleanup_Failed",
  "Failed",
  "Invalid",
] as const;

export type ImportSessionState = (typeof importSessionStates)[number];

/** Where a program can ask a session to rest, in the order a session comes by. */
export const targetStates = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;

export type TargetState = (typeof targetStates)[number];

export const importTypes = ["Non_Disruptive", "Agentless"] as const;

export type ImportType = (typeof importTypes)[number];

export function isKnownState(word: string): word is ImportSessionState {
  return importSessionStates.some((state) => state === word);
}

/** Whether the session is over, so that PowerStore lets its record be removed. */
export function isOver(word: string): boolean {
  return ["Import_Completed", "Import_Completed_With_Errors", "Cancelled", "Failed"].includes(word);
}

/** Whether the copy is done: ready for the cutover, or past it. */
export function isPastCopy(state: string | undefined): boolean {
  return pastCopy.some((one) => one === state);
}

const pastCopy: readonly ImportSessionState[] = [
  "Ready_For_Cutover",
  "Cutover_In_Progress",
  "Import_Cutover_Incomplete",
  "Import_Completed_With_Errors",
  "Import_Completed",
];
