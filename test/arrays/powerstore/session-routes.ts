import { createBody, parseBody } from "./bodies.ts";
import type { SessionAction } from "./import-acts.ts";
import { criteriaIn } from "./import-criteria.ts";
import type { ImportModel } from "./import-model.ts";
import { toOrder } from "./import-order.ts";
import type { ImportSession } from "./import-session.ts";
import type { ImportWorld } from "./import-world.ts";
import type { Inventory } from "./inventory.ts";
import { codes, Refusal } from "./refusal.ts";
import { isReference } from "./rest/collection.ts";

/** The actions, as they end a path. */
export const sessionActions: ReadonlyMap<string, SessionAction> = new Map(
  (["cutover", "cancel", "pause", "resume", "enable_destination_volume", "start_copy", "cleanup"] as const).map(
    (action): [string, SessionAction] => [action, action],
  ),
);

/** An import session that was asked for. @throws Refusal 400 or 422 if the array does not take it */
export function createSession(
  model: ImportModel,
  inventory: Inventory,
  bytesPerSecond: number,
  body: unknown,
): ImportSession {
  const { world } = model;
  const namesInUse = [...world.sessions.values()].map(({ name }) => name);
  const parsed = parseBody(createBody, body);
  return model.create(toOrder(parsed, { inventory, criteriaOf: criteriaIn(world), namesInUse, bytesPerSecond }));
}

/** A session by its id, or by `name:<name>`. @throws Refusal 404 */
export function findSession(world: ImportWorld, reference: string): ImportSession {
  for (const session of world.sessions.values()) {
    if (isReference(reference, session)) return session;
  }
  throw new Refusal(404, codes.notFound, `Instance with id ${reference} of resource import_session does not exist.`, [
    reference,
  ]);
}
