import type { CopySessionSummary } from "./lookup-types.ts";

/** Which two volumes a copy session connects, and in which direction. What the array does not report is absent. */
export type CopyPair = Pick<CopySessionSummary, "remoteBoxid" | "sourceVolume" | "destinationVolume" | "isLocalSource">;

/** A copy session, as an ETERNUS reports it. Status, phase and modes are spelt as in `words.ts`, or unchanged if they are unknown words. What is not reported is absent. */
export interface CopySession extends Omit<CopySessionSummary, keyof CopyPair> {
  readonly splitMode?: string | undefined;
  readonly recoveryMode?: string | undefined;
  readonly pair: CopyPair;
  /** Its id on the other array. */
  readonly remoteId?: number | undefined;
  /** Whether a concurrent suspend of this session is under way. If so, its status is not final. */
  readonly isSuspending: boolean;
  /** The result of the last suspend, in the array's word. Only `Running` is documented. */
  readonly suspendResult?: string | undefined;
  /** The remaining time of the suspend under way, in seconds. The unit is inferred. */
  readonly suspendSecondsLeft?: number | undefined;
  /** When it was last suspended, by the array's clock. It is inferred that `backup_time` means this for a REC session. */
  readonly suspendedAt?: string | undefined;
  /** The session's own error code, two hexadecimal digits. It is not one of the API's codes. */
  readonly errorCode?: string | undefined;
}

/** Whether the id still names the pair it named before. A reversed pair is the same pair; what either side does not report is not compared. */
export function isSamePair(before: CopyPair, now: CopyPair): boolean {
  const isTurned = isReversed(before, now);
  const isStraight = isTurned !== true && hasSameVolumes(before, now);
  const isCrossed = isTurned !== false && hasSameVolumes(before, reversedPair(now));
  return agree(before.remoteBoxid, now.remoteBoxid) && (isStraight || isCrossed);
}

/** Whether the pair now copies the other way than before; undefined where the array does not report directions. */
export function isReversed(before: CopyPair, now: CopyPair): boolean | undefined {
  if (before.isLocalSource === undefined || now.isLocalSource === undefined) return undefined;
  return before.isLocalSource !== now.isLocalSource;
}

/** Whether two arrays report one session, each from its side. What either does not report of the volumes is not compared. */
export function isSameFromOtherSide(here: CopySession, there: CopySession): boolean {
  const isCrossed = here.remoteId === there.id && there.remoteId === here.id;
  const isOpposite =
    here.pair.isLocalSource !== there.pair.isLocalSource && here.pair.remoteBoxid !== there.pair.remoteBoxid;
  return isCrossed && isOpposite && hasSameVolumes(here.pair, there.pair);
}

/** The pair once it is reversed. */
export function reversedPair({ remoteBoxid, sourceVolume, destinationVolume, isLocalSource }: CopyPair): CopyPair {
  return {
    remoteBoxid,
    sourceVolume: destinationVolume,
    destinationVolume: sourceVolume,
    isLocalSource: isLocalSource === undefined ? undefined : !isLocalSource,
  };
}

/** The pair as it was first seen, with what the array has told of it since. Another pair adds nothing. */
export function pinned(before: CopyPair, now: CopyPair): CopyPair {
  if (!isSamePair(before, now)) return before;
  const isCrossed = isReversed(before, now) ?? !hasSameVolumes(before, now);
  const { remoteBoxid, sourceVolume, destinationVolume, isLocalSource } = isCrossed ? reversedPair(now) : now;
  return {
    remoteBoxid: before.remoteBoxid ?? remoteBoxid,
    sourceVolume: before.sourceVolume ?? sourceVolume,
    destinationVolume: before.destinationVolume ?? destinationVolume,
    isLocalSource: before.isLocalSource ?? isLocalSource,
  };
}

/** How messages name a pair: `volume 1 to volume 2 of 00ETERNUS…`. */
export function pairText(pair: CopyPair): string {
  const box = pair.remoteBoxid?.replace(/#+$/, "");
  const other = box === undefined ? "" : ` (other array ${box})`;
  return `volume ${pair.sourceVolume ?? "?"} to volume ${pair.destinationVolume ?? "?"}${other}`;
}

/** Whether two reports are the same, as far as there are two. */
export function agree<Value>(one: Value | undefined, other: Value | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function hasSameVolumes(before: CopyPair, now: CopyPair): boolean {
  return agree(before.sourceVolume, now.sourceVolume) && agree(before.destinationVolume, now.destinationVolume);
}
