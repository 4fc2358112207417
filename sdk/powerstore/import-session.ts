import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { ownInputs } from "../own-inputs.ts";

const type = "pulumi-nodejs:dynamic/powerstore:ImportSession";

/**
 * A Dell PowerStore import session: copies a volume or a consistency group from another array and, when the program says so, cuts over to the copy.
 *
 * Create makes the session, or adopts one, and brings it to `targetState`; update brings it further forward; destroy cancels it, if it is not over, and
 * removes the record it made. Each blocks until the array has settled, within the resource's `customTimeouts` (create and update 24 hours, delete 1 hour
 * where none are given).
 */
export class ImportSession extends CustomResource {
  /** The session's id on the array. */
  declare readonly sessionId: Output<string>;
  /** PowerStore's own word for the state, such as `Copy_In_Progress`. */
  declare readonly state: Output<string>;
  /** The address of the array the session is on: one that is not found elsewhere does not count as gone. */
  declare readonly endpoint: Output<string | undefined>;
  /** `Non_Disruptive` or `Agentless`, as the array has it. */
  declare readonly sessionType: Output<string | undefined>;
  /** Whether the array cuts over by itself, without a gate and without being told; a session is adopted as it was created. */
  declare readonly cutsOverByItself: Output<boolean | undefined>;
  /** Whether the session was there before the program: its record is then never removed. */
  declare readonly adopted: Output<boolean>;
  /** Percent copied, 0 to 100; undefined after the cutover and after a failure. */
  declare readonly progressPercentage: Output<number | undefined>;
  /** When the array expects the copy to be complete, ISO 8601; undefined before the copy. */
  declare readonly estimatedCompletionTimestamp: Output<string | undefined>;
  /** Bytes per second since the copy began; undefined while nothing is copied. */
  declare readonly averageTransferRate: Output<number | undefined>;
  /** Bytes per second now; undefined while nothing is copied. */
  declare readonly currentTransferRate: Output<number | undefined>;
  /** The volume or volume group the array made as the destination. */
  declare readonly destinationResourceId: Output<string | undefined>;
  /** `volume` or `volume_group`. */
  declare readonly destinationResourceType: Output<string | undefined>;
  /** The group session this one belongs to. */
  declare readonly parentSessionId: Output<string | undefined>;
  /** The sessions of a consistency group's members. */
  declare readonly members: Output<readonly ImportSessionMember[] | undefined>;
  /** What went wrong, in the array's words. */
  declare readonly error: Output<ImportSessionError | undefined>;
  /** When the array last changed the session, ISO 8601. */
  declare readonly lastUpdateTimestamp: Output<string | undefined>;
  /** Why the session rests before its target, and what a person has to do; undefined when nothing holds it. */
  declare readonly held: Output<string | undefined>;
  /** The audit trail: what was sent to the array, when and why; the newest 20. */
  declare readonly actions: Output<readonly ImportSessionAction[]>;

