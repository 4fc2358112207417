import { z } from "zod";

/**
 * The parts of PowerStore's REST answers that the provider reads (PowerStore REST 4.1 Swagger). Unknown keys pass, and a state can be any word, because a newer array
 * may have more of both.
 */
const absent = z.null().transform(() => undefined);
const text = z.union([z.string(), absent]).optional();
const number = z.union([z.number(), absent]).optional();

export const wireError = z.object({ code: text, message_l10n: text });

export const wireSession = z.object({
  id: z.string(),
  name: text,
  type: text,
  description: text,
  state: z.string(),
  remote_system_id: text,
  source_resource_id: text,
  destination_resource_id: text,
  destination_resource_type: text,
  parent_session_id: text,
  progress_percentage: number,
  estimated_completion_timestamp: text,
  average_transfer_rate: number,
  current_transfer_rate: number,
  automatic_cutover: z.union([z.boolean(), absent]).optional(),
  scheduled_timestamp: text,
  last_update_timestamp: text,
  error: z.union([wireError, absent]).optional(),
});
export type WireSession = z.infer<typeof wireSession>;

/** The attributes to request. Without `select` the array returns only ids, and it rejects a name that it does not know. */
export const sessionSelect = Object.keys(wireSession.shape).join(",");

export const wireSessions = z.array(wireSession);
export const wireCreated = z.object({ id: z.string() });
const wireRemoteSystem = z.object({ id: z.string(), name: text, type: text, state: text, data_connection_state: text });
export const remoteSystemSelect = Object.keys(wireRemoteSystem.shape).join(",");
export type WireRemoteSystem = z.infer<typeof wireRemoteSystem>;
export const wireRemoteSystems = z.array(wireRemoteSystem);

/** `login_session`. The array returns only the user's own. */
export const wireLogins = z.array(z.object({ role_ids: z.array(z.string()).optional() }));

/** `role` (dell/python-powerstore, `get_roles`). */
const wireRole = z.object({ id: z.string(), name: text });
export type WireRole = z.infer<typeof wireRole>;
export const wireRoles = z.array(wireRole);

/** What the discovered volumes of all makes have in common. */
const wireSourceVolume = z.object({ id: z.string(), name: text, wwn: text, size: number, importable_criteria: text });
export type WireSourceVolume = z.infer<typeof wireSourceVolume>;
export const wireSourceVolumes = z.array(wireSourceVolume);
export const sourceSelect = Object.keys(wireSourceVolume.shape).join(",");

/** What discovered volumes and groups have in common. */
const wireSource = z.object({ id: z.string(), importable_criteria: text });
export type WireSource = z.infer<typeof wireSource>;
export const wireSources = z.array(wireSource);

const wireMessages = z.array(z.object({ code: text, message_l10n: text }));

/** `error_response`; some releases send `messages` as JSON text (test data of `dell/gopowerstore`). */
export const wireErrorResponse = z.object({
  messages: z.union([wireMessages, z.string().transform(fromJson).pipe(wireMessages)]),
});

/** `import_session_create`. The array rejects keys that it does not know, so the provider sends only those that the program declares. */
export interface WireSessionCreate {
  readonly remote_system_id: string;
  readonly source_resource_id: string;
  readonly name: string;
  readonly description?: string;
  readonly type?: string;
  readonly host_ids?: readonly string[];
  readonly host_group_ids?: readonly string[];
  readonly consistency_group_member_host_ids?: readonly {
    readonly volume_wwn: string;
    readonly host_ids: readonly string[];
  }[];
  readonly consistency_group_member_host_group_ids?: readonly {
    readonly volume_wwn: string;
    readonly host_group_ids: readonly string[];
  }[];
  readonly volume_group_id?: string;
  readonly automatic_cutover?: boolean;
  readonly protection_policy_id?: string;
  readonly scheduled_timestamp?: string;
  readonly global_storage_discovery_address?: string;
}

function fromJson(messages: string): unknown {
  try {
    return JSON.parse(messages);
  } catch {
    return undefined;
  }
}
