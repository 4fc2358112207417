import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { ownInputs, ownOptions } from "../resource-options.ts";

const type = "pulumi-nodejs:dynamic/powerstore:ImportSession";

/**
 * A Dell PowerStore import session: copies a volume or a consistency group from another array and, when the program says so, cuts over to the copy.
 *
 * Create makes the session, or adopts one, and brings it to `targetState`; update brings it further forward; destroy cancels it, if it is not over, and
 * removes the record it made. Each blocks until the array has settled, within the resource's `customTimeouts` (create and update 24 hours, delete 1 hour
 * where none are given).
 */
export class ImportSession extends CustomResource {
  /** The session's id on the array. @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  declare readonly sessionId: Output<string>;
  /** PowerStore's own word for the state. @example "Copy_In_Progress" */
  declare readonly state: Output<string>;
  /** The address of the array the session is on: one that is not found elsewhere does not count as gone. @example "https://powerstore.example.com" */
  declare readonly endpoint: Output<string | undefined>;
  /** The kind of import as the array has it: `Non_Disruptive` or `Agentless`. @example "Non_Disruptive" */
  declare readonly sessionType: Output<string | undefined>;
  /** Whether the array cuts over by itself, without a gate and without being told; a session is adopted as it was created. */
  declare readonly cutsOverByItself: Output<boolean | undefined>;
  /** Whether the session was there before the program: its record is then never removed. */
  declare readonly adopted: Output<boolean>;
  /** Percent copied, 0 to 100; undefined after the cutover and after a failure. @example 37 */
  declare readonly progressPercentage: Output<number | undefined>;
  /** When the array expects the copy to be complete, ISO 8601; undefined before the copy. @example "2026-12-05T03:10:00Z" */
  declare readonly estimatedCompletionTimestamp: Output<string | undefined>;
  /** Bytes per second since the copy began; undefined while nothing is copied. @example 412000000 */
  declare readonly averageTransferRate: Output<number | undefined>;
  /** Bytes per second now; undefined while nothing is copied. @example 398000000 */
  declare readonly currentTransferRate: Output<number | undefined>;
  /** The id of the volume or volume group the array made as the destination. @example "b1f0a6d4-3c2e-4f57-8f0a-2d9c7e5a1b60" */
  declare readonly destinationResourceId: Output<string | undefined>;
  /** `volume` or `volume_group`. @example "volume" */
  declare readonly destinationResourceType: Output<string | undefined>;
  /** The id of the group session this one belongs to; undefined for a session of its own. @example "0d4e7f19-52b8-4c6e-8a31-6f2b9c0d7e85" */
  declare readonly parentSessionId: Output<string | undefined>;
  /** The sessions of a consistency group's members; undefined for a volume. */
  declare readonly members: Output<readonly ImportSessionMember[] | undefined>;
  /** What went wrong, in the array's words; undefined when nothing did. */
  declare readonly error: Output<ImportSessionError | undefined>;
  /** When the array last changed the session, ISO 8601. @example "2026-12-04T22:41:09Z" */
  declare readonly lastUpdateTimestamp: Output<string | undefined>;
  /**
   * Why the session rests before its target, and what a person has to do; undefined when nothing holds it.
   * @example "held until 2026-12-05T22:00:00Z, when the cutover window opens"
   */
  declare readonly held: Output<string | undefined>;
  /** The audit trail: what was sent to the array, when and why; the newest 20. */
  declare readonly actions: Output<readonly ImportSessionAction[]>;

  /**
   * @param name the resource's name in the program
   * @param args either `sessionId`, or the creation inputs; errors in them are reported by name in preview
   * @param options Pulumi's own: `customTimeouts` are the deadlines, `retainOnDelete` leaves the session alone on destroy, `protect` guards it
   */
  constructor(name: string, args: ImportSessionArgs, options?: CustomResourceOptions) {
    super(type, name, { ...outputs, ...args, ...ownInputs(name, type, "importSession", options) }, ownOptions(options));
  }

  /** Reads a session that another program manages. */
  static get(
    name: string,
    sessionId: string,
    args: Pick<ImportSessionArgs, "array"> = {},
    options?: CustomResourceOptions,
  ): ImportSession {
    return new ImportSession(name, { ...args, sessionId }, { ...options, id: sessionId });
  }
}

