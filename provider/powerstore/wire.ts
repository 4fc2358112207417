import { z } from "zod";

/**
 * The parts of PowerStore's REST answers that the provider reads (PowerStore REST 4.1 Swagger). Unknown keys pass, and a state can be any word, because a newer array
 * may have more of both.
 */
const absent = z.null().transform(() => undefined);
const text = z.union([z.string(), absent]).optional();
const number = z.union([z.number(), absent]).optional();

const wireError = z.object({ code: text, message_l10n: text });

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

export const wireCreated = z.object({ id: z.string() });

export const wireRemoteSystem = z.object({
  id: z.string(),
  name: text,
  type: text,
  state: text,
  data_connection_state: text,
});
export type WireRemoteSystem = z.infer<typeof wireRemoteSystem>;

/** `login_session`. The array returns only the user's own. */
export const wireLogin = z.object({ role_ids: z.array(z.string()).optional() });

/** `cluster` (PowerStore REST 4.4, `cluster_instance`). */
export const wireCluster = z.object({ global_id: text });

/** `role` (dell/python-powerstore, `get_roles`). */
export const wireRole = z.object({ id: z.string(), name: text });

/** What discovered volumes and groups have in common. */
export const wireSource = z.object({ id: z.string(), importable_criteria: text });
export type WireSource = z.infer<typeof wireSource>;

/** What the discovered volumes of all makes have in common. */
export const wireSourceVolume = wireSource.extend({ name: text, wwn: text, size: number });
export type WireSourceVolume = z.infer<typeof wireSourceVolume>;

const wireMessages = z.array(wireError);

/** `error_response`; some releases send `messages` as JSON text (test data of `dell/gopowerstore`). */
export const wireErrorResponse = z.object({
  messages: z.union([wireMessages, z.string().transform(fromJson).pipe(wireMessages)]),
});

function fromJson(messages: string): unknown {
  try {
    return JSON.parse(messages);
  } catch {
    return undefined;
  }
}
