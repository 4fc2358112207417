import type { CopySession } from "./copy-session.ts";

/** A copy session as a lookup tells of it. */
export interface CopySessionSummary {
  /** Counts per array; 0 is one. */
  readonly id: number;
  /** `REC` for the remote copies this package drives; arrays list others too. */
  readonly type?: string | undefined;
  readonly status: string;
  readonly phase: string;
  readonly transferMode?: string | undefined;
  /** Percent copied, 0 to 100. */
  readonly progress?: number | undefined;
  readonly sourceVolume?: number | undefined;
  readonly destinationVolume?: number | undefined;
  /** The other array: 40 characters, filled with `#`. */
  readonly remoteBoxid?: string | undefined;
  /** Direction: true when the array that is asked holds the source. */
  readonly isLocalSource?: boolean | undefined;
}

export function summaryOf(session: CopySession): CopySessionSummary {
  const { id, type, status, phase, transferMode, progress, pair } = session;
  return { id, type, status, phase, transferMode, progress, ...pair };
}
