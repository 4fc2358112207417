import { averageBytesPerSecond, copiedBytesAt, copyEndsMs } from "./copy.ts";
import type { ImportSession } from "./import-session.ts";
import { importStates } from "./import-states.ts";
import { type ImportWorld, membersOf } from "./import-world.ts";
import {
  type Attribute,
  flag,
  integer,
  label,
  localized,
  object,
  type Row,
  text,
  time,
  timestamp,
  withDisplayTexts,
  words,
} from "./resource.ts";

/** The attributes of `import_session` (PowerStore REST 4.1 Swagger, `import_session_instance`); hosts are write-only. */
export const sessionAttributes: Readonly<Record<string, Attribute>> = localized({
  id: text,
  name: label,
  type: words(["Non_Disruptive", "Agentless"]),
  description: text,
  global_storage_discovery_address: text,
  remote_system_id: text,
  source_resource_id: text,
  destination_resource_id: text,
  destination_resource_type: words(["volume", "volume_group"]),
  parent_session_id: text,
  state: words(Object.keys(importStates)),
  estimated_completion_timestamp: time,
  progress_percentage: integer,
  average_transfer_rate: integer,
  current_transfer_rate: integer,
  protection_policy_id: text,
  volume_group_id: text,
  automatic_cutover: flag,
  scheduled_timestamp: time,
  error: object,
  last_update_timestamp: time,
});

/** A session with all its attributes, as on the wire. */
export interface ImportSessionInstance {
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly description: string | null;
  readonly global_storage_discovery_address: string | null;
  readonly remote_system_id: string;
  readonly source_resource_id: string;
  readonly destination_resource_id: string | null;
  readonly destination_resource_type: "volume" | "volume_group";
  readonly parent_session_id: string | null;
  readonly state: string;
  readonly estimated_completion_timestamp: string | null;
  readonly progress_percentage: number | null;
  readonly average_transfer_rate: number | null;
  readonly current_transfer_rate: number | null;
  readonly protection_policy_id: string | null;
  readonly volume_group_id: string | null;
  readonly automatic_cutover: boolean;
  readonly scheduled_timestamp: string | null;
  readonly error: {
    readonly code: string;
    readonly message_l10n: string;
    readonly arguments: readonly string[];
  } | null;
  readonly last_update_timestamp: string;
}

/** What the array knows about a session at its present time. */
export function toInstance(world: ImportWorld, session: ImportSession): ImportSessionInstance {
  const { order, error } = session;
  const isMember = session.parentId !== undefined;
  const copies = session.state === "Copy_In_Progress";
  const estimateMs = estimatedEndMs(world, session);
  return {
    id: session.id,
    name: session.name,
    type: order.type,
    description: order.description ?? null,
    global_storage_discovery_address: order.globalStorageDiscoveryAddress ?? null,
    remote_system_id: order.remoteSystemId,
    source_resource_id: session.sourceResourceId,
    destination_resource_id: session.destinationId ?? null,
    destination_resource_type: session.shape === "group" ? "volume_group" : "volume",
    parent_session_id: session.parentId ?? null,
    state: session.state,
    estimated_completion_timestamp: estimateMs === undefined ? null : timestamp(estimateMs),
    progress_percentage: importStates[session.state].hasProgress ? percentage(world, session) : null,
    average_transfer_rate: copies ? averageBytesPerSecond(session.copy, world.atMs) : null,
    current_transfer_rate: copies ? session.copy.bytesPerSecond : null,
    protection_policy_id: isMember ? null : (order.protectionPolicyId ?? null),
    volume_group_id: order.volumeGroupId ?? null,
    automatic_cutover: order.automaticCutover,
    scheduled_timestamp: session.scheduledMs === undefined ? null : timestamp(session.scheduledMs),
    error:
      error === undefined ? null : { code: error.code, message_l10n: error.message, arguments: error.arguments ?? [] },
    last_update_timestamp: timestamp(copies ? world.atMs : session.sinceMs),
  };
}

/** The same as a row of the collection, with display texts, and as it is disguised. */
export function toRow(world: ImportWorld, session: ImportSession): Row {
  return withDisplayTexts({ ...toInstance(world, session), ...session.disguise }, sessionAttributes);
}

/** Whole per cent, rounded down: 100 means all of it. */
function percentage(world: ImportWorld, session: ImportSession): number {
  const copies = (session.shape === "group" ? membersOf(world, session) : [session]).map(({ copy }) => copy);
  const sizeBytes = copies.reduce((sum, copy) => sum + copy.sizeBytes, 0);
  const copiedBytes = copies.reduce((sum, copy) => sum + copiedBytesAt(copy, world.atMs), 0);
  return sizeBytes === 0 ? 0 : Math.floor((copiedBytes / sizeBytes) * 100);
}

/** Known while a volume copies; for a group as soon as none of its members is before its copy: then the latest of them. */
function estimatedEndMs(world: ImportWorld, session: ImportSession): number | undefined {
  if (session.shape !== "group") return session.state === "Copy_In_Progress" ? copyEndsMs(session.copy) : undefined;
  if (session.state !== "In_Progress") return undefined;
  const members = membersOf(world, session).filter(({ state }) => state !== "Ready_For_Cutover");
  const ends = members.map((member) => estimatedEndMs(world, member));
  const known = ends.filter((endMs) => endMs !== undefined);
  return known.length === 0 || known.length < ends.length ? undefined : Math.max(...known);
}
