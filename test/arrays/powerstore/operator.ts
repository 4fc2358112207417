import type { Changes } from "./changes.ts";
import type { CreateBody } from "./create-body.ts";
import { act, remove, reschedule, type SessionAction } from "./import-acts.ts";
import type { ImportModel } from "./import-model.ts";
import type { Inventory } from "./inventory.ts";
import { createSession, findSession } from "./session-routes.ts";

/** What somebody does at the array's own console, past the REST API: under the same rules, and not in the request log. */
export interface PowerStoreOperator {
  /** The id of the new session. */
  create(body: CreateBody): string;
  cutover(id: string): void;
  cancel(id: string, options?: { readonly force?: boolean }): void;
  pause(id: string): void;
  resume(id: string): void;
  enableDestinationVolume(id: string): void;
  startCopy(id: string): void;
  cleanup(id: string): void;
  /** `scheduledTimestamp` is an ISO time. */
  reschedule(id: string, scheduledTimestamp: string): void;
  /** Deletes the record of an import that is over. */
  remove(id: string): void;
  /** Lets a job go on that waits for an approval. @throws RangeError if it does not wait */
  approve(jobId: string): void;
  /** Ends it instead. @default reason "rejected" */
  reject(jobId: string, reason?: string): void;
}

/** The operator of an array. Everything throws a Refusal where the API would answer with an error. */
export function powerStoreOperator(
  model: () => ImportModel,
  inventory: Inventory,
  bytesPerSecond: number,
  decide: Changes["decide"],
): PowerStoreOperator {
  const perform = (id: string, action: SessionAction, force = false) => {
    const { world } = model();
    act(world, findSession(world, id), action, force);
  };
  return {
    create: (body) => createSession(model(), inventory, bytesPerSecond, body).id,
    cutover: (id) => perform(id, "cutover"),
    cancel: (id, options = {}) => perform(id, "cancel", options.force ?? false),
    pause: (id) => perform(id, "pause"),
    resume: (id) => perform(id, "resume"),
    enableDestinationVolume: (id) => perform(id, "enable_destination_volume"),
    startCopy: (id) => perform(id, "start_copy"),
    cleanup: (id) => perform(id, "cleanup"),
    reschedule(id, scheduledTimestamp) {
      const { world } = model();
      reschedule(world, findSession(world, id), Date.parse(scheduledTimestamp));
    },
    remove(id) {
      const { world } = model();
      remove(world, findSession(world, id));
    },
    approve(jobId) {
      model();
      decide(jobId, "Approved", "approved");
    },
    reject(jobId, reason = "rejected") {
      model();
      decide(jobId, "Rejected", reason);
    },
  };
}
