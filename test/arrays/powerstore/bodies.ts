import { z } from "zod";
import type { CreateBody } from "./create-body.ts";
import { codes, Refusal } from "./refusal.ts";

const printable = /^\P{C}*$/u;
/** No whitespace, nothing unprintable, none of the characters HTTP gives a meaning to. */
const nameCharacters = /^[^\s\p{C}:/?#[\]@!$&'()*+,;=%<>"{}|\\^`]+$/u;
const address =
  /^(\d{1,3}(\.\d{1,3}){3}|[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*)$/;
const ids = z.array(z.string().min(1));

/** `import_session_create` of the PowerStore REST 4.1 Swagger, with the rules its texts give for names. */
export const createBody = z.strictObject({
  remote_system_id: z.string().min(1),
  source_resource_id: z.string().min(1),
  name: z.string().max(128).regex(nameCharacters),
  description: z.string().max(128).regex(printable).optional(),
  type: z.enum(["Non_Disruptive", "Agentless"]).optional(),
  host_ids: ids.optional(),
  host_group_ids: ids.optional(),
  consistency_group_member_host_ids: z.array(z.strictObject({ volume_wwn: z.string(), host_ids: ids })).optional(),
  consistency_group_member_host_group_ids: z
    .array(z.strictObject({ volume_wwn: z.string(), host_group_ids: ids }))
    .optional(),
  volume_group_id: z.string().min(1).optional(),
  automatic_cutover: z.boolean().optional(),
  protection_policy_id: z.string().min(1).optional(),
  scheduled_timestamp: z.iso.datetime({ offset: true }).optional(),
  global_storage_discovery_address: z.string().regex(address).optional(),
}) satisfies z.ZodType<CreateBody>;

/** `import_session_modify`. */
export const modifyBody = z.strictObject({ scheduled_timestamp: z.iso.datetime({ offset: true }).optional() });

/** `import_session_cancel`; the body may be left out. */
export const cancelBody = z.strictObject({ force: z.boolean().optional() }).optional();

/** Of an operation without a body, and of `enable_destination_volume`, whose body has no properties. */
export const noBody = z.strictObject({}).optional();

/** The body, if it is one. @throws Refusal 400, with the vendor's code for properties that the schema does not allow */
export function parseBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.infer<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const isForm = parsed.error.issues.every(({ code }) => code === "too_big" || code === "invalid_format");
  const code = isForm ? codes.invalidRequest : codes.bodyNotAllowed;
  const found = parsed.error.issues.map(({ path, message }) => `${path.join(".") || "body"}: ${message}`);
  throw new Refusal(400, code, `The request body is not allowed by the schema: ${found.join("; ")}`, found);
}
