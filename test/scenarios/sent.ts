import { z } from "zod";
import type { SimulatedEternus, SimulatedPowerStore } from "../arrays/index.ts";

/**
 * What was to change something on the arrays, in short words and in the order it came: `create sv_42`, `suspend 12,13`. A cutover that met a group which an
 * earlier one had left incomplete is another opportunity, and so has another word: `cutover of the rest`.
 */
export function sentTo(
  powerstore: Pick<SimulatedPowerStore, "acts">,
  eternus: Pick<SimulatedEternus, "acts">,
  /** Adds the id of the import session: of several imports, each may be cut over. @default false */
  withIds = false,
): readonly string[] {
  const toPowerStore = powerstore.acts().map(({ method, path, body, from, status = 0, atMs }) => {
    const text = toEither(method, path, body);
    const isOfTheRest = text === "cutover" && from === "Import_Cutover_Incomplete";
    const id = withIds ? ` ${path.split("/")[4] ?? ""}` : "";
    return { atMs, text: `${isOfTheRest ? "cutover of the rest" : text}${id}`, isRefused: status >= 400 };
  });
  const toEternus = eternus.acts().map(({ method, path, body, jobId, atMs }) => {
    return { atMs, text: toEither(method, path, body), isRefused: jobId === undefined };
  });
  return [...toPowerStore, ...toEternus]
    .sort((one, other) => one.atMs - other.atMs)
    .map(({ text, isRefused }) => (isRefused ? `${text} (refused)` : text));
}

function toEither(method: string, path: string, body: unknown): string {
  const [resource = "", id = "", action = ""] = path.replace(/^\/api\/(rest|v1)\//, "").split("/");
  const { source_resource_id: source, copysession_id_list: ids, force } = actBody.parse(body ?? {});
  const how = force === true ? " with force" : "";
  if (resource === "copysession") {
    return id === "suspend" ? `suspend ${ids.join(",")}${how}` : `${action === "" ? method : action} ${id}`;
  }
  if (id === "") return `create ${source}`;
  return method === "DELETE" ? "remove" : `${action === "" ? method : action}${how}`;
}

const actBody = z.object({
  source_resource_id: z.string().optional(),
  copysession_id_list: z.array(z.number()).default([]),
  force: z.boolean().optional(),
});
