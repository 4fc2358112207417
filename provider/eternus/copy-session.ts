/** Which two volumes a copy session connects, and in which direction. What the array does not report is absent. */
export interface CopyPair {
  /** The other array: 40 characters, filled with `#`. */
  readonly remoteBoxid?: string | undefined;
  readonly sourceVolume?: number | undefined;
  readonly destinationVolume?: number | undefined;
  /** Direction: true when the array that is asked holds the source. */
  readonly isLocalSource?: boolean | undefined;
}

/** A copy session as an ETERNUS shows it. Status, phase and modes are spelt as in `words.ts`, or as they came when they are not words we know. */
export interface CopySession {
  /** Counts per array; 0 is one. */
  readonly id: number;
  /** `REC` for remote equivalent copy, the only type this product drives. */
  readonly type: string | undefined;
  readonly status: string;
  readonly phase: string;
  readonly transferMode: string | undefined;
  readonly splitMode: string | undefined;
  readonly recoveryMode: string | undefined;
  readonly pair: CopyPair;
  /** A concurrent suspend of this session is under way: whatever its status says, it is not settled. */
  readonly isSuspending: boolean;
  /** How the last suspend ended, in the array's word; only `Running` is documented. */
  readonly suspendResult: string | undefined;
  /** How long the suspend that is under way will take, in seconds. That the unit is seconds is inferred. */
  readonly suspendSecondsLeft: number | undefined;
  /** When it was last suspended, by the array's clock. That `backup_time` tells this of a REC session is inferred. */
  readonly suspendedAt: string | undefined;
  /** Per cent of the copy. */
  readonly progress: number | undefined;
  /** The session's own error code, two hexadecimal digits; not one of the API's codes. */
  readonly errorCode: string | undefined;
}

/** Whether the id still names the pair it named before. A reversed pair is the same pair; what either side does not report is not compared. */
export function isSamePair(before: CopyPair, now: CopyPair): boolean {
  if (!agree(before.remoteBoxid, now.remoteBoxid)) return false;
  const isTurned = isReversed(before, now);
  if (isTurned === undefined) return isSameEitherWay(before, now);
  const [source, destination] = isTurned
    ? [now.destinationVolume, now.sourceVolume]
    : [now.sourceVolume, now.destinationVolume];
  return agree(before.sourceVolume, source) && agree(before.destinationVolume, destination);
}

/** Whether the pair now copies the other way than before; undefined where the array does not report directions. */
export function isReversed(before: CopyPair, now: CopyPair): boolean | undefined {
  if (before.isLocalSource === undefined || now.isLocalSource === undefined) return undefined;
  return before.isLocalSource !== now.isLocalSource;
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

/** How messages name a pair: `volume 1 to volume 2 of 00ETERNUS…`. */
export function pairText(pair: CopyPair): string {
  const box = pair.remoteBoxid?.replace(/#+$/, "");
  const other = box === undefined ? "" : ` (other array ${box})`;
  return `volume ${pair.sourceVolume ?? "?"} to volume ${pair.destinationVolume ?? "?"}${other}`;
}

function agree<Value>(one: Value | undefined, other: Value | undefined): boolean {
  return one === undefined || other === undefined || one === other;
}

function isSameEitherWay(before: CopyPair, now: CopyPair): boolean {
  const straight =
    agree(before.sourceVolume, now.sourceVolume) && agree(before.destinationVolume, now.destinationVolume);
  const turned = agree(before.sourceVolume, now.destinationVolume) && agree(before.destinationVolume, now.sourceVolume);
  return straight || turned;
}