/** The kinds of import: with agents on the hosts, or with the hosts' applications moved by hand. */
export type ImportType = "Non_Disruptive" | "Agentless";

/** Where a session can be asked to rest, in the order it comes by. */
export type ImportTargetState = "Mirror_Enabled" | "Ready_To_Start_Copy" | "Ready_For_Cutover" | "Import_Completed";

export interface ImportSessionArgs {
  /** The array's name under `powerstore:arrays` in the stack's configuration. @default the array configured under `powerstore:` itself @example "east" */
  array?: Input<string>;
  /** Adopts this existing session instead of creating one; excludes all creation inputs. @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  sessionId?: Input<string>;

  /** Creation, needed: the remote system to import from, an id or `name:<name>`. @example "name:old-unity" */
  remoteSystemId?: Input<string>;
  /**
   * Creation, needed: the id of the volume, consistency group or storage group on the remote system, as PowerStore discovered it;
   * `getImportableVolume` finds it by name. Of one that was imported before (`Imported`) preview only warns, although its data may be stale.
   * @example "sv_42"
   */
  sourceResourceId?: Input<string>;
  /** Creation, needed: `Non_Disruptive` needs PowerStore's agent on each host; `Agentless` needs a short downtime of the application. @example "Agentless" */
  type?: Input<ImportType>;
  /**
   * Creation: unique on the array, at most 128 characters, without spaces and characters that have a meaning in a URL.
   * @default `<project>-<stack>-<resource>`
   * @example "erp-db-2026-12"
   */
  sessionName?: Input<string>;
  /**
   * Creation: at most 106 characters; a mark of the owning stack and resource is added, up to the array's 128.
   * @default the mark alone
   * @example "ERP database, change 4711"
   */
  description?: Input<string>;
  /**
   * Creation, agentless: the hosts to map to the destination, ids or `name:<name>`. Preview does not look them up: the array refuses a wrong one in the run.
   * @default none
   * @example ["name:erp-1", "name:erp-2"]
   */
  hostIds?: Input<Input<string>[]>;
  /** Creation, agentless: the host groups to map to the destination, like `hostIds`. @default none @example ["name:erp-cluster"] */
  hostGroupIds?: Input<Input<string>[]>;
  /**
   * Creation, agentless consistency group whose members have different hosts; excludes `hostIds` and `hostGroupIds`.
   * @default all members have the same hosts
   * @example [{ volumeWwn: "naa.6006016000000001", hostIds: ["name:erp-1"] }]
   */
  memberMappings?: Input<Input<MemberMapping>[]>;
  /** Creation: the PowerStore volume group the imported volume joins, an id or `name:<name>`. @default none @example "name:erp" */
  volumeGroupId?: Input<string>;
  /**
   * Creation: the policy applied after the import, an id or `name:<name>`. One with a replication rule makes the import fail.
   * @default none
   * @example "name:hourly-snapshots"
   */
  protectionPolicyId?: Input<string>;
  /**
   * Creation: when to start, ISO 8601 with a zone, in the future. Can be moved while the session is `Scheduled`.
   * @default at once
   * @example "2026-12-04T22:00:00+01:00"
   */
  scheduledTimestamp?: Input<string>;
  /**
   * Creation: the array cuts over by itself as soon as the copy is ready; needs `targetState: "Import_Completed"` and excludes a gate. (The field
   * text of the vendor's reference inverts the meaning; its text of the cutover operation is right: PowerStore REST 4.1 Swagger.)
   * @default false
   */
  automaticCutover?: Input<boolean>;
  /** Creation: the iSCSI discovery address of the source, an IP address or a name. @default the array chooses @example "10.20.30.40" */
  globalStorageDiscoveryAddress?: Input<string>;

