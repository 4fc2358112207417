/*
 * What a program asks of a PowerStore, and what it is told. The types of `sdk` come from here, and this file imports nothing: what it
 * imported would be compiled in users' projects, where the types of zod neither compile with every setting nor quickly.
 */

/** Which session is meant: its id, or else its name. */
export interface ImportSessionKey {
  readonly sessionId?: string | undefined;
  readonly name?: string | undefined;
}

/** Which sessions to list; what is absent does not matter. */
export interface ImportSessionFilter {
  readonly states?: readonly string[] | undefined;
  readonly sourceResourceId?: string | undefined;
  /** The members of this group session. @default sessions that are nobody's members */
  readonly parentSessionId?: string | undefined;
}

/** An import session as a lookup tells of it. */
export interface ImportSessionSummary {
  readonly sessionId: string;
  readonly name?: string | undefined;
  /** `Non_Disruptive` or `Agentless`. */
  readonly type?: string | undefined;
  /** PowerStore's own word for the state. */
  readonly state: string;
  readonly remoteSystemId?: string | undefined;
  readonly sourceResourceId?: string | undefined;
  readonly destinationResourceId?: string | undefined;
  readonly parentSessionId?: string | undefined;
  /** Percent copied, 0 to 100. */
  readonly progressPercentage?: number | undefined;
  /** ISO 8601. */
  readonly estimatedCompletionTimestamp?: string | undefined;
}

/** A volume on a remote system that PowerStore can import. */
export interface ImportableVolume {
  /** What `sourceResourceId` takes. */
  readonly id: string;
  readonly name?: string;
  readonly wwn?: string;
  /** Bytes. */
  readonly sizeBytes?: number;
  /** PowerStore's own word, such as `Ready`. */
  readonly importableCriteria: string;
}

/**
 * Which volume is meant: its WWN, or else its name. PowerStore does not promise which of several arrays of one make a volume was discovered on, so with more
 * than one of them use the WWN.
 */
export interface SourceVolumeKey {
  /** An id, or `name:<name>`. */
  readonly remoteSystem: string;
  readonly name?: string | undefined;
  readonly wwn?: string | undefined;
}