  /**
   * @param name the resource's name in the program
   * @param args either `sessionId`, or the creation inputs; errors in them are reported by name in preview
   * @param options Pulumi's own: `customTimeouts` are the deadlines, `retainOnDelete` leaves the session alone on destroy, `protect` guards it
   */
  constructor(name: string, args: ImportSessionArgs, options?: CustomResourceOptions) {
    super(type, name, { ...outputs, ...args, ...ownInputs(name, type, "importSession", options) }, options);
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
  /** The array's name under `powerstore:arrays` in the stack's configuration. @default the array configured under `powerstore:` itself */
  array?: Input<string>;
  /** Adopts this existing session instead of creating one; excludes all creation inputs. */
  sessionId?: Input<string>;

  /** Creation: the remote system to import from, an id or `name:<name>`. */
  remoteSystemId?: Input<string>;
  /** Creation: the id of the volume, consistency group or storage group on the remote system, as PowerStore discovered it. */
  sourceResourceId?: Input<string>;
  /** Creation: needed. `Non_Disruptive` needs PowerStore's agent on each host; `Agentless` needs a short downtime. */
  type?: Input<ImportType>;
  /** Creation: unique on the array, at most 128 characters, without spaces. @default `<project>-<stack>-<resource>` */
  sessionName?: Input<string>;
  /** Creation: at most 106 characters; a mark of the owning stack and resource is added. */
  description?: Input<string>;
  /** Creation, agentless: the hosts to map to the destination, ids or `name:<name>`. */
  hostIds?: Input<Input<string>[]>;
  /** Creation, agentless: the host groups to map to the destination, ids or `name:<name>`. */
  hostGroupIds?: Input<Input<string>[]>;
  /** Creation, agentless consistency group whose members have different hosts; excludes `hostIds` and `hostGroupIds`. */
  memberMappings?: Input<Input<MemberMapping>[]>;
  /** Creation: the PowerStore volume group the imported volume joins, an id or `name:<name>`. */
  volumeGroupId?: Input<string>;
  /** Creation: the policy applied after the import, an id or `name:<name>`. One with a replication rule makes the import fail. */
  protectionPolicyId?: Input<string>;
  /** Creation: when to start, ISO 8601 with a zone, in the future. Can be moved while the session is `Scheduled`. @default at once */
  scheduledTimestamp?: Input<string>;
  /**
   * Creation: the array cuts over by itself as soon as the copy is ready; needs `targetState: "Import_Completed"` and excludes a gate. (The field text
   * of the vendor's reference inverts the meaning; its text of the cutover operation is right: PowerStore REST 4.1 Swagger.) @default false
   */
  automaticCutover?: Input<boolean>;
  /** Creation: the iSCSI discovery address of the source, an IP address or a name. */
  globalStorageDiscoveryAddress?: Input<string>;

  /** Where the session is to rest. Only ever moves forward. `Import_Completed` means cutover, which cannot be undone. @default "Ready_For_Cutover" */
  targetState?: Input<ImportTargetState>;
  /** `true` pauses the copy and keeps it paused, `false` keeps it going. @default a pause made on the array is left alone, and holds the session */
  paused?: Input<boolean>;
  /** Agentless: what the people at the hosts have done. The session is held until they have. */
  hostSteps?: Input<HostSteps>;
  /** The cutover is sent only within this window; outside it the session rests at `Ready_For_Cutover` and the update succeeds, `held`. */
  cutoverWindow?: Input<CutoverWindow>;
  /** When given, the cutover is sent only if it equals the session's id; an empty string holds it. */
  cutoverApproval?: Input<string>;
  /** Destroy cancels with `force` at once: if the source or the hosts cannot be reached, the import ends without rolling back. @default false */
  forceCancel?: Input<boolean>;
  /** Destroy cancels gracefully, and with `force` when that fails or takes longer than this, such as `30m`. @default never */
  forceCancelAfter?: Input<string>;
}

/** The hosts of one member of an agentless consistency group. */
export interface MemberMapping {
  /** The WWN of the member volume on the source. */
  volumeWwn: Input<string>;
  hostIds?: Input<Input<string>[]>;
  hostGroupIds?: Input<Input<string>[]>;
}

export interface HostSteps {
  /** The application on the source is stopped: the destination volume may be enabled. @default false */
  sourceStopped?: Input<boolean>;
  /** The application runs on the destination volume: the copy may start. @default false */
  destinationStarted?: Input<boolean>;
}

export interface CutoverWindow {
  /** ISO 8601 with a zone. */
  notBefore?: Input<string>;
  /** ISO 8601 with a zone, later than `notBefore`. */
  notAfter?: Input<string>;
}

export interface ImportSessionError {
  /** The array's code, hexadecimal. */
  readonly code?: string;
  readonly message?: string;
}

export interface ImportSessionMember {
  readonly sessionId: string;
  readonly state: string;
  readonly sourceResourceId?: string;
  readonly progressPercentage?: number;
  readonly error?: ImportSessionError;
}

export interface ImportSessionAction {
  /** The array's own word, such as `cutover`. */
  readonly act: string;
  /** ISO 8601. */
  readonly at: string;
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
