/*
 * What a program asks of a PowerStore, and what it is told. The types of `sdk` come from here, and this file imports nothing: what it
 * imported would be compiled in users' projects, where the types of zod neither compile with every setting nor quickly.
 */

/** Which session is meant: its id, or else its name. */
export interface ImportSessionKey {
  /** Its id on the array. @default it is looked for by `name` @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  readonly sessionId?: string | undefined;
  /** Its name on the array. @default it is looked for by `sessionId` @example "erp-move-prod-erp-db" */
  readonly name?: string | undefined;
}

/** Which sessions to list; what is absent does not matter. */
export interface ImportSessionFilter {
  /** PowerStore's own words. @default any state @example ["Copy_In_Progress"] */
  readonly states?: readonly string[] | undefined;
  /** The id of the source on the remote system. @default any source @example "sv_42" */
  readonly sourceResourceId?: string | undefined;
  /** The members of this group session. @default sessions that are nobody's members @example "0d4e7f19-52b8-4c6e-8a31-6f2b9c0d7e85" */
  readonly parentSessionId?: string | undefined;
}

/** An import session as a lookup tells of it. */
export interface ImportSessionSummary {
  /** Its id on the array. @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  readonly sessionId: string;
  /** Its name on the array. @example "erp-move-prod-erp-db" */
  readonly name?: string | undefined;
  /** `Non_Disruptive` or `Agentless`. @example "Agentless" */
  readonly type?: string | undefined;
  /** PowerStore's own word for the state. @example "Copy_In_Progress" */
  readonly state: string;
  /** The id of the remote system it imports from. @example "rs-1" */
  readonly remoteSystemId?: string | undefined;
  /** The id of the source on the remote system. @example "sv_42" */
  readonly sourceResourceId?: string | undefined;
  /** The id of the volume or volume group the array made. @example "b1f0a6d4-3c2e-4f57-8f0a-2d9c7e5a1b60" */
  readonly destinationResourceId?: string | undefined;
  /** The id of the group session it belongs to. @example "0d4e7f19-52b8-4c6e-8a31-6f2b9c0d7e85" */
  readonly parentSessionId?: string | undefined;
  /** Percent copied, 0 to 100. @example 37 */
  readonly progressPercentage?: number | undefined;
  /** When the array expects the copy to be complete, ISO 8601. @example "2026-12-05T03:10:00Z" */
  readonly estimatedCompletionTimestamp?: string | undefined;
}

/** A volume on a remote system that PowerStore can import. */
export interface ImportableVolume {
  /** What `sourceResourceId` takes. @example "sv_42" */
  readonly id: string;
  /** Its name on the remote system. @example "erp-db" */
  readonly name?: string;
  /** Its World Wide Name. @example "naa.6006016000000001" */
  readonly wwn?: string;
  /** Bytes. @example 2000000000000 */
  readonly sizeBytes?: number;
  /** PowerStore's own word for whether it can be imported. @example "Ready" */
  readonly importableCriteria: string;
}

/**
 * Which volume is meant: its WWN, or else its name. PowerStore does not promise which of several arrays of one make a volume was discovered on, so with more
 * than one of them use the WWN.
 */
export interface SourceVolumeKey {
  /** The remote system it is on, an id or `name:<name>`. @example "name:old-unity" */
  readonly remoteSystem: string;
  /** Its name there. @default it is looked for by `wwn` @example "erp-db" */
  readonly name?: string | undefined;
  /** Its World Wide Name. @default it is looked for by `name` @example "naa.6006016000000001" */
  readonly wwn?: string | undefined;
}
