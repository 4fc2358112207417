import type { SimulatedPowerStore } from "../arrays/index.ts";

/** What was sent to change something, in short: `create`, `cutover`, `cancel with force`, `remove`. */
export function sentTo(array: Pick<SimulatedPowerStore, "acts">): readonly string[] {
  return array.acts().map(({ method, path, body }) => briefly(method, path, body));
}

function briefly(method: string, path: string, body: unknown): string {
  const action = path.split("/")[5];
  const isForced = typeof body === "object" && body !== null && "force" in body && body.force === true;
  if (method === "DELETE") return "remove";
  if (method === "PATCH") return "reschedule";
  return action === undefined ? "create" : `${action}${isForced ? " with force" : ""}`;
}
