import { CustomResource, type CustomResourceOptions, type Input, type Output } from "@pulumi/pulumi";
import { ownInputs, ownOptions } from "../resource-options.ts";
import { unknownInputs } from "../unknown-inputs.ts";
import { namedGates } from "./named-gates.ts";

const type = "pulumi-nodejs:dynamic/powerstore:ImportSession";

/**
 * A Dell PowerStore import session copies a volume or a consistency group from another array. If the program declares it, the session then cuts over to
 * the copy.
 *
 * Create creates or adopts the session and brings it to `targetState`. Update brings it further forward. Destroy cancels it unless it has ended, and removes
 * the record if this program created it. Each waits until the array has settled, within the resource's `customTimeouts` (by default 24 hours for create and
 * update, 1 hour for delete).
 */
export class ImportSession extends CustomResource {
  /** The session's id on the array. @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  declare readonly sessionId: Output<string>;
  /** The state, as PowerStore names it. @example "Copy_In_Progress" */
  declare readonly state: Output<string>;
  /** The address of the session's array. The provider treats the session as gone only if this array no longer has it. @example "https://powerstore.example.com" */
  declare readonly endpoint: Output<string | undefined>;
  /** The kind of import that the array reports: `Non_Disruptive` or `Agentless`. @example "Non_Disruptive" */
  declare readonly sessionType: Output<string | undefined>;
  /** True if the session was created with automatic cutover: the array cuts over as soon as the copy is ready, and no gate applies. Adopting a session does not change this. */
  declare readonly cutsOverByItself: Output<boolean | undefined>;
  /** True if the program adopted an existing session. The provider then never removes its record. */
  declare readonly adopted: Output<boolean>;
  /** Percent copied, 0 to 100; undefined after the cutover and after a failure. @example 37 */
  declare readonly progressPercentage: Output<number | undefined>;
  /** When the array expects the copy to be complete, ISO 8601; undefined before the copy. @example "2026-12-05T03:10:00Z" */
  declare readonly estimatedCompletionTimestamp: Output<string | undefined>;
  /** Bytes per second since the copy began; undefined while nothing is copied. @example 412000000 */
  declare readonly averageTransferRate: Output<number | undefined>;
  /** Bytes per second now; undefined while nothing is copied. @example 398000000 */
  declare readonly currentTransferRate: Output<number | undefined>;
  /** The id of the volume or volume group that the array created as the destination. @example "b1f0a6d4-3c2e-4f57-8f0a-2d9c7e5a1b60" */
  declare readonly destinationResourceId: Output<string | undefined>;
  /** `volume` or `volume_group`. @example "volume" */
  declare readonly destinationResourceType: Output<string | undefined>;
  /** The id of the group session this one belongs to; undefined for an independent session. @example "0d4e7f19-52b8-4c6e-8a31-6f2b9c0d7e85" */
  declare readonly parentSessionId: Output<string | undefined>;
  /** The sessions of a consistency group's members; undefined for a volume. */
  declare readonly members: Output<readonly ImportSessionMember[] | undefined>;
  /** The error, in the array's words; undefined if there is none. */
  declare readonly error: Output<ImportSessionError | undefined>;
  /** When the array last changed the session, ISO 8601. @example "2026-12-04T22:41:09Z" */
  declare readonly lastUpdateTimestamp: Output<string | undefined>;
  /**
   * Why the session rests before its target, and what a person must do; undefined if nothing holds the session.
   * @example "held until 2026-12-05T22:00:00Z, when the cutover window opens"
   */
  declare readonly held: Output<string | undefined>;
  /**
   * The first cutover that may have reached the array, or that two reads have shown. It stays for ever: from then on, the provider makes this import again only if
   * `copyAgain` names the session.
   */
  declare readonly cutOver: Output<ImportSessionCutOver | undefined>;
  /** The audit log: what the provider sent to the array, when and why; the newest 20 entries. */
  declare readonly actions: Output<readonly ImportSessionAction[]>;

