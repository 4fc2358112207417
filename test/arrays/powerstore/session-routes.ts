import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { cancelBody, createBody, modifyBody, noBody, parseBody } from "./bodies.ts";
import { act, remove, reschedule, type SessionAction } from "./import-acts.ts";
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

/** `POST /import_session` */
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

/** `PATCH /import_session/{id}` */
export function modifySession(world: ImportWorld, reference: string, request: ArrayRequest): ArrayAnswer {
  const { scheduled_timestamp } = parseBody(modifyBody, request.body);
  const scheduledMs = scheduled_timestamp === undefined ? undefined : Date.parse(scheduled_timestamp);
  reschedule(world, findSession(world, reference), scheduledMs);
  return done;
}

/** `DELETE /import_session/{id}`: removes the record of an import that is over, and nothing else. */
export function deleteSession(world: ImportWorld, reference: string, request: ArrayRequest): ArrayAnswer {
  parseBody(noBody, request.body);
  remove(world, findSession(world, reference));
  return done;
}

/** `POST /import_session/{id}/<action>` */
export function actOnSession(
  world: ImportWorld,
  reference: string,
  action: SessionAction,
  request: ArrayRequest,
): ArrayAnswer {
  const force = action === "cancel" ? (parseBody(cancelBody, request.body)?.force ?? false) : false;
  if (action !== "cancel") parseBody(noBody, request.body);
  act(world, findSession(world, reference), action, force);
  return done;
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

const done: ArrayAnswer = { status: 204 };
