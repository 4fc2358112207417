/*
 * The arguments and results of PowerStore lookups. `sdk` takes its types from here. This file imports nothing, because users' projects would compile the imports too,
 * and the types of zod compile slowly, and not with every setting.
 */

/** Selects a session by its id or its name. */
export interface ImportSessionKey {
  /** Its id on the array. @default selected by `name` @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  readonly sessionId?: string | undefined;
  /** Its name on the array. @default selected by `sessionId` @example "erp-move-prod-erp-db" */
  readonly name?: string | undefined;
}

/** Selects the sessions to list. An absent filter matches every session. */
export interface ImportSessionFilter {
  /** PowerStore's own words. @default any state @example ["Copy_In_Progress"] */
  readonly states?: readonly string[] | undefined;
  /** The id of the source on the remote system. @default any source @example "sv_42" */
  readonly sourceResourceId?: string | undefined;
  /** The id of a group session, to list its members. @default sessions that belong to no group @example "0d4e7f19-52b8-4c6e-8a31-6f2b9c0d7e85" */
  readonly parentSessionId?: string | undefined;
}

/** An import session, as a lookup returns it. */
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
  /** The id of the volume or volume group that the array created. @example "b1f0a6d4-3c2e-4f57-8f0a-2d9c7e5a1b60" */
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
 * Selects a volume by its WWN or its name. If PowerStore has several remote systems of one kind, use the WWN, because PowerStore does not guarantee on which of them it
 * discovered a name.
 */
export interface SourceVolumeKey {
  /** The remote system it is on, an id or `name:<name>`. @example "name:old-unity" */
  readonly remoteSystem: string;
  /** Its name there. @default selected by `wwn` @example "erp-db" */
  readonly name?: string | undefined;
  /** Its World Wide Name. @default selected by `name` @example "naa.6006016000000001" */
  readonly wwn?: string | undefined;
}
