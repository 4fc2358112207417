import { MigrationError, twoSentences } from "../../../core/errors.ts";
import type { Findings, Reading } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { ownershipMark, sessionNameOf } from "../naming.ts";
import { type FindingArray, findByName, findOwn } from "../observe/find.ts";
import { assumeImport, type Observing, observeImport } from "../observe/observe.ts";
import { checkSource, refused, warned } from "../observe/source-check.ts";
import type { ObservedImport } from "../observed.ts";
import { planImport } from "../plan/plan.ts";
import type { ImportTarget } from "../target.ts";

/** A read before a run: on which array, and of what. */
interface Preflight {
  readonly observing: Observing;
  readonly array: PowerStoreArray;
  readonly target: ImportTarget;
  readonly reading: Reading;
}

type ImportFindings = Findings<ObservedImport>;

/**
 * What a read shows of a session that is to be created or adopted, also in the place of another one: a session that cannot be adopted or leads nowhere, a name that
 * is taken, a source that does not exist or is not importable, a start in the past. Of a session that is recorded the diff shows all.
 */
export async function preflightImport(
  observing: Observing,
  target: ImportTarget,
  reading: Reading,
): Promise<ImportFindings> {
  if (target.operation.kind === "update") return warned();
  const array = observing.arrays(target.inputs.array);
  const found = await certainFailures(target, () => preflightSession({ observing, array, target, reading }));
  return { ...found, warnings: [...found.warnings, ...(await array.checkRoles(reading.signal))] };
}

/** What reading it cannot do, its run cannot do either. */
async function certainFailures({ inputs }: ImportTarget, read: () => Promise<ImportFindings>): Promise<ImportFindings> {
  try {
    return await read();
  } catch (error) {
    const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
    if (!isCertain) throw error;
    return refused(inputs.sessionId === undefined ? "sessionName" : "sessionId", error.message);
  }
}

function preflightSession(preflight: Preflight): Promise<ImportFindings> {
  const { inputs, operation } = preflight.target;
  if (inputs.sessionId !== undefined) return preflightAdoption(preflight, inputs.sessionId);
  return operation.kind === "replace"
    ? preflightReplacement(preflight, operation.before)
    : preflightCreation(preflight);
}

async function preflightAdoption(
  { observing, target, reading }: Preflight,
  sessionId: string,
): Promise<ImportFindings> {
  const observed = await observeImport(observing, target, undefined, reading);
  // A fork is not refused: what only an input that is not known yet would leave stuck.
  const foreseen = planImport(target, observed, { nowMs: reading.nowMs, isNow: true });
  if (foreseen.kind === "stuck") return refused("sessionId", twoSentences(foreseen.reason, foreseen.next));
  return { ...warned(), begins: { observed, intro: `adopt session ${sessionId} (${observed.session?.state})` } };
}

async function preflightCreation(preflight: Preflight): Promise<ImportFindings> {
  const { target, reading } = preflight;
  const { inputs, urn } = target;
  const array = previewing(preflight);
  const own = await findOwn(array, inputs, urn, reading.signal);
  const importing = { urn, inputs, endsFirst: ({ id }: WireSession) => id === own?.id };
  const { refusals, warnings } = await checkSource(array, importing, reading.signal);
  if (own === undefined) {
    const isPast = (inputs.scheduledTimestamp ?? Number.POSITIVE_INFINITY) <= reading.nowMs;
    const start = { property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" };
    return { refusals: isPast ? [...refusals, start] : refusals, warnings };
  }
  // What a run that was killed has created is continued, whatever the time and the source say now.
  const ofAnother = refusals.map(({ property, reason }) => `${ifReplaced}: would fail: ${property}: ${reason}`);
  const found = await preflightOwn(preflight, own);
  return { ...found, warnings: [...found.warnings, ...ofAnother] };
}

/** What an earlier run created, or what Pulumi was told to replace without asking us: this read cannot tell the two apart. */
async function preflightOwn({ observing, target, reading }: Preflight, own: WireSession): Promise<ImportFindings> {
  try {
    const observed = await observeImport(observing, target, undefined, reading);
    // What is left of a failed attempt is removed in either case.
    if (observed.run.sessionId === undefined) return { ...warned(), begins: { observed } };
    return {
      ...warned(),
      begins: { observed, intro: `continue with session ${own.id} (${own.state}), unless it is replaced` },
      instead: { observed: assumeImport(target), prefix: ifReplaced },
    };
  } catch (error) {
    if (!(error instanceof MigrationError) || error.kind !== "identity") throw error;
    return warned(`would fail, unless session ${own.id} is replaced: ${error.message}`);
  }
}

const ifReplaced = "if it is replaced";

/** What the session that exists occupies, its name and its source, is free when that is gone. A start that has passed is left out then. */
async function preflightReplacement(preflight: Preflight, before: ImportSessionInputs): Promise<ImportFindings> {
  const { inputs, urn } = preflight.target;
  const { signal } = preflight.reading;
  const array = previewing(preflight);
  const isSameArray = before.array === inputs.array;
  if (!isSameArray || createdName(before, urn) !== createdName(inputs, urn))
    await findByName(array, inputs, urn, signal);
  const mark = ownershipMark(urn);
  const endsFirst = ({ id, description }: WireSession) =>
    isSameArray && (id === before.sessionId || description?.includes(mark) === true);
  return checkSource(array, { urn, inputs, endsFirst }, signal);
}

function previewing({ array: { previewClient, title } }: Preflight): FindingArray {
  return { client: previewClient, title };
}

/** The name of the session that was created from these inputs; undefined for one that was adopted with the name it had. */
function createdName(inputs: ImportSessionInputs, urn: string): string | undefined {
  return inputs.sessionId === undefined ? sessionNameOf(inputs, urn) : undefined;
}
