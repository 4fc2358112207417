/*
 * The results of ETERNUS lookups. `sdk` takes its types from here. This file imports nothing, because users' projects would compile the imports too, and the types of zod
 * compile slowly, and not with every setting.
 */

/** A copy session, as a lookup returns it. */
export interface CopySessionSummary {
  /** Its id on the array that answers. 0 is a valid id. @example 12 */
  readonly id: number;
  /** `REC` for the remote copies that this package drives. Arrays list other types too. @example "REC" */
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
  /** Direction: true if the array that answers holds the source. */
  readonly isLocalSource?: boolean | undefined;
}
