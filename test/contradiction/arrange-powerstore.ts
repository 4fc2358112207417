import { createBody, parseBody } from "../arrays/powerstore/bodies.ts";
import { stopCopy } from "../arrays/powerstore/copy.ts";
import { enter, type ImportSession } from "../arrays/powerstore/import-session.ts";
import type { ImportState } from "../arrays/powerstore/import-states.ts";
import { type ImportWorld, membersOf } from "../arrays/powerstore/import-world.ts";
import { codes } from "../arrays/powerstore/refusal.ts";
import type { PowerStoreSimulation } from "../arrays/powerstore/simulation.ts";
import { groupStatesOf } from "./group-states.ts";

/** A consistency group's session and those of its members, in the order in which their states were given. */
export interface ArrangedGroup {
  readonly id: string;
  readonly memberIds: readonly string[];
  readonly state: ImportState;
}

/** States that only the session of a consistency group comes to: a volume that is put there stays there, and takes no action. */
export const onlyOfGroups: readonly ImportState[] = [
  "Import_Completed_With_Errors",
  "Import_Cutover_Incomplete",
  "Cancel_Failed",
  "Cleanup_Failed",
];

/** The state of an import of a volume or member that failed while copying, and that the user has to cancel: agentless only. */
export const onlyOfAgentless: readonly ImportState[] = ["Cancel_Required"];

/**
 * Puts the import of a volume into a state, as if it had come there by itself. From there it goes on: by time, by acts, by failures.
 *
 * @param body what the resource would have sent to create it, its name and its mark included; the start may have passed
 * @param after what a `Cancel_In_Progress` takes the import back after: ends as Cancelled or as Failed. @default "a cancel"
 * @returns the session's id
 */
export function arrangeVolume(
  array: PowerStoreSimulation,
  body: object,
  state: ImportState,
  after: "a cancel" | "a failure" = "a cancel",
): string {
  const { world, session } = created(array, body);
  place(world, session, state);
  if (state === "Cancel_In_Progress" && after === "a failure") {
    session.rollback = { kind: "after a failure", gotStuck: false };
    session.isBeingCancelled = false;
    session.error = sourceLost;
  }
  return session.id;
}

/**
 * Puts the import of a consistency group into a state, member by member, as if it had come there by itself.
 *
 * @param body as of a volume
 * @param members the states of its members, as many as the source has volumes, and in their order
 * @param state the group's own. @default the most ordinary one of {@link groupStatesOf}
 * @throws RangeError if these members and the group are never in these states together
 */
export function arrangeGroup(
  array: PowerStoreSimulation,
  body: object,
  members: readonly ImportState[],
  state: ImportState | undefined = groupStatesOf(members)[0],
): ArrangedGroup {
  if (state === undefined || !groupStatesOf(members).includes(state))
    throw new RangeError(`a group is never ${state ?? "anything"} while its members are ${members.join(", ")}`);
  const { world, session: group } = created(array, body);
  const sessions = membersOf(world, group);
  if (sessions.length !== members.length)
    throw new RangeError(`${group.name} has ${sessions.length} members, not ${members.length}`);
  place(world, group, state);
  for (const [index, member] of sessions.entries()) placeMember(world, member, members[index] ?? "Invalid", group);
  followMembers(world, group, sessions);
  return { id: group.id, memberIds: sessions.map(({ id }) => id), state };
}

/** The array refuses to create what should have begun already: such a session was created before that. */
function created(array: PowerStoreSimulation, given: object): { world: ImportWorld; session: ImportSession } {
  const { scheduled_timestamp, ...body } = parseBody(createBody, given);
  const id = array.operator.create(body);
  const { world } = array.model();
  const session = world.sessions.get(id);
  if (session === undefined) throw new Error(`there is no session ${id}`);
  const scheduledMs = scheduled_timestamp === undefined ? undefined : Date.parse(scheduled_timestamp);
  for (const one of [session, ...membersOf(world, session)]) one.scheduledMs = scheduledMs;
  return { world, session };
}

