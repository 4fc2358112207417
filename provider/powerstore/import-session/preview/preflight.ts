import { MigrationError, twoSentences } from "../../../core/errors.ts";
import type { Findings, Reading } from "../../../core/resource.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { ownershipMark, sessionNameOf } from "../naming.ts";
import { type FindingArray, findByName, findOwn, findTakeable } from "../observe/find.ts";
import { assumeImport, type Observing, observeImport } from "../observe/observe.ts";
import { checkSource, refused, warned } from "../observe/source-check.ts";
import type { ObservedImport } from "../observed.ts";
import { planImport } from "../plan/plan.ts";
import type { ImportTarget } from "../target.ts";

/** A check before a run: on which array, and of what. */
interface Preflight {
  readonly array: FindingArray;
  readonly target: ImportTarget;
  readonly nowMs: number;
  /** The first read of the run. */
  observe(): Promise<ObservedImport>;
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
  const { signal, nowMs } = reading;
  const { previewClient: client, title, checkRoles } = observing.arrays(target.inputs.array);
  const observe = () => observeImport(observing, target, undefined, reading);
  const preflight = { array: { client, title, signal }, target, nowMs, observe };
  const found = await preflightSession(preflight).catch((error) => certainFailure(target, error));
  return { ...found, warnings: [...found.warnings, ...(await checkRoles(signal))] };
}

/** What reading it cannot do, its run cannot do either. */
function certainFailure({ inputs }: ImportTarget, error: unknown): ImportFindings {
  const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
  if (!isCertain) throw error;
  return refused(inputs.sessionId === undefined ? "sessionName" : "sessionId", error.message);
}

async function preflightSession(preflight: Preflight): Promise<ImportFindings> {
  const { inputs, operation } = preflight.target;
  if (inputs.sessionId !== undefined) return preflightAdoption(preflight, inputs.sessionId);
  return operation.kind === "replace"
    ? preflightReplacement(preflight, operation.before)
    : preflightCreation(preflight);
}

async function preflightAdoption({ target, nowMs, observe }: Preflight, sessionId: string): Promise<ImportFindings> {
  const observed = await observe();
  // A fork is not refused: what only an input that is not known yet would leave stuck.
  const foreseen = planImport(target, observed, { nowMs, isNow: true });
  if (foreseen.kind === "stuck") return refused("sessionId", twoSentences(foreseen.reason, foreseen.next));
  return { ...warned(), begins: { observed, intro: `adopt session ${sessionId} (${observed.session?.state})` } };
}

async function preflightCreation(preflight: Preflight): Promise<ImportFindings> {
  const { array, target, nowMs, observe } = preflight;
  const own = await findOwn(array, target);
  const others = own === undefined ? await findTakeable(array, target) : undefined;
  const endsFirst = ({ id }: WireSession) => id === own?.id || id === others?.id;
  const { refusals, warnings } = await checkSource(array, { ...target, endsFirst });
  if (others !== undefined) {
    const intro = `take over session ${others.id} (${others.state})`;
    return { ...warned(...warnings), begins: { observed: await observe(), intro } };
  }
  if (own === undefined) {
    const isPast = (target.inputs.scheduledTimestamp ?? Number.POSITIVE_INFINITY) <= nowMs;
    const start = { property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" };
    return { refusals: isPast ? [...refusals, start] : refusals, warnings };
  }
  // What a run that was killed has created is continued, whatever the time and the source say now.
  const ofAnother = refusals.map(({ property, reason }) => `${ifReplaced}: would fail: ${property}: ${reason}`);
  const found = await preflightOwn(preflight, own);
  return { ...found, warnings: [...found.warnings, ...ofAnother] };
}

/** What an earlier run created, or what Pulumi was told to replace without asking us: this read cannot tell the two apart. */
async function preflightOwn({ target, observe }: Preflight, own: WireSession): Promise<ImportFindings> {
  try {
    const observed = await observe();
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
async function preflightReplacement(
  { array, target }: Preflight,
  before: ImportSessionInputs,
): Promise<ImportFindings> {
  const { inputs, urn } = target;
  const isSameArray = before.array === inputs.array;
  // A session that was adopted has the name it had.
  const isSameName = before.sessionId === undefined && sessionNameOf(before, urn) === sessionNameOf(inputs, urn);
  if (!isSameArray || !isSameName) await findByName(array, target);
  const mark = ownershipMark(urn);
  const endsFirst = ({ id, description }: WireSession) =>
    isSameArray && (id === before.sessionId || description?.includes(mark) === true);
  return checkSource(array, { ...target, endsFirst });
}
