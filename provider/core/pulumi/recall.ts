import type { Properties } from "../inputs.ts";
import { actsOf, type JournalAct } from "../journal/acts.ts";
import type { JournalEntry } from "../journal/journal.ts";
import { maxEntries } from "../reconcile/audit-log.ts";
import type { Audited } from "../reconcile/audited.ts";
import { missedEntries } from "../reconcile/journaled.ts";
import type { Recorded, Target } from "../resource.ts";
import { connectionOf, objectsOf } from "./named-objects.ts";
import { readRecorded } from "./recorded.ts";
import type { Service } from "./service.ts";

/**
 * Takes a recorded resource apart, as `readRecorded` does, and adds what the journal has of killed runs.
 *
 * @param urnNow the URN under which the recorded resource is declared now. @default the recorded one
 * @returns with `isRecalled`, whether the record lacked anything
 */
export async function readRecalled<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  id: string,
  properties: Properties,
  urnNow?: string,
) {
  const read = readRecorded(service.resource.schemas, id, properties);
  const urn = urnNow ?? read.urn;
  const recorded = await recalled(service, urn, read.recorded, read.inputs);
  return { ...read, urn, recorded, isRecalled: recorded !== read.recorded };
}

/** The record with the acts that it lacks: those of runs that were killed. What a cutover forbids is forbidden then, too. */
async function recalled<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  urn: string,
  recorded: Recorded<State>,
  inputs: Inputs,
): Promise<Recorded<State>> {
  const target = { urn, operation: { kind: "delete" }, inputs, unknown: [], recorded, isPreview: true } as const;
  const named = await objectsOf(service, target);
  if (named === undefined) return recorded;
  const { origin } = named.array.settings;
  const missed = missedActs(await service.deployment.journal.read(urn), target, origin);
  const entries = missedEntries(
    missed,
    named.objects.flatMap(({ key, text }) => [key, text]),
  );
  if (entries.length === 0) return recorded;
  const actions = [...recorded.state.actions, ...entries].slice(-maxEntries);
  return { ...recorded, state: { ...recorded.state, actions }, missed };
}

/** What runs of the stack have sent to the array of a resource. */
export async function actsOn<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  urn: string,
  inputs: Inputs,
): Promise<readonly JournalAct[]> {
  const origin = connectionOf(resource.open, inputs)?.settings.origin;
  return actsOf(await deployment.journal.read(urn)).filter(({ array }) => array === origin);
}

/** The acts of a resource that neither its record nor that of the one it replaces has, since it was last deleted. */
export function missedActs<Inputs, State extends Audited>(
  entries: readonly JournalEntry[],
  target: Target<Inputs, State>,
  origin: string,
): JournalAct[] {
  const { recorded, predecessor } = target;
  const urns = urnsOf(target);
  const recordedUntil = (recorded ?? predecessor)?.state.actions.at(-1)?.at ?? "";
  const lastRelease = entries.findLastIndex((entry) => entry.kind === "release" && urns.includes(entry.urn));
  return actsOf(entries.slice(lastRelease + 1)).filter(
    (act) => urns.includes(act.urn) && act.array === origin && act.at > recordedUntil,
  );
}

/** The URNs under which the journal knows a resource: its own, and the one of its record, which a rename leaves behind. */
export function urnsOf<Inputs, State>({ urn, recorded }: Target<Inputs, State>): readonly string[] {
  return recorded?.urn === undefined ? [urn] : [urn, recorded.urn];
}
