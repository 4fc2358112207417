/*
 * What a program asks of an ETERNUS, and what it gets. The types of `sdk` come from here, and this file imports nothing: what it
 * imported would be compiled in users' projects, where the types of zod neither compile with every setting nor quickly.
 */

/** A copy session as a lookup returns it. */
export interface CopySessionSummary {
  /** Its id on the array that is asked; 0 is one. @example 12 */
  readonly id: number;
  /** `REC` for the remote copies this package drives; arrays list others too. @example "REC" */
  readonly type?: string | undefined;
  /** The array's own word. @example "Active" */
  readonly status: string;
  /** The array's own word. @example "Equivalent" */
  readonly phase: string;
  /** The array's own word for how data is transferred. @example "Consistency" */
  readonly transferMode?: string | undefined;
  /** Percent copied, 0 to 100. @example 98 */
  readonly progress?: number | undefined;
  /** The number of the source volume, on the array that holds it. @example 1 */
  readonly sourceVolume?: number | undefined;
  /** The number of the destination volume, on the array that holds it. @example 2 */
  readonly destinationVolume?: number | undefined;
  /** The other array: 40 characters, filled with `#`. @example "00ETERNUSDXHS3ET00000A####EI000000######" */
  readonly remoteBoxid?: string | undefined;
  /** Direction: true when the array that is asked holds the source. */
  readonly isLocalSource?: boolean | undefined;
}
