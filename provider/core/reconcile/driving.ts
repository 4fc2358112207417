import type { Reading, Recorded, Resource, Target } from "../resource.ts";
import type { continueLog } from "./audit-log.ts";
import type { Audited } from "./audited.ts";
import { missedEntries } from "./journaled.ts";
import type { Run } from "./run.ts";

/** Notes with each read what the resource drives. With the first, recalls what a run whose record was lost has done with it. */
export function driving<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  run: Run,
  log: ReturnType<typeof continueLog<Action>>,
): (observed: Observed, reading: Reading) => Promise<void> {
  /** The objects that a record names. */
  const named = async (recorded: Recorded<State> | undefined, reading: Reading) =>
    recorded === undefined
      ? []
      : resource.objects({ ...target, recorded, operation: { kind: "delete" } }, undefined, reading);
  let isFirst = true;
  return async (observed, reading) => {
    if (run.drive === undefined) return;
    const objects = await resource.objects(target, observed, reading);
    if (!isFirst) return run.drive(objects, []);
    isFirst = false;
    const noted = { entries: log.entries, step: undefined, nowMs: reading.nowMs };
    // A resource that was renamed takes over what it has recorded under its former URN.
    const isRenamed = target.recorded?.urn !== undefined && target.recorded.urn !== target.urn;
    const before = isRenamed ? [] : await named(target.recorded, reading);
    const now = await named(resource.record(observed, target, noted), reading);
    const keys = new Set(before.map(({ key }) => key));
    await run.drive(
      objects,
      now.filter(({ key }) => !keys.has(key)),
    );
    if (now.length > 0)
      log.recall(
        missedEntries(
          run.journal?.missed ?? [],
          objects.flatMap(({ key, text }) => [key, text]),
        ),
      );
  };
}
