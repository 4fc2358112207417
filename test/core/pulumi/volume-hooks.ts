import { expect } from "vitest";
import type { JournalEntry } from "../../../provider/core/journal/journal.ts";
import { dynamicHooks } from "../../../provider/core/pulumi/hooks.ts";
import { journalOf } from "../../engine/direct/journal.ts";
import { virtualClock } from "../virtual-clock.ts";
import { playVolume, toldDeployment } from "./volume-resource.ts";

/** The inputs of a volume as Pulumi hands them over. */
export const given = { __provider: "code", resourceUrn: "urn:v", size: 10 };

/** The same volume as it is recorded once it is as declared. */
export const recorded = { ...given, label: "vol-7", isLabelChosen: true, sizeNow: 10, actions: [] };

/** The hooks of a volume in one run, and what they work on. @param entries what the journal has, to which the run writes */
export function volumeHooks(entries: JournalEntry[] = []) {
  const clock = virtualClock({ startMs: 0 });
  const play = playVolume(clock);
  const deployment = toldDeployment(clock, journalOf(entries, `run-${entries.length}`, clock));
  const { configure, check, diff, create, read, update, delete: remove } = dynamicHooks(play.resource, deployment);
  if (!(configure && check && diff && read && update && remove)) throw new Error("a hook is missing");
  return { clock, play, deployment, configure, check, diff, create, read, update, remove };
}

/** The error of a hook that must fail. */
export async function errorOf(work: Promise<unknown>): Promise<Error> {
  const error: unknown = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  return error instanceof Error ? error : new Error();
}
