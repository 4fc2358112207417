import { type AuditEvent, type JobBook, timeOrNull } from "./job-book.ts";
import { actionWord } from "./job-resource.ts";
import { flag, localized, type Resource, type Row, text, texts, time, withDisplayTexts, words } from "./resource.ts";

/** `audit_event`: who did what (PowerStore REST 4.4, `audit_event_instance`). */
export function auditResource(book: JobBook): Resource {
  return { name: "audit_event", attributes, embeds: {}, rows: () => book.events.map(toRow) };
}

const attributes = {
  ...localized({
    id: text,
    type: words(["Authentication", "Authorization", "Config", "System", "Logout", "AIDE", "Service"]),
    timestamp: time,
    username: text,
    is_successful: flag,
    client_address: text,
    server_address: text,
    appliance_id: text,
    job_id: text,
    message_code: text,
    message_arguments: texts,
    message_l10n: text,
  }),
  resource_action: text,
  resource_action_l10n: text,
  resource_type: text,
  resource_type_l10n: text,
};

/** The codes of messages are not published: these are made up. */
const codeOf = {
  Authentication: "0x00101501",
  Authorization: "0x00101502",
  Config: "0x00101503",
  Logout: "0x00101504",
} as const;

function toRow(event: AuditEvent): Row {
  const { id, type, atMs, user, isSuccessful, job, message } = event;
  const action = job === undefined ? null : actionWord(job.change);
  const row: Row = {
    id,
    type,
    timestamp: timeOrNull(atMs),
    username: user,
    is_successful: isSuccessful,
    client_address: "127.0.0.1",
    server_address: "127.0.0.1",
    appliance_id: "A1",
    job_id: job?.id ?? null,
    resource_action: action,
    resource_action_l10n: action,
    resource_type: job?.resourceType ?? null,
    resource_type_l10n: job?.resourceType.replaceAll("_", " ") ?? null,
    message_code: codeOf[type],
    message_arguments: [user],
    message_l10n: message,
  };
  return withDisplayTexts(row, attributes);
}
