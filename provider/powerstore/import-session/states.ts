/** Where a program can ask a session to rest, in the order in which a session passes them. */
export const targetStates = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;
export type TargetState = (typeof targetStates)[number];

export const importTypes = ["Non_Disruptive", "Agentless"] as const;
export type ImportType = (typeof importTypes)[number];

/** Stands where PowerStore's word will stand after the first read. No state of a session. */
export const notObservedYet = "Not_Observed_Yet";

/**
 * The next move towards a target. `enable` and `start`: a non-disruptive import passes here without help, an agentless one is held until the work on the hosts is
 * done. `copy` and `resume` depend on whether a pause is declared.
 */
type ForwardMove = "wait" | "settled" | "enable" | "start" | "copy" | "resume" | "cutover" | "stuck";

/** The next move of a destroy. `leftovers`: a failed group may have members that are not over. */
type CancelMove = "wait" | "cancel" | "cancelling" | "cleanup" | "leftovers" | "over" | "stuck";

/** What a cancel depends on: a consistency group is one kind, whatever its type. */
export type SessionKind = ImportType | "group";

interface StateRow {
  readonly stage: "copy" | "ready" | "cutover" | "ending";
  /** By target, in the order of `targetStates`. A session beyond its target is settled. */
  readonly forward: readonly [ForwardMove, ForwardMove, ForwardMove, ForwardMove];
  /** By kind: non-disruptive, agentless, group. */
  readonly cancel: readonly [CancelMove, CancelMove, CancelMove];
  /** What normally follows when nobody does anything. Undefined where nothing does, or nobody can tell. */
  readonly next: string | undefined;
  /** What is waited for. Undefined where nobody waits. */
  readonly working: string | undefined;
  /** PowerStore's word as one reads it. */
  readonly words: string;
  /** What a person can do where nothing goes forward. `<id>` stands for the session. */
  readonly remedy: string;
}

const askTheArray =
  "Check the session on the array and the array's alerts; Dell's support can bring it out of this state.";
const copyItAgain =
  'To throw its copy away and copy again from the beginning, set copyAgain: "<id>" and run `pulumi up`. To give the import up, destroy the resource.';
const cancelIt = "Point the hosts back at the source, then destroy the resource to cancel the session.";
const cancelAgain = "Destroy the resource to cancel it again; forceCancel ends it without a rollback.";
const cleanUp = "Destroy the resource to have the source volume cleaned up.";
const cutOverTheRest =
  "Set targetState to Import_Completed to cut over the members that are left, or destroy the resource to cancel them.";
const importTheRest =
  "The members named failed and were cancelled; the others are imported. Import the failed ones on their own.";

/**
 * All that is known of a state, in one row: of every state an import session can be in (PowerStore REST 4.1 Swagger, `ImportSessionStateEnum`). The way forward is the order of the import guide. The cancel is wider than the list in the REST text, after the guide's tables
 * of manual operations: a state in which it is not allowed is waited through, and what is complete is never cancelled.
 */
// biome-ignore format: a table
const states = {
  //                                                       Mirror_Enabled, Ready_To_Start_Copy, Ready_For_Cutover, Import_Completed     non-disruptive, agentless, group
  Scheduled:                    { stage: "copy",    forward: ["wait", "wait", "wait", "wait"],                cancel: ["cancel", "cancel", "cancel"],             next: "Queued",              working: "scheduled",                                     words: "scheduled",             remedy: askTheArray },
  Queued:                       { stage: "copy",    forward: ["wait", "wait", "wait", "wait"],                cancel: ["cancel", "cancel", "cancel"],             next: "In_Progress",         working: "queued: the array runs as many imports as it can", words: "queued",              remedy: askTheArray },
  In_Progress:                  { stage: "copy",    forward: ["wait", "wait", "wait", "wait"],                cancel: ["wait", "wait", "cancel"],                 next: "Mirror_Enabled",      working: "setting up",                                    words: "setting up",            remedy: askTheArray },
  Mirror_Enabled:               { stage: "copy",    forward: ["settled", "enable", "enable", "enable"],       cancel: ["wait", "cancel", "cancel"],               next: "Ready_To_Start_Copy", working: "setting up the mirror",                         words: "mirror enabled",        remedy: askTheArray },
  Ready_To_Start_Copy:          { stage: "copy",    forward: ["settled", "settled", "start", "start"],        cancel: ["wait", "cancel", "cancel"],               next: "Copy_In_Progress",    working: "starting the copy",                             words: "ready to start copy",   remedy: askTheArray },
  Copy_In_Progress:             { stage: "copy",    forward: ["settled", "settled", "copy", "copy"],          cancel: ["cancel", "cancel", "cancel"],             next: "Ready_For_Cutover",   working: "copying",                                       words: "copying",               remedy: askTheArray },
  Paused:                       { stage: "copy",    forward: ["settled", "settled", "resume", "resume"],      cancel: ["cancel", "cancel", "cancel"],             next: undefined,             working: undefined,                                       words: "paused",                remedy: askTheArray },
  Ready_For_Cutover:            { stage: "ready",   forward: ["settled", "settled", "settled", "cutover"],    cancel: ["cancel", "cancel", "cancel"],             next: "Cutover_In_Progress", working: "waiting for the automatic cutover",             words: "ready for cutover",     remedy: askTheArray },
  Cutover_In_Progress:          { stage: "cutover", forward: ["wait", "wait", "wait", "wait"],                cancel: ["wait", "wait", "wait"],                   next: "Import_Completed",    working: "cutting over",                                  words: "cutting over",          remedy: askTheArray },
  Import_Completed:             { stage: "cutover", forward: ["settled", "settled", "settled", "settled"],    cancel: ["over", "over", "over"],                   next: undefined,             working: undefined,                                       words: "imported",              remedy: askTheArray },
  Import_Completed_With_Errors: { stage: "cutover", forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["over", "over", "over"],                   next: undefined,             working: undefined,                                       words: "imported with errors",  remedy: importTheRest },
  Import_Cutover_Incomplete:    { stage: "cutover", forward: ["stuck", "stuck", "stuck", "cutover"],          cancel: ["cancel", "cancel", "cancel"],             next: undefined,             working: undefined,                                       words: "partly cut over",       remedy: cutOverTheRest },
  Cancel_In_Progress:           { stage: "ending",  forward: ["wait", "wait", "wait", "wait"],                cancel: ["cancelling", "cancelling", "cancelling"], next: "Cancelled",           working: "being cancelled",                               words: "being cancelled",       remedy: askTheArray },
  Cancel_Required:              { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["cancel", "cancel", "cancel"],             next: undefined,             working: undefined,                                       words: "waiting for a cancel",  remedy: cancelIt },
  Cancel_Failed:                { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["cancel", "cancel", "cancel"],             next: undefined,             working: undefined,                                       words: "cancel failed",         remedy: cancelAgain },
  Cancelled:                    { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["over", "over", "over"],                   next: undefined,             working: undefined,                                       words: "cancelled",             remedy: copyItAgain },
  Cleanup_In_Progress:          { stage: "ending",  forward: ["wait", "wait", "wait", "wait"],                cancel: ["wait", "wait", "wait"],                   next: "Failed",              working: "being rolled back",                             words: "being rolled back",     remedy: askTheArray },
  Cleanup_Required:             { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["cleanup", "cleanup", "cleanup"],          next: undefined,             working: undefined,                                       words: "waiting for a cleanup", remedy: cleanUp },
  Cleanup_Failed:               { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["stuck", "stuck", "stuck"],                next: undefined,             working: undefined,                                       words: "cleanup failed",        remedy: askTheArray },
  Failed:                       { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["over", "over", "leftovers"],              next: undefined,             working: undefined,                                       words: "failed",                remedy: copyItAgain },
  Invalid:                      { stage: "ending",  forward: ["stuck", "stuck", "stuck", "stuck"],            cancel: ["stuck", "stuck", "stuck"],                next: undefined,             working: undefined,                                       words: "invalid",               remedy: askTheArray },
} as const satisfies Readonly<Record<string, StateRow>>;
export type ImportSessionState = keyof typeof states;
export const importSessionStates: readonly ImportSessionState[] = Object.keys(states).filter(isKnownState);

