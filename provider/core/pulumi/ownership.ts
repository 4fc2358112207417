import type { ArrayConnection } from "../array/connection.ts";
import type { ArrayObject } from "../array-object.ts";
import { type Holder, holderText } from "../claims.ts";
import { MigrationError } from "../errors.ts";
import type { InputFailure } from "../inputs.ts";
import { actsOf, type JournalAct } from "../journal/acts.ts";
import { driverOf } from "../journal/driver.ts";
import type { Journal, JournalEntry } from "../journal/journal.ts";
import { maxEntries } from "../reconcile/audit-log.ts";
import type { Audited } from "../reconcile/audited.ts";
import { missedEntries } from "../reconcile/journaled.ts";
import type { Run } from "../reconcile/run.ts";
import type { Recorded, Target } from "../resource.ts";
import type { Service } from "./service.ts";

/** Notes which objects a checked resource declares. @returns what is wrong if another resource declares one of them */
export async function declareObjects<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed: Observed | undefined,
): Promise<InputFailure[]> {
  const declared = await objectsOf(service, target, observed);
  if (declared === undefined) return [];
  const other = await service.deployment.claims.declare(target.urn, declared.array, declared.objects);
  if (other === undefined) return [];
  return [{ property: other.object.property, reason: `${contradiction(target.urn, other)} ${oneOwner}` }];
}

/** Notes which objects a recorded resource keeps. @throws MigrationError `input` if another resource declares one of them */
export async function keepObjects<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed: Observed,
): Promise<void> {
  const kept = await objectsOf(service, target, observed);
  if (kept === undefined) return;
  const other = await service.deployment.claims.keep(target.urn, kept.array, kept.objects);
  if (other === undefined) return;
  throw new MigrationError({
    kind: "input",
    attempted: service.resource.schemas.attempted(target),
    on: kept.array.title,
    answered: contradiction(target.urn, other),
    next: oneOwner,
  });
}

/** The record with the acts that it lacks: those of runs that were killed. What a cutover forbids is forbidden then, too. */
export async function recalled<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  urn: string,
  recorded: Recorded<State>,
  inputs: Inputs,
): Promise<Recorded<State>> {
  const target = { urn, operation: { kind: "delete" }, inputs, unknown: [], recorded, isPreview: true } as const;
  const named = await objectsOf(service, target, undefined);
  if (named === undefined) return recorded;
  const { origin } = named.array.settings;
  const missed = missedActs(await service.deployment.journal.read(urn), target, origin);
  const entries = missedEntries(
    missed,
    named.objects.flatMap(({ key, text }) => [key, text]),
  );
  if (entries.length === 0) return recorded;
  const actions = [...recorded.state.actions, ...entries].slice(-maxEntries);
  return { ...recorded, state: { ...recorded.state, actions } };
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
function missedActs<Inputs, State extends Audited>(
  entries: readonly JournalEntry[],
  { urn, recorded, predecessor }: Target<Inputs, State>,
  origin: string,
): JournalAct[] {
  const urns = [urn, ...(recorded?.urn === undefined ? [] : [recorded.urn])];
  const recordedUntil = (recorded ?? predecessor)?.state.actions.at(-1)?.at ?? "";
  const lastRelease = entries.findLastIndex((entry) => entry.kind === "release" && urns.includes(entry.urn));
  return actsOf(entries.slice(lastRelease + 1)).filter(
    (act) => urns.includes(act.urn) && act.array === origin && act.at > recordedUntil,
  );
}

/** What a run notes of the objects it drives: claims in this process, and takeovers and acts in the journal. */
export async function ownership<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
): Promise<Required<Pick<Run, "journal" | "drive">>> {
  const { urn, inputs } = target;
  const { claims, journal } = deployment;
  const array = resource.open(inputs);
  const { origin } = array.settings;
  const entries = await journal.read(urn);
  let isNoted = false;
  return {
    async drive(objects, found) {
      claims.drive(urn, array, objects);
      if (isNoted) return;
      isNoted = true;
      for (const { key } of objects) {
        const previous = driverOf(entries, origin, key)?.urn;
        const isTaken = previous === undefined ? found.some((one) => one.key === key) : previous !== urn;
        if (isTaken) await journal.write({ kind: "takeover", urn, array: origin, object: key, previous });
      }
    },
    journal: {
      missed: missedActs(entries, target, origin),
      write: (fact) => journal.write(fact),
    },
  };
}

/**
 * The objects of a delete: those that a resource has taken, and the others.
 *
 * @param kept the keys of those for which the delete sends nothing anyway
 * @throws MigrationError `identity` if another resource declares an object and has not taken it: then the record is all that knows of it
 */
