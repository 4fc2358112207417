import type { LoggedRequest } from "../../request-log.ts";
import { swaggerSchemas } from "./schemas.ts";
import type { Operation, PathItem, Swagger } from "./swagger.ts";

/** Measures requests and answers by the vendor's Swagger. Both give the findings, one line each: none means it fits. */
export interface PowerStoreContract {
  requestProblems(request: Pick<LoggedRequest, "method" | "path" | "body">): readonly string[];
  answerProblems(answer: Exchanged): readonly string[];
}

/** A request's method and path, and what was answered. */
export interface Exchanged {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  /** The JSON body; undefined if there was none. */
  readonly body: unknown;
}

/** The contract in a Swagger file. */
export function powerStoreContract(swagger: Swagger): PowerStoreContract {
  const ofRequests = swaggerSchemas(swagger, () => false);
  const ofAnswers = swaggerSchemas(withAssociations(swagger), isNullable);
  const errorStatuses = (swagger.definitions.HttpStatusEnum?.enum ?? []).filter((status) => Number(status) >= 400);
  return {
    requestProblems({ method, path, body }) {
      const operation = findOperation(swagger, method, path);
      if (operation === undefined) return [`${method} ${path} is not in the Swagger`];
      const parameter = operation.parameters?.find((one) => one.in === "body");
      if (body === undefined) return parameter?.required === true ? ["the body is missing"] : [];
      if (parameter === undefined) return ["a body is not foreseen"];
      return ofRequests.problems(parameter.schema, body);
    },
    answerProblems({ method, path, status, body }) {
      const operation = findOperation(swagger, method, path);
      const documented = operation?.responses[status];
      if (documented !== undefined) {
        if (documented.schema !== undefined) return ofAnswers.problems(documented.schema, body);
        return body === undefined ? [] : [`${status} has no body`];
      }
      // Any change can be asked for as a job (REST Developers Guide); no operation lists that answer.
      if (operation !== undefined && method !== "GET" && status === 202) {
        return ofAnswers.problems(reference("create_response"), body);
      }
      // Refusals that no operation lists, and those of paths that do not exist, still are of this form.
      if (errorStatuses.includes(String(status))) return ofAnswers.problems(reference("error_response"), body);
      return [`${method} ${path} does not answer ${status}`];
    },
  };
}

function findOperation(swagger: Swagger, method: string, path: string): Operation | undefined {
  if (!path.startsWith(`${swagger.basePath}/`)) return undefined;
  const parts = path.slice(swagger.basePath.length).split("/");
  const paths = { ...furtherPaths, ...swagger.paths };
  const template = Object.keys(paths).find((one) => {
    const wanted = one.split("/");
    return wanted.length === parts.length && wanted.every((part, index) => part === "{id}" || part === parts[index]);
  });
  const item = template === undefined ? undefined : paths[template];
  switch (method) {
    case "GET":
      return item?.get;
    case "POST":
      return item?.post;
    case "PATCH":
      return item?.patch;
    case "DELETE":
      return item?.delete;
  }
  return undefined;
}

function reference(definition: string) {
  return { $ref: `#/definitions/${definition}` };
}

/** The extract of 4.1 has the definitions of the first, but only the paths of their lists; of most others it has neither. */
const furtherPaths: Swagger["paths"] = {
  "/import_unity_consistency_group/{id}": instanceOf("import_unity_consistency_group_instance"),
  "/import_unity_volume/{id}": instanceOf("import_unity_volume_instance"),
  "/import_netapp_volume/{id}": instanceOf("import_netapp_volume_instance"),
  "/import_vnx_consistency_group": anyList(),
  "/import_storage_center_consistency_group": anyList(),
  "/import_xtremio_consistency_group": anyList(),
  "/import_vmax_storage_group": anyList(),
  "/import_universal_consistency_group": anyList(),
  "/role": anyList(),
  "/cluster": anyList(),
  "/audit_event": anyList(),
  // Whether 4.4 has it is not known: the extract of that release leaves it out.
  "/remote_system/{id}/discover": {
    post: { responses: { 204: {}, 404: { schema: reference("error_response") } } },
  },
};

function instanceOf(definition: string): PathItem {
  const responses = { 200: { schema: reference(definition) }, 404: { schema: reference("error_response") } };
  return { get: { responses } };
}

function anyList(): PathItem {
  return { get: { responses: { 200: { schema: { type: "array", items: { type: "object" } } } } } };
}

/** The extract has left out the inverse association of sessions; the reference says that it can be selected. */
function withAssociations(swagger: Swagger): Swagger {
  const remoteSystem = swagger.definitions.remote_system_instance;
  const properties = {
    ...remoteSystem?.properties,
    import_sessions: { type: "array", items: reference("import_session_instance") },
  };
  const definitions = { ...swagger.definitions, remote_system_instance: { ...remoteSystem, properties } };
  return { ...swagger, definitions };
}

/**
 * Of a session: what the reference says is null at times, and what need not be given when it is created. Of all else:
 * whatever describes and does not identify.
 */
function isNullable(definition: string, property: string): boolean {
  if (definition === "import_session_instance") return nullableOfSession.has(property);
  return /_instance$/.test(definition) && definition !== "login_session_instance" && !neverNull.has(property);
}

const neverNull = new Set(["id", "name", "wwn", "size", "importable_criteria", "code", "message_l10n"]);

const nullableOfSession = new Set([
  "parent_session_id",
  "estimated_completion_timestamp",
  "progress_percentage",
  "average_transfer_rate",
  "current_transfer_rate",
  "description",
  "global_storage_discovery_address",
  "destination_resource_id",
  "protection_policy_id",
  "volume_group_id",
  "scheduled_timestamp",
  "error",
]);