  /**
   * @param name the resource's name in the program
   * @param args either `sessionId`, or the creation inputs; the preview reports errors in them by name
   * @param options Pulumi's own: `customTimeouts` sets the deadlines, `retainOnDelete` leaves the session alone on destroy, `protect` prevents a destroy
   */
  constructor(name: string, args: ImportSessionArgs, options?: CustomResourceOptions);
  /** @internal The part of a wave, whose member says what is needed. */
  constructor(name: string, args: AnyImportSessionArgs & { readonly wave: object }, options?: CustomResourceOptions);
  constructor(name: string, args: ImportSessionArgs | AnyImportSessionArgs, options?: CustomResourceOptions) {
    const own = ownInputs(name, type, "importSession", options);
    super(
      type,
      name,
      { ...outputs, ...args, ...unknownInputs(args, known), ...namedGates(args), ...own },
      ownOptions(options),
    );
  }

  /** Reads a session that another program manages. */
  static get(
    name: string,
    sessionId: string,
    args: Pick<AnyImportSessionArgs, "array"> = {},
    options?: CustomResourceOptions,
  ): ImportSession {
    return new ImportSession(name, { ...args, sessionId }, { ...options, id: sessionId });
  }
}

/** The kinds of import: with agents on the hosts, or with people moving the hosts' applications. */
export type ImportType = "Non_Disruptive" | "Agentless";

/** The states in which a session can rest, in the order in which it reaches them. */
export type ImportTargetState = "Mirror_Enabled" | "Ready_To_Start_Copy" | "Ready_For_Cutover" | "Import_Completed";

/** Either `sessionId`, which adopts a session, or the inputs with which one is created: neither, or both, do not compile. */
export type ImportSessionArgs = AdoptionArgs | CreationArgs;

type AdoptionArgs = Required<Pick<AnyImportSessionArgs, "sessionId">> & {
  [Name in CreationInput]?: undefined;
} & Omit<AnyImportSessionArgs, CreationInput | "sessionId">;

type CreationArgs = { sessionId?: undefined } & Required<Pick<AnyImportSessionArgs, RequiredForCreation>> &
  Omit<AnyImportSessionArgs, RequiredForCreation | "sessionId">;

type RequiredForCreation = "remoteSystemId" | "sourceResourceId" | "type";
type CreationInput =
  | RequiredForCreation
  | "sessionName"
  | "description"
  | "hostIds"
  | "hostGroupIds"
  | "memberMappings"
  | "volumeGroupId"
  | "protectionPolicyId"
  | "scheduledTimestamp"
  | "automaticCutover"
  | "globalStorageDiscoveryAddress";

/** All inputs of an import session. Which of them go together: {@link ImportSessionArgs}. */
export interface AnyImportSessionArgs {
  /** The array's name under `powerstore:arrays` in the stack's configuration. @default the array configured under `powerstore:` itself @example "east" */
  array?: Input<string>;
  /** Adopts this existing session instead of creating one; excludes all creation inputs. @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  sessionId?: Input<string>;

  /** Required for creation: the remote system to import from, an id or `name:<name>`. @example "name:old-unity" */
  remoteSystemId?: Input<string>;
  /**
   * Required for creation: the id of the volume, consistency group or storage group on the remote system, as PowerStore discovered it;
   * `getImportableVolume` finds it by name. If the source was imported before (`Imported`), the preview only warns, although its data may be stale.
   * @example "sv_42"
   */
  sourceResourceId?: Input<string>;
  /** Required for creation: `Non_Disruptive` needs PowerStore's agent on each host; `Agentless` needs a short downtime of the application. @example "Agentless" */
  type?: Input<ImportType>;
  /**
   * For creation: unique on the array, at most 128 characters, without spaces and without characters reserved in URLs.
   * @default `<project>-<stack>-<resource>`
   * @example "erp-db-2026-12"
   */
  sessionName?: Input<string>;
  /**
   * For creation: at most 106 characters. The provider adds a mark of the owning stack and resource, up to the array's 128.
   * @default the mark alone
   * @example "ERP database, change 4711"
   */
  description?: Input<string>;
  /**
   * For agentless creation: the hosts to map to the destination, ids or `name:<name>`. The preview does not check them; during the run the array refuses a wrong one.
   * @default none
   * @example ["name:erp-1", "name:erp-2"]
   */
  hostIds?: Input<Input<string>[]>;
  /** For agentless creation: the host groups to map to the destination, like `hostIds`. @default none @example ["name:erp-cluster"] */
  hostGroupIds?: Input<Input<string>[]>;
  /**
   * For the creation of an agentless consistency group whose members have different hosts; excludes `hostIds` and `hostGroupIds`.
   * @default all members have the same hosts
   * @example [{ volumeWwn: "naa.6006016000000001", hostIds: ["name:erp-1"] }]
   */
  memberMappings?: Input<Input<MemberMapping>[]>;
  /** For creation: the PowerStore volume group that the imported volume joins, an id or `name:<name>`. @default none @example "name:erp" */
  volumeGroupId?: Input<string>;
  /**
   * For creation: the policy that the array applies after the import, an id or `name:<name>`. A policy with a replication rule makes the import fail.
   * @default none
   * @example "name:hourly-snapshots"
   */
  protectionPolicyId?: Input<string>;
  /**
   * For creation: when to start, ISO 8601 with a zone, in the future. You can change it while the session is `Scheduled`.
   * @default at once
   * @example "2026-12-04T22:00:00+01:00"
   */
  scheduledTimestamp?: Input<string>;
  /**
   * For creation: the array cuts over automatically as soon as the copy is ready; needs `targetState: "Import_Completed"` and excludes a gate. (In the vendor's
   * reference, PowerStore REST 4.1 Swagger, the text of this field inverts the meaning; the text of the cutover operation is right.)
   * @default false
   */
  automaticCutover?: Input<boolean>;
  /** For creation: the iSCSI discovery address of the source, an IP address or a name. @default the array chooses @example "10.20.30.40" */
  globalStorageDiscoveryAddress?: Input<string>;