const targetColumns = { Mirror_Enabled: 0, Ready_To_Start_Copy: 1, Ready_For_Cutover: 2, Import_Completed: 3 } as const;
const kindColumns = { Non_Disruptive: 0, Agentless: 1, group: 2 } as const;

export function isKnownState(word: string): word is ImportSessionState {
  return Object.hasOwn(states, word);
}

export function forwardMove(state: ImportSessionState, target: TargetState): ForwardMove {
  return states[state].forward[targetColumns[target]];
}

export function cancelMove(state: ImportSessionState, kind: SessionKind): CancelMove {
  return states[state].cancel[kindColumns[kind]];
}

/** What the array shows next when nobody does anything. Undefined where nobody can tell. A session that was not read yet is taken to be at its beginning. */
export function stateAfter(word: string): ImportSessionState | undefined {
  if (word === notObservedYet) return "Queued";
  return isKnownState(word) ? states[word].next : undefined;
}

/** PowerStore's word, as one reads it: `ready for cutover`. */
export function stateWords(word: string): string {
  return rowOf(word)?.words ?? word.toLowerCase().replaceAll("_", " ");
}

/** What a wait in this state is for, and what a person can do where it is stuck. */
export function stateTexts(state: ImportSessionState): Pick<StateRow, "working" | "remedy"> {
  return states[state];
}

/** Whether the session is over, so that PowerStore lets its record be removed. */
export function isOver(word: string): boolean {
  return rowOf(word)?.cancel[kindColumns.Non_Disruptive] === "over";
}

/** Whether the copy is done: ready for the cutover, or past it. */
export function isPastCopy(word: string | undefined): boolean {
  const stage = rowOf(word)?.stage;
  return stage === "ready" || stage === "cutover";
}

/** Whether the session ends, or has ended, without a cutover. */
export function isEnding(word: string): boolean {
  return rowOf(word)?.stage === "ending";
}

/** Whether a cutover was sent or has ended, whoever sent it. */
export function isPastCutover(word: string | undefined): boolean {
  return rowOf(word)?.stage === "cutover";
}

/** Whether a cutover may still come: none is under way, and the import is not being rolled back. */
export function isBeforeCutover(word: string): boolean {
  const stage = rowOf(word)?.stage;
  return stage === "copy" || stage === "ready";
}

/** Whether a cutover did not wholly succeed. The copy is done all the same. */
export function isPartlyCutOver(state: ImportSessionState): boolean {
  return states[state].stage === "cutover" && forwardMove(state, "Ready_For_Cutover") === "stuck";
}

/** Whether nothing but a person, or a destroy, brings the session out of this state. */
export function isDeadEnd(state: ImportSessionState): boolean {
  return forwardMove(state, "Ready_For_Cutover") === "stuck";
}

/** The states from which a session is cut over; from the second, the members of a group that are left. */
export const cutoverStates: readonly ImportSessionState[] = importSessionStates.filter(
  (state) => forwardMove(state, "Import_Completed") === "cutover",
);

function rowOf(word = ""): StateRow | undefined {
  return isKnownState(word) ? states[word] : undefined;
}
