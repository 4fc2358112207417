import type { ArrayRequest } from "../../arrays/exchange.ts";

/** One command on its way to the array, read out of its method, path and body. */
export interface SentAct {
  readonly kind: "suspend" | "resume" | "reverse" | "modify";
  readonly ids: readonly number[];
  readonly isForced: boolean;
}

export function sentAct({ method, path, body }: ArrayRequest): SentAct | undefined {
  const [, , , resource, first = "", second] = path.split("/");
  if (resource !== "copysession" || method === "GET") return undefined;
  const isForced = typeof body === "object" && body !== null && "force" in body && body.force === true;
  if (first === "suspend") return { kind: "suspend", ids: idsIn(body), isForced };
  const ids = [Number(first)];
  if (second === "suspend" || second === "resume" || second === "reverse") return { kind: second, ids, isForced };
  return { kind: "modify", ids, isForced };
}

/** The only list of numbers in the body of a group suspend is that of its sessions. */
function idsIn(body: unknown): number[] {
  if (typeof body !== "object" || body === null) return [];
  return Object.values(body).flatMap((value: unknown) =>
    Array.isArray(value) ? value.flatMap((one: unknown) => (typeof one === "number" ? [one] : [])) : [],
  );
}