  /**
   * Where the session is to rest. Only ever moves forward. The first two are for agentless imports. `Import_Completed` means cutover, which cannot be
   * undone.
   * @default "Ready_For_Cutover"
   */
  targetState?: Input<ImportTargetState>;
  /** `true` pauses the copy and keeps it paused, `false` keeps it going. @default a pause made on the array is left alone, and holds the session */
  paused?: Input<boolean>;
  /** Agentless: what the people at the hosts have done. The session is held until they have. @default nothing is done @example { sourceStopped: true } */
  hostSteps?: Input<HostSteps>;
  /**
   * The cutover is sent only within this window; outside it the session rests at `Ready_For_Cutover` and the update succeeds, `held`.
   * @default always open
   * @example { notBefore: "2026-12-05T22:00:00Z" }
   */
  cutoverWindow?: Input<CutoverWindow>;
  /** When given, the cutover is sent only if it equals the session's id; an empty string holds it. @default no approval is waited for @example "" */
  cutoverApproval?: Input<string>;
  /** Destroy cancels with `force` at once: if the source or the hosts cannot be reached, the import ends without rolling back. @default false */
  forceCancel?: Input<boolean>;
  /**
   * Destroy cancels gracefully, and with `force` when the cancel has failed on the array, or was refused or did not end for this long: a duration in `h`, `m`,
   * `s`, `ms`.
   * @default never
   * @example "1h30m"
   */
  forceCancelAfter?: Input<string>;
}

/** The hosts of one member of an agentless consistency group. */
export interface MemberMapping {
  /** The WWN of the member volume on the source. @example "naa.6006016000000001" */
  volumeWwn: Input<string>;
  /** The hosts to map to the member's destination, ids or `name:<name>`. At least one of hosts and host groups is needed. @example ["name:erp-1"] */
  hostIds?: Input<Input<string>[]>;
  /** The host groups to map to the member's destination, ids or `name:<name>`. @example ["name:erp-cluster"] */
  hostGroupIds?: Input<Input<string>[]>;
}

/** What people have done at the hosts of an agentless import. */
export interface HostSteps {
  /** The application on the source is stopped: the destination volume may be enabled. @default false */
  sourceStopped?: Input<boolean>;
  /** The application runs on the destination volume: the copy may start. @default false */
  destinationStarted?: Input<boolean>;
}

/** When the cutover may be sent; at least one of the two is needed. */
export interface CutoverWindow {
  /** The window opens: ISO 8601 with a zone. @default it is open from the start @example "2026-12-05T22:00:00Z" */
  notBefore?: Input<string>;
  /** The window closes: ISO 8601 with a zone, later than `notBefore`. @default it stays open @example "2026-12-06T04:00:00Z" */
  notAfter?: Input<string>;
}

/** The array's own error of a session. */
export interface ImportSessionError {
  /** The array's code, hexadecimal. @example "0xE04040020009" */
  readonly code?: string;
  /** The array's text. @example "The source volume is not reachable." */
  readonly message?: string;
}

/** One member of a consistency group, as last seen. */
export interface ImportSessionMember {
  /** The id of the member's own session. @example "7c2a4e90-18d3-4b5f-9a67-3e1d0f8b6c24" */
  readonly sessionId: string;
  /** PowerStore's own word for its state. @example "Copy_In_Progress" */
  readonly state: string;
  /** The id of the member volume on the remote system. @example "sv_43" */
  readonly sourceResourceId?: string;
  /** Percent copied, 0 to 100. @example 37 */
  readonly progressPercentage?: number;
  /** What went wrong with it, in the array's words. */
  readonly error?: ImportSessionError;
}

/** One request that changed something on the array. */
export interface ImportSessionAction {
  /** The array's own word. @example "cutover" */
  readonly act: string;
  /** When it was sent, ISO 8601. @example "2026-12-05T22:00:03.120Z" */
  readonly at: string;
  /** What was seen, and what was wanted. @example "Ready_For_Cutover, wanted Import_Completed" */
  readonly reason: string;
}

// Pulumi makes an output of a property only if it is named when the resource is registered.
const outputs = {
  state: undefined,
  adopted: undefined,
  endpoint: undefined,
  sessionType: undefined,
  cutsOverByItself: undefined,
  progressPercentage: undefined,
  estimatedCompletionTimestamp: undefined,
  averageTransferRate: undefined,
  currentTransferRate: undefined,
  destinationResourceId: undefined,
  destinationResourceType: undefined,
  parentSessionId: undefined,
  members: undefined,
  error: undefined,
  lastUpdateTimestamp: undefined,
  held: undefined,
  actions: undefined,
  sessionId: undefined,
};
