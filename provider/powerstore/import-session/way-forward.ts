import type { ImportSessionState } from "./states.ts";

type Move = "wait" | "settled" | "enable" | "start" | "copy" | "resume" | "cutover" | "stuck";
type Row = readonly [Move, Move, Move, Move];

/**
 * The way forward: for every state (rows) and every target (columns, in the order of `targetStates`) the next move. A session beyond its target is
 * settled. `enable` and `start` are passed by a non-disruptive import by itself; an agentless one is held until the work on the hosts is done.
 */
export const forwardMoves: Readonly<Record<ImportSessionState, Row>> = {
  //                             Mirror_Enabled, Ready_To_Start_Copy, Ready_For_Cutover, Import_Completed
  Scheduled: ["wait", "wait", "wait", "wait"],
  Queued: ["wait", "wait", "wait", "wait"],
  In_Progress: ["wait", "wait", "wait", "wait"],
  Mirror_Enabled: ["settled", "enable", "enable", "enable"],
  Ready_To_Start_Copy: ["settled", "settled", "start", "start"],
  Copy_In_Progress: ["settled", "settled", "copy", "copy"],
  Paused: ["settled", "settled", "resume", "resume"],
  Ready_For_Cutover: ["settled", "settled", "settled", "cutover"],
  Cutover_In_Progress: ["wait", "wait", "wait", "wait"],
  Import_Completed: ["settled", "settled", "settled", "settled"],
  Import_Completed_With_Errors: ["stuck", "stuck", "stuck", "stuck"],
  Import_Cutover_Incomplete: ["stuck", "stuck", "stuck", "cutover"],
  Cancel_In_Progress: ["wait", "wait", "wait", "wait"],
  Cancel_Required: ["stuck", "stuck", "stuck", "stuck"],
  Cancel_Failed: ["stuck", "stuck", "stuck", "stuck"],
  Cancelled: ["stuck", "stuck", "stuck", "stuck"],
  Cleanup_In_Progress: ["wait", "wait", "wait", "wait"],
  Cleanup_Required: ["stuck", "stuck", "stuck", "stuck"],
  Cleanup_Failed: ["stuck", "stuck", "stuck", "stuck"],
  Failed: ["stuck", "stuck", "stuck", "stuck"],
  Invalid: ["stuck", "stuck", "stuck", "stuck"],
};
