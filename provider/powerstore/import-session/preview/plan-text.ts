import { twoSentences } from "../../../core/errors.ts";
import type { Step } from "../../../core/reconcile/step.ts";
import { declaredMomentText } from "../../../core/text/moment.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { sessionNameOf } from "../naming.ts";
import type { ForwardAction } from "../plan/actions.ts";
import { hostWork } from "../plan/forward.ts";
import { type CutoverAhead, noWayBack } from "./stakes.ts";

/** Where a session is: as the array shows it, or before it is made. */
export interface Place {
  readonly state: string;
  readonly type: string | undefined;
}

/** What a run that starts now would send, what that does, and where it ends: for the resource's row. */
export function planText(
  step: Step<ForwardAction>,
  inputs: ImportSessionInputs,
  place: Place,
  ahead: CutoverAhead | undefined,
): string {
  switch (step.kind) {
    case "settled":
      return `${step.reason}: nothing to send`;
    case "held":
      return isReady(place.state) && ahead !== undefined ? ahead.text : step.reason;
    case "act":
      return [actsText(step.actions, inputs), ...(step.actions.some(isLast) ? [] : ending(inputs, place, ahead))].join(
        "; ",
      );
    case "wait":
      if (place.state === "Ready_For_Cutover" && ahead !== undefined) return `wait: ${ahead.text}`;
      return [`wait: ${step.reason}`, ...(isEnding(place.state) ? [] : ending(inputs, place, ahead))].join("; ");
    case "stuck":
      return `would fail: ${twoSentences(step.reason, step.next)}`;
  }
}

/** What is sent for a new session, and where the run ends. */
export function creationText(inputs: ImportSessionInputs, ahead: CutoverAhead | undefined, nowMs: number): string {
  const { scheduledTimestamp: startMs, targetState = "Ready_For_Cutover" } = inputs;
  const start = startMs === undefined ? "" : `, ${startText(startMs, nowMs)}`;
  const create = `create session ${sessionNameOf(inputs)}${start}`;
  const held = heldAhead(inputs, { state: "Queued", type: inputs.type });
  if (held !== undefined) return `${create}, bring it to ${held.state}; then ${held.reason}`;
  const rest = targetState === "Import_Completed" ? "Ready_For_Cutover" : targetState;
  return [`${create}, bring it to ${rest}`, ...afterwards(inputs, ahead)].join("; ");
}

/** Only of a session that takes the place of another may the start have passed. */
function startText(startMs: number, nowMs: number): string {
  const moment = declaredMomentText(startMs);
  return startMs > nowMs ? `start at ${moment}` : `start at once (${moment} has passed)`;
}

/** Whether a session waits for nothing but its cutover. */
export function isReady(state: string): boolean {
  return state === "Ready_For_Cutover" || state === "Import_Cutover_Incomplete";
}

/** Whether the array is at something after which no copy goes on. */
export function isEnding(state: string): boolean {
  return ["Cutover_In_Progress", "Cancel_In_Progress", "Cleanup_In_Progress"].includes(state);
}

/** Where an agentless import will wait for people. */
function heldAhead({ targetState, hostSteps }: ImportSessionInputs, { state, type }: Place) {
  if (type !== "Agentless" || targetState === "Mirror_Enabled") return undefined;
  const isEarly = ["Scheduled", "Queued", "In_Progress"].includes(state);
  if (isEarly && hostSteps?.sourceStopped !== true) return { state: "Mirror_Enabled", reason: hostWork.sourceStopped };
  if (targetState === "Ready_To_Start_Copy" || hostSteps?.destinationStarted === true) return undefined;
  if (!isEarly && state !== "Mirror_Enabled") return undefined;
  return { state: "Ready_To_Start_Copy", reason: hostWork.destinationStarted };
}

/** What comes after the copy. */
function afterwards({ paused }: ImportSessionInputs, ahead: CutoverAhead | undefined): string[] {
  if (paused === true) return ["then the copy is paused"];
  return ahead === undefined ? [] : [`then ${ahead.text}`];
}

function ending(inputs: ImportSessionInputs, place: Place, ahead: CutoverAhead | undefined): string[] {
  const { targetState = "Ready_For_Cutover" } = inputs;
  const held = heldAhead(inputs, place);
  if (held !== undefined) return [`then ${held.reason}`];
  const next = afterwards(inputs, ahead);
  return next.length > 0 || targetState === "Import_Completed" ? next : [`then rest at ${targetState}`];
}

function isLast({ name }: ForwardAction): boolean {
  return name === "cutover" || name === "pause";
}

/** Acts for the members of a group are all of one kind. */
function actsText(acts: readonly ForwardAction[], inputs: ImportSessionInputs): string {
  const [first] = acts;
  if (first === undefined) return "";
  return acts.length === 1 ? actText(first, inputs) : `${actText(first, inputs)} of ${acts.length} members`;
}

function actText(act: ForwardAction, inputs: ImportSessionInputs): string {
  switch (act.name) {
    case "create":
      return "create the session";
    case "remove":
      return "remove the record of an earlier attempt";
    case "reschedule":
      return `move the start to ${declaredMomentText(inputs.scheduledTimestamp ?? 0)}`;
    case "enable_destination_volume":
      return "enable the destination volume";
    case "start_copy":
      return "start the copy";
    case "pause":
      return "pause the copy";
    case "resume":
      return "resume the copy";
    case "cutover":
      return `${act.from === "Ready_For_Cutover" ? "cutover" : "cutover of the members that are left"}: ${noWayBack(inputs)}`;
  }
}
