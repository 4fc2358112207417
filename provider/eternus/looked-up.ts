/*
 * What a program asks of an ETERNUS, and what it is told. The types of `sdk` come from here, and this file imports nothing: what it
 * imported would be compiled in users' projects, where the types of zod neither compile with every setting nor quickly.
 */

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
