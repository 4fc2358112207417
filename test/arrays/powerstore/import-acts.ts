import { beginCutover } from "./import-cutover.ts";
import { beginRollback } from "./import-rollback.ts";
import type { ImportSession, SessionError } from "./import-session.ts";
import { type ImportAction, importStates, lawfulActions } from "./import-states.ts";
import { become, groupOf, type ImportWorld, membersOf, settle } from "./import-world.ts";
import { codes, Refusal } from "./refusal.ts";

/** The actions on a session, as the API calls them. */
export type SessionAction = Exclude<ImportAction, "modify" | "delete">;

/** How an action that was taken comes to its effect. */
export interface Course {
  /** From now to its effect; `Infinity`: not before somebody has decided. */
  readonly lagMs: number;
  /** If it has no effect but this error. */
  readonly error: SessionError | undefined;
  /** Is told how it ended. After a lag the state may be another one: then it has no effect, as its answer never promised one. */
  ended(outcome: "done" | "impossible"): void;
}

/**
 * Carries out an action, now or after the lag of its course.
 * @throws Refusal 422 if the session's state or shape does not allow it, or an earlier action has not taken effect yet
 */
export function act(
  world: ImportWorld,
  session: ImportSession,
  action: SessionAction,
  force: boolean,
  course = atOnce(world),
): void {
  submit(world, session, action, course, () => carryOut(world, session, action, force));
}

/** Moves the start of a scheduled import. @throws Refusal 422 if it is not Scheduled any more or the time is past */
export function reschedule(
  world: ImportWorld,
  session: ImportSession,
  scheduledMs: number | undefined,
  course = withoutLag,
): void {
  demandLawful(world, session, "modify");
  if (scheduledMs !== undefined) demandFuture(world, scheduledMs);
  submit(world, session, "modify", course, () => {
    if (scheduledMs === undefined) return;
    for (const one of [session, ...membersOf(world, session)]) {
      one.scheduledMs = scheduledMs;
      become(world, one, "Scheduled");
    }
  });
}

/** Forgets a session and its members. @throws Refusal 422 if it is not over */
export function remove(world: ImportWorld, session: ImportSession, course = withoutLag): void {
  submit(world, session, "delete", course, () => {
    for (const one of [session, ...membersOf(world, session)]) world.sessions.delete(one.id);
  });
}

const withoutLag: Course = { lagMs: 0, error: undefined, ended: () => {} };

function atOnce(world: ImportWorld): Course {
  return { ...withoutLag, lagMs: world.timings.actionLagMs };
}

function submit(
  world: ImportWorld,
  session: ImportSession,
  action: ImportAction,
  course: Course,
  effect: () => void,
): void {
  demandLawful(world, session, action);
  const run = () => {
    if (!isLawful(world, session, action)) return course.ended("impossible");
    if (course.error === undefined) effect();
    else {
      session.error = course.error;
      session.sinceMs = world.atMs;
    }
    course.ended("done");
  };
  if (course.lagMs > 0) {
    session.pending = { atMs: world.atMs + course.lagMs, run };
    return;
  }
  run();
  settle(world, session);
}

/** @throws Refusal 422 for a start in the past */
export function demandFuture(world: ImportWorld, scheduledMs: number): void {
  if (scheduledMs > world.atMs) return;
  throw new Refusal(422, codes.invalidSchedule, "The scheduled time of an import must be in the future.");
}

function demandLawful(world: ImportWorld, session: ImportSession, action: ImportAction): void {
  if (session.pending !== undefined) {
    throw new Refusal(422, codes.actionPending, `Another operation on import session ${session.name} is in progress.`);
  }
  if (isLawful(world, session, action)) return;
  const message = `The operation ${action} is not allowed on import session ${session.name} in state ${session.state}.`;
  throw new Refusal(422, codes.wrongState, message, [action, session.name, session.state]);
}

function isLawful(world: ImportWorld, session: ImportSession, action: ImportAction): boolean {
  const group = groupOf(world, session);
  // The REST text of Cleanup_In_Progress: cancel the other volumes of the group.
  if (action === "cancel" && group?.rollback?.rests === true && group.state === "Cleanup_In_Progress") {
    return !importStates[session.state].isFinal && session.rollback === undefined;
  }
  if (lawfulActions[action][session.shape]?.from.includes(session.state) !== true) return false;
  if (action !== "pause" || session.shape !== "group") return true;
  const members = membersOf(world, session);
  return (
    members.some(({ state }) => state === "Copy_In_Progress") &&
    members.every(({ state }) => state === "Copy_In_Progress" || state === "Ready_For_Cutover")
  );
}

function carryOut(world: ImportWorld, session: ImportSession, action: SessionAction, force: boolean): void {
  // An error that only said that an earlier action had failed is over with the next.
  if (session.error?.code === codes.actionFailed) session.error = undefined;
  switch (action) {
    case "cutover":
      beginCutover(world, session);
      return;
    case "cancel":
      beginRollback(world, session, force ? "forced cancel" : "cancel");
      return;
    case "cleanup":
      beginRollback(world, session, "cleanup");
      return;
    case "pause":
      moveAll(world, session, action, "Copy_In_Progress", "Paused");
      return;
    case "resume":
      moveAll(world, session, action, "Paused", "Copy_In_Progress");
      return;
    case "enable_destination_volume":
    case "start_copy":
      move(world, session, action);
  }
}

function move(world: ImportWorld, session: ImportSession, action: SessionAction): void {
  const lawful = lawfulActions[action][session.shape];
  if (lawful !== undefined && lawful.to !== "stay") become(world, session, lawful.to);
}

function moveAll(
  world: ImportWorld,
  session: ImportSession,
  action: SessionAction,
  from: ImportSession["state"],
  to: ImportSession["state"],
): void {
  move(world, session, action);
  for (const member of membersOf(world, session)) {
    if (member.state === from) become(world, member, to);
  }
}