  /**
   * The state to which the provider brings the session. An import only moves forward. The first two states are for agentless imports. `Import_Completed` means
   * cutover, which cannot be undone.
   * @default "Ready_For_Cutover"
   */
  targetState?: Input<ImportTargetState>;
  /** `true` pauses the copy and keeps it paused, `false` keeps it running. @default a pause made on the array stays, and holds the session */
  paused?: Input<boolean>;
  /** For agentless imports: what people have done on the hosts. The session is held until they have done it. @default nothing is done @example { sourceStopped: true } */
  hostSteps?: Input<HostSteps>;
  /**
   * The provider sends the cutover only within this window, by the clocks of both the array and the machine that runs the update. Outside it, the session rests at `Ready_For_Cutover`, and the update succeeds, `held`.
   * @default always open
   * @example { notBefore: "2026-12-05T22:00:00Z" }
   */
  cutoverWindow?: Input<CutoverWindow>;
  /**
   * If named, the provider sends the cutover only if its code equals the session's id. Without a code it holds the cutover, also as `undefined`, `null` or `""`. A plain text
   * counts as the code.
   * @default no approval is needed
   * @example {}
   */
  cutoverApproval?: Input<CutoverApproval | string | undefined>;
  /** On destroy, the provider force-cancels the import at once. If the source or the hosts are unreachable, the import ends without a rollback. @default false */
  forceCancel?: Input<boolean>;
  /**
   * On destroy, the provider cancels gracefully. It force-cancels if the cancel has failed on the array, or if for this long the array refused the cancel or did
   * not finish it: a duration in `h`, `m`, `s`, `ms`.
   * @default never
   * @example "1h30m"
   */
  forceCancelAfter?: Input<string>;
  /**
   * The id of the recorded session whose copy may be thrown away. Without it, the provider replaces no session that still exists or was cut over, whatever changes in the
   * program. With it, a session that failed or was cancelled is replaced; any other one only if an input that identifies the import changes, or if you tell Pulumi to
   * replace it. Afterwards it names no recorded session any more, and does nothing.
   * @default no copy is thrown away
   * @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e"
   */
  copyAgain?: Input<string>;
  /** The change that the run belongs to, at most 200 characters: noted with every action. A changed value alone sends nothing. @default none @example "CHG4711" */
  change?: Input<string>;
}

/** The hosts of one member of an agentless consistency group. */
export interface MemberMapping {
  /** The WWN of the member volume on the source. @example "naa.6006016000000001" */
  volumeWwn: Input<string>;
  /** The hosts to map to the member's destination, ids or `name:<name>`. Each member needs at least one host or host group. @example ["name:erp-1"] */
  hostIds?: Input<Input<string>[]>;
  /** The host groups to map to the member's destination, ids or `name:<name>`. @example ["name:erp-cluster"] */
  hostGroupIds?: Input<Input<string>[]>;
}