function place(world: ImportWorld, session: ImportSession, state: ImportState): void {
  const { copied, isMade, hasFailed } = histories[state];
  const { copy } = session;
  stopCopy(copy, world.atMs);
  copy.copiedBytes = Math.floor(copy.sizeBytes * copied);
  const isGroup = session.shape === "group";
  const made = isGroup ? `vg-${session.id}` : `vol-${session.id}`;
  // A group's is made as soon as its first member is set up.
  session.destinationId = isMade || (isGroup && state === "In_Progress") ? made : undefined;
  session.error = hasFailed ? sourceLost : undefined;
  if (state === "Scheduled") session.scheduledMs ??= world.atMs + 300_000;
  session.isBeingCancelled = state === "Cancel_In_Progress" || state === "Cancel_Failed";
  if (state === "Cancel_In_Progress") session.rollback = { kind: "cancel", gotStuck: false };
  if (state === "Cleanup_In_Progress") session.rollback = { kind: "cleanup", gotStuck: false };
  if (state === "Cleanup_Required") session.rollback = { kind: "after a failure", gotStuck: true };
  enter(session, state, world.atMs, world.timings);
  // Else nobody would ever see what an automatic cutover starts from.
  if (state === "Ready_For_Cutover" && session.dueMs !== undefined) session.dueMs += noticeMs;
}

function placeMember(world: ImportWorld, member: ImportSession, state: ImportState, group: ImportSession): void {
  place(world, member, state);
  const isStuck = isUnsettled.includes(group.state) && (state === "Failed" || state === "Cancel_Required");
  if (isStuck) member.rollback = { kind: "cancel", gotStuck: true };
  if (state === "Cleanup_Required" && group.state === "Cleanup_Failed")
    member.rollback = { kind: "cleanup", gotStuck: true };
}

/** What a group knows of how its members came where they are. */
function followMembers(world: ImportWorld, group: ImportSession, members: readonly ImportSession[]): void {
  const cuttingOver = members.filter(({ state }) => state === "Cutover_In_Progress");
  for (const [turn, member] of cuttingOver.entries())
    if (member.dueMs !== undefined) member.dueMs += turn * world.timings.cutoverMs;
  const isCleanup = members.some(({ state }) => state === "Cleanup_In_Progress");
  if (group.state === "Cleanup_In_Progress" && !isCleanup) {
    group.rollback = { kind: "of a group after a member's failure", gotStuck: false };
    const hasFailed = members.some(({ state }) => state === "Failed" || state === "Cleanup_Required");
    const takenBack = members.find(({ state }) => state === "Cancel_In_Progress");
    if (!hasFailed && takenBack !== undefined) takenBack.rollback = { kind: "after a failure", gotStuck: false };
  }
  const failed = members.some(({ state }) => state === "Failed" || state === "Cancel_Required");
  if (group.state === "In_Progress" && failed) group.dueMs = world.atMs + noticeMs;
}

/** How long a state lasts that the simulated array itself leaves at once. */
const noticeMs = 10_000;

/** Groups whose members may not have followed when the import was taken back. */
const isUnsettled: readonly ImportState[] = ["Cancel_In_Progress", "Cancel_Failed", "Cleanup_Required"];

const sourceLost = { code: codes.hostsUnreachable, message: "The source system or its hosts could not be reached." };

interface History {
  /** How much of a volume is copied, from 0 to 1. */
  readonly copied: number;
  /** Whether the destination exists. */
  readonly isMade: boolean;
  /** Whether the session tells an error. */
  readonly hasFailed: boolean;
}

const untouched: History = { copied: 0, isMade: false, hasFailed: false };
const setUp: History = { copied: 0, isMade: true, hasFailed: false };
const halfCopied: History = { copied: 0.5, isMade: true, hasFailed: false };
const copied: History = { copied: 1, isMade: true, hasFailed: false };
const failed: History = { copied: 0.5, isMade: true, hasFailed: true };

const histories: Readonly<Record<ImportState, History>> = {
  Scheduled: untouched,
  Queued: untouched,
  In_Progress: untouched,
  Mirror_Enabled: setUp,
  Ready_To_Start_Copy: setUp,
  Copy_In_Progress: halfCopied,
  Paused: halfCopied,
  Ready_For_Cutover: copied,
  Cutover_In_Progress: copied,
  Import_Completed: copied,
  Import_Completed_With_Errors: copied,
  Import_Cutover_Incomplete: copied,
  Cancel_In_Progress: halfCopied,
  Cancelled: halfCopied,
  Cancel_Failed: failed,
  Cancel_Required: failed,
  Cleanup_In_Progress: failed,
  Cleanup_Required: failed,
  Cleanup_Failed: failed,
  Failed: failed,
  Invalid: failed,
};
