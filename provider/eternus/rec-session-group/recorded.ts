import { z } from "zod";
import { auditEntry } from "../../core/reconcile/audit-log.ts";
import { sessionsText } from "../client.ts";
import { type CopySession, reversedPair } from "../copy-session.ts";
import { absolute, type Direction, directionOf, directions, relativeDirections } from "./direction.ts";

/** Stands for the status of a session that the array does not have any more. */
export const goneStatus = "Gone";

const modes = z.object({
  transferMode: z.string().optional(),
  splitMode: z.string().optional(),
  recoveryMode: z.string().optional(),
});

/** The pair behind the id, as it was when the group first saw it. */
const pair = z.object({
  remoteBoxid: z.string().optional(),
  sourceVolume: z.number().optional(),
  destinationVolume: z.number().optional(),
  isLocalSource: z.boolean().optional(),
});

const recordedSession = z.object({
  id: z.number(),
  status: z.string(),
  phase: z.string(),
  transferMode: z.string().optional(),
  splitMode: z.string().optional(),
  recoveryMode: z.string().optional(),
  progress: z.number().optional(),
  pair,
  /** The pair that the id names now, where that is another: then the rest is what was seen before. */
  otherPair: pair.optional(),
  direction: z.enum([...directions, ...relativeDirections]).optional(),
  /** The direction in which it was last seen to copy. @default `direction`; in a record of 0.1.0 that of `pair`, because nobody knows whether a reversed one was resumed */
  lastCopied: z.enum(directions).optional(),
  /** Its status when it was first seen, or before a run that was killed suspended it: what a destroy goes back to. */
  foundStatus: z.string(),
  /** Its modes before the program first declared any. */
  foundModes: modes.optional(),
  /** Whether the destination holds usable data: it is suspended, and nothing was left to be transferred. */
  destinationUsable: z.boolean(),
  /** A concurrent suspend is under way. */
  suspending: z.literal(true).optional(),
  suspendedBy: z.number().optional(),
  /** A run of this group that was killed suspended it, as the journal shows. */
  takenOver: z.literal(true).optional(),
  /** When it was suspended, in the array's word; where the array does not report it, when it was first seen suspended by that job: ISO, UTC. */
  suspendedAt: z.string().optional(),
  /** It was suspended by force, or the array did not vouch for its data: unusable until a suspend from equivalence. */
  lacksData: z.literal(true).optional(),
});
export type RecordedSession = z.infer<typeof recordedSession>;

const recordedFailure = z.object({ id: z.number(), code: z.string().optional(), message: z.string() });

/** What is recorded of a group: the outputs of the resource, as `sdk` describes them. */
export const recSessionGroupState = z.object({
  sessions: z.array(recordedSession).default([]),
  failures: z.array(recordedFailure).default([]),
  jobIds: z.array(z.number()).default([]),
  /** Whether one job suspended all of them, so that their data belongs to one moment. */
  consistent: z.boolean().default(false),
  destinationUsable: z.boolean().default(false),
  actions: z.array(auditEntry).default([]),
});
export type RecordedGroup = z.infer<typeof recSessionGroupState>;

/** What is decided on: which pair each session is, how it is, and what its destination is good for. */
export function visibleOf({ sessions, consistent, destinationUsable }: RecordedGroup): unknown {
  const shown = sessions.map(({ id, status, direction, pair, destinationUsable: isUsable }) => {
    const { remoteBoxid, sourceVolume, destinationVolume, isLocalSource } = pair;
    const known = [remoteBoxid, sourceVolume, destinationVolume, isLocalSource];
    return [id, status, absolute(direction, pair), isUsable, known];
  });
  return { sessions: shown, consistent, destinationUsable };
}

/** What is recorded, in a few words: `copy sessions 1, 2 in Suspend; copy session 3 in Active`. */
export function recordedText({ sessions }: RecordedGroup): string {
  const byStatus = Map.groupBy(sessions, ({ status }) => status);
  const texts = [...byStatus].map(([status, those]) => `${sessionsText(those.map(({ id }) => id))} in ${status}`);
  return texts.length === 0 ? "nothing" : texts.join("; ");
}

/** A recorded session as the array showed it then, for a preview that cannot read the array. */
export function sessionOf(recorded: RecordedSession): CopySession | undefined {
  const { id, status, phase, transferMode, splitMode, recoveryMode, suspendedAt, progress } = recorded;
  if (status === goneStatus) return undefined;
  const direction = absolute(recorded.direction, recorded.pair) ?? directionOf(recorded.pair);
  const isTurned = direction !== directionOf(recorded.pair);
  const pair = recorded.otherPair ?? (isTurned ? reversedPair(recorded.pair) : recorded.pair);
  const isSuspending = recorded.suspending === true;
  const modes = { transferMode, splitMode, recoveryMode };
  return { id, type: "REC", status, phase, ...modes, pair, isSuspending, suspendedAt, progress };
}

/** Undefined where the array has not reported directions. */
export function lastCopiedOf({ lastCopied, direction, pair }: RecordedSession): Direction | undefined {
  return lastCopied ?? directions.find((one) => one === direction) ?? directionOf(pair);
}

/** Whether it was seen suspended, with nothing left to be done. */
export function isAtRest({ status, suspending }: RecordedSession): boolean {
  return status === "Suspend" && suspending === undefined;
}