/** What people have done on the hosts of an agentless import. */
export interface HostSteps {
  /** The application on the source is stopped, so the provider may enable the destination volume. @default false */
  sourceStopped?: Input<boolean>;
  /** The application runs on the destination volume, so the provider may start the copy. @default false */
  destinationStarted?: Input<boolean>;
}

/** Somebody's consent to the cutover. */
export interface CutoverApproval {
  /** The id of the session to cut over, as the output `held` and the preview show it. @default the cutover is held @example "f5c9c1a2-6a0e-4a8b-9c55-0e4b6b1c2d3e" */
  code?: Input<string | undefined>;
}

/** When the provider may send the cutover. Set at least one of the two. An end that is named needs a value. */
export interface CutoverWindow {
  /** When the window opens, ISO 8601 with a zone. @default the window is open from the start @example "2026-12-05T22:00:00Z" */
  notBefore?: Input<string>;
  /** When the window closes, ISO 8601 with a zone, later than `notBefore`. @default the window stays open @example "2026-12-06T04:00:00Z" */
  notAfter?: Input<string>;
}

/** The error that the array reports for a session. */
export interface ImportSessionError {
  /** The array's code, hexadecimal. @example "0xE04040020009" */
  readonly code?: string;
  /** The array's text. @example "The source volume is not reachable." */
  readonly message?: string;
}

/** The first cutover of an import. */
export interface ImportSessionCutOver {
  /** When it was sent or seen, ISO 8601. @example "2026-12-05T22:00:03.120Z" */
  readonly at: string;
  /** The state from which it was sent; undefined if it was only seen. @example "Ready_For_Cutover" */
  readonly from?: string;
  /** `sent` if the provider has sent it, `seen` if the array was seen past it. @example "sent" */
  readonly by: "sent" | "seen";
}

/** One member of a consistency group, as last read. */
export interface ImportSessionMember {
  /** The id of the member's own session. @example "7c2a4e90-18d3-4b5f-9a67-3e1d0f8b6c24" */
  readonly sessionId: string;
  /** Its state, as PowerStore names it. @example "Copy_In_Progress" */
  readonly state: string;
  /** The id of the member volume on the remote system. @example "sv_43" */
  readonly sourceResourceId?: string;
  /** Percent copied, 0 to 100. @example 37 */
  readonly progressPercentage?: number;
  /** Its error, in the array's words; undefined if there is none. */
  readonly error?: ImportSessionError;
}

/** One request with which the provider changed something on the array. */
export interface ImportSessionAction {
  /** The action, as the array names it. @example "cutover" */
  readonly act: string;
  /** When the provider sent it, ISO 8601. @example "2026-12-05T22:00:03.120Z" */
  readonly at: string;
  /** What the array showed, and what the program wanted. @example "Ready_For_Cutover, wanted Import_Completed" */
  readonly reason: string;
  /** The input `change` of the run. @example "CHG4711" */
  readonly change?: string;
}

/** The inputs of an import session. The compiler holds them to the type. */
export const importSessionInputs: Readonly<Record<keyof AnyImportSessionArgs, true>> = {
  array: true,
  sessionId: true,
  remoteSystemId: true,
  sourceResourceId: true,
  type: true,
  sessionName: true,
  description: true,
  hostIds: true,
  hostGroupIds: true,
  memberMappings: true,
  volumeGroupId: true,
  protectionPolicyId: true,
  scheduledTimestamp: true,
  automaticCutover: true,
  globalStorageDiscoveryAddress: true,
  targetState: true,
  paused: true,
  hostSteps: true,
  cutoverWindow: true,
  cutoverApproval: true,
  forceCancel: true,
  forceCancelAfter: true,
  copyAgain: true,
  change: true,
};

/** What a wave adds is for the provider alone. */
const known = { ...importSessionInputs, wave: true } as const;
// Pulumi creates an output only for a property that is named when the resource is registered.
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
  cutOver: undefined,
  actions: undefined,
  sessionId: undefined,
};