export async function takenObjects<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  kept: ReadonlySet<string>,
): Promise<{ readonly left: readonly Holder[]; readonly others: readonly ArrayObject[] }> {
  const { claims } = service.deployment;
  const recorded = await objectsOf(service, target, undefined);
  if (recorded === undefined) return { left: [], others: [] };
  const { array, objects } = recorded;
  const entries = await service.deployment.journal.read(target.urn);
  const left: Holder[] = [];
  const others: ArrayObject[] = [];
  for (const object of objects) {
    const taker = (await claims.taker(array, object)) ?? driverSince(entries, target.urn, array, object);
    if (taker !== undefined) {
      left.push({ urn: taker, object });
      if (taker !== target.urn) await handOver(service.deployment.journal, taker, target.urn, array, object);
    }
    if (taker !== undefined || kept.has(object.key)) continue;
    others.push(object);
    const declarer = await claims.declarer(target.urn, array, object);
    if (declarer === undefined) continue;
    throw new MigrationError({
      kind: "identity",
      attempted: service.resource.schemas.attempted(target),
      on: array.title,
      answered: `${holderText(declarer)} declares ${object.text}, but has not taken it over`,
      next: "Nothing was sent, and the record stays. Run `pulumi up` again when that resource can be created.",
    });
  }
  return { left, others };
}

/** Writes down that the deleted resource drives its objects no longer, where the journal knows of the resource. */
export async function releaseObjects<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  { urn, inputs }: Target<Inputs, State>,
  objects: readonly ArrayObject[],
): Promise<void> {
  const { journal } = service.deployment;
  if (objects.length === 0 || !(await journal.read(urn)).some((entry) => entry.urn === urn)) return;
  const array = service.resource.open(inputs).settings.origin;
  for (const { key } of objects) await journal.write({ kind: "release", urn, array, object: key });
}

/** Whether the journal has it that another resource drives what this one keeps: then the resource is updated, which writes down that it drives it. */
export async function isDrivenByOther<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
): Promise<boolean> {
  const kept = await objectsOf(service, target, undefined);
  if (kept === undefined) return false;
  const entries = await service.deployment.journal.read(target.urn);
  return kept.objects.some((object) => driverSince(entries, target.urn, kept.array, object) !== undefined);
}

/** What a new resource takes over from another one of the stack, as the journal has it. */
export async function takeoverWarnings<Inputs, State extends Audited, Observed, Action>(
  service: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed: Observed | undefined,
): Promise<string[]> {
  const declared = await objectsOf(service, target, observed);
  if (declared === undefined) return [];
  const entries = await service.deployment.journal.read(target.urn);
  const taken = declared.objects.flatMap((object) => {
    const urn = driverSince(entries, target.urn, declared.array, object);
    return urn === undefined ? [] : [{ urn, object }];
  });
  return [...Map.groupBy(taken, ({ urn }) => urn)].map(
    ([urn, those]) => `takes over ${textsOf(those)} of ${holderText(urn)}, unless that is declared too`,
  );
}

/** Another resource that has taken the object over in an earlier run. A run with a target, or a destroy, does not ask about that resource. */
function driverSince(
  entries: readonly JournalEntry[],
  urn: string,
  { settings }: ArrayConnection,
  { key }: ArrayObject,
): string | undefined {
  const driver = driverOf(entries, settings.origin, key)?.urn;
  return driver === urn ? undefined : driver;
}

/** Writes down who drives the object now. */
async function handOver(
  journal: Journal,
  taker: string,
  previous: string,
  { settings }: ArrayConnection,
  { key }: ArrayObject,
): Promise<void> {
  if (driverOf(await journal.read(taker), settings.origin, key)?.urn === taker) return;
  await journal.write({ kind: "takeover", urn: taker, array: settings.origin, object: key, previous });
}

/** `left to "erp" (urn:…), which drives it now: import session 7`, by resource. */
export function leftText(left: readonly Holder[]): string {
  const byTaker = Map.groupBy(left, ({ urn }) => urn);
  return [...byTaker]
    .map(([urn, those]) => `left to ${holderText(urn)}, nothing is sent: ${textsOf(those)}`)
    .join("; ");
}

function textsOf(holders: readonly Holder[]): string {
  return holders.map(({ object }) => object.text).join(", ");
}

/** Undefined if the array is not known: nothing is known of the objects then either. */
async function objectsOf<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed: Observed | undefined,
): Promise<{ readonly array: ArrayConnection; readonly objects: readonly ArrayObject[] } | undefined> {
  if (target.unknown.includes("array")) return undefined;
  const array = connectionOf(resource.open, target.inputs);
  if (array === undefined) return undefined;
  const reading = { signal: deployment.interruption, nowMs: deployment.clock.nowMs() };
  return { array, objects: await resource.objects(target, observed, reading) };
}

/** What is wrong with the settings is reported by whoever reads the array. */
function connectionOf<Inputs>(open: (inputs: Inputs) => ArrayConnection, inputs: Inputs): ArrayConnection | undefined {
  try {
    return open(inputs);
  } catch (error) {
    if (error instanceof MigrationError) return undefined;
    throw error;
  }
}

function contradiction(urn: string, { urn: other, object }: Holder): string {
  return `both ${holderText(urn)} and ${holderText(other)} declare ${object.text}`;
}

const oneOwner = "One object of an array belongs to one resource: leave it out of one of the two.";
