import type { ArrayRequest } from "../../arrays/exchange.ts";

/** One request that is to change something, read out of its method and path. */
export interface SentAct {
  readonly name: "create" | "reschedule" | "remove" | "cancel" | "force cancel" | StateAct;
  /** Blank for a create. */
  readonly sessionId: string;
}

const stateActs = ["pause", "resume", "enable_destination_volume", "start_copy", "cutover", "cleanup"] as const;
type StateAct = (typeof stateActs)[number];

export function sentAct({ method, path, body }: ArrayRequest): SentAct | undefined {
  const [, , , resource, sessionId = "", action] = path.split("/");
  if (resource !== "import_session" || method === "GET") return undefined;
  if (method === "DELETE") return { name: "remove", sessionId };
  if (method === "PATCH") return { name: "reschedule", sessionId };
  if (sessionId === "") return { name: "create", sessionId };
  if (action === "cancel") return { name: isForced(body) ? "force cancel" : "cancel", sessionId };
  const name = stateActs.find((known) => known === action);
  return name === undefined ? undefined : { name, sessionId };
}

/** The states in which an act makes sense to who has been shown one of them. */
export const offers: Readonly<Record<StateAct | "reschedule" | "remove", readonly string[]>> = {
  pause: ["Copy_In_Progress", "In_Progress"],
  resume: ["Paused"],
  enable_destination_volume: ["Mirror_Enabled"],
  start_copy: ["Ready_To_Start_Copy"],
  cutover: ["Ready_For_Cutover", "Import_Cutover_Incomplete"],
  cleanup: ["Cleanup_Required"],
  reschedule: ["Scheduled"],
  remove: ["Import_Completed", "Import_Completed_With_Errors", "Cancelled", "Failed"],
};

function isForced(body: unknown): boolean {
  return typeof body === "object" && body !== null && "force" in body && body.force === true;
}
