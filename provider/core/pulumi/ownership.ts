import type { ArrayConnection } from "../array/connection.ts";
import type { ArrayObject } from "../array-object.ts";
import { type Holder, holderText } from "../claims.ts";
import { MigrationError } from "../errors.ts";
import type { InputFailure } from "../inputs.ts";
import { driverOf } from "../journal/driver.ts";
import type { Journal, JournalEntry } from "../journal/journal.ts";
import type { Audited } from "../reconcile/audited.ts";
import type { Run } from "../reconcile/run.ts";
import type { Target } from "../resource.ts";
import type { Deployment } from "./deployment.ts";
import { type NamedObjects, objectsOf } from "./named-objects.ts";
import { missedActs, urnsOf } from "./recall.ts";
import type { Service } from "./service.ts";

/** Notes which objects a checked resource declares. @returns what is wrong if another resource declares one of them */
export async function declareObjects(
  { claims }: Deployment,
  urn: string,
  declared: NamedObjects | undefined,
): Promise<InputFailure[]> {
  const other = declared && (await claims.declare(urn, declared.array, declared.objects));
  if (other === undefined) return [];
  return [{ property: other.object.property, reason: `${contradiction(urn, other)} ${oneOwner}` }];
}

/** Notes which objects a recorded resource keeps. @param attempted for errors @throws MigrationError `input` if another resource declares one of them */
export async function keepObjects(
  { claims }: Deployment,
  urn: string,
  { array, objects }: NamedObjects,
  attempted: string,
): Promise<void> {
  const other = await claims.keep(urn, array, objects);
  if (other === undefined) return;
  throw new MigrationError({
    kind: "input",
    attempted,
    on: array.title,
    answered: contradiction(urn, other),
    next: oneOwner,
  });
}

/** What a run notes of the objects it drives: claims in this process, and takeovers and acts in the journal. */
export async function ownership<Inputs, State extends Audited, Observed, Action>(
  { resource, deployment }: Service<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
): Promise<Required<Pick<Run, "journal" | "drive" | "confirmOwner">>> {
  const { urn, inputs } = target;
  const { claims, journal } = deployment;
  const array = resource.open(inputs);
  const { origin } = array.settings;
  const entries = await journal.read(urn);
  let isNoted = false;
  /** What this run has taken back from a resource that the run has not asked. */
  const takenBack: Holder[] = [];
  return {
    confirmOwner() {
      const [holder] = takenBack;
      if (holder !== undefined) throw drivenSince(holder, resource.schemas.attempted(target), array.title);
    },
    async drive(objects, found) {
      claims.drive(urn, array, objects);
      if (isNoted) return;
      isNoted = true;
      for (const object of objects) {
        const previous = driverOf(entries, origin, object.key)?.urn;
        const isFound = found.some(({ key }) => key === object.key);
        if (previous === undefined ? !isFound : previous === urn) continue;
        if (previous !== undefined && !isFound && !claims.isSeen(previous)) takenBack.push({ urn: previous, object });
        await journal.write({ kind: "takeover", urn, array: origin, object: object.key, previous });
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
  const recorded = await objectsOf(service, target);
  if (recorded === undefined) return { left: [], others: [] };
  const { array, objects } = recorded;
  const entries = await service.deployment.journal.read(target.urn);
  const left: Holder[] = [];
  const others: ArrayObject[] = [];
  for (const object of objects) {
    const taker = (await claims.taker(array, object)) ?? driverSince(entries, urnsOf(target), array, object);
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

/** What a resource takes over from others of the stack, as the journal has it. @param recorded what it has on record */
export async function takeoverWarnings<Inputs, State>(
  { journal }: Deployment,
  target: Target<Inputs, State>,
  declared: NamedObjects | undefined,
  recorded: readonly ArrayObject[] = [],
): Promise<string[]> {
  if (declared === undefined) return [];
  const entries = await journal.read(target.urn);
  const taken = declared.objects.flatMap((object) => {
    const urn = driverSince(entries, urnsOf(target), declared.array, object);
    return urn === undefined ? [] : [{ urn, object }];
  });
  return [...Map.groupBy(taken, (holder) => holder.urn)].flatMap(([driver, held]) => {
    const isRecorded = ({ object }: Holder) => recorded.some(({ key }) => key === object.key);
    const [back, over] = [held.filter(isRecorded), held.filter((one) => !isRecorded(one))];
    const other = holderText(driver);
    return [
      ...(over.length === 0 ? [] : [`takes over ${textsOf(over)} of ${other}, unless that is declared too`]),
      ...(back.length === 0 ? [] : [`takes ${textsOf(back)} back from ${other}, ${stopsOnce}`]),
    ];
  });
}

const stopsOnce =
  "which has taken it over since; an action for it is sent in the next run but one, or once the run has checked that resource too";

/** Another resource that has taken the object over in an earlier run. A run with a target, or a destroy, does not ask about that resource. @param urns those of this resource */
function driverSince(
  entries: readonly JournalEntry[],
  urns: readonly string[],
  { settings }: ArrayConnection,
  { key }: ArrayObject,
): string | undefined {
  const driver = driverOf(entries, settings.origin, key)?.urn;
  return driver !== undefined && urns.includes(driver) ? undefined : driver;
}

function drivenSince({ urn, object }: Holder, attempted: string, on: string): MigrationError {
  return new MigrationError({
    kind: "identity",
    attempted,
    on,
    answered: `${holderText(urn)} has taken over ${object.text} since the last run of this resource, and this run has not checked that one`,
    next: "Nothing was sent. This resource drives it again from now on: run the command again to continue, or leave it out of this resource.",
  });
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

function contradiction(urn: string, { urn: other, object }: Holder): string {
  return `both ${holderText(urn)} and ${holderText(other)} declare ${object.text}`;
}

const oneOwner = "One object of an array belongs to one resource: leave it out of one of the two.";
