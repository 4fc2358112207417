import { isSameAddress } from "../../../core/array/connection.ts";
import { MigrationError, twoSentences } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { Findings, Reading } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import { showsCutover } from "../cut-over.ts";
import { consents, type ImportSessionInputs } from "../inputs.ts";
import { ownershipMark, sessionNameOf } from "../naming.ts";
import { type FindingArray, findById, findByName, findOwn, findTakeable } from "../observe/find.ts";
import { assumeImport, type Observing, observeImport } from "../observe/observe.ts";
import { checkSource, refused, warned } from "../observe/source-check.ts";
import type { ObservedImport } from "../observed.ts";
import { type Kept, whyKept } from "../plan/consent.ts";
import { planImport } from "../plan/plan.ts";
import type { ImportTarget } from "../target.ts";

/** A check before a run: on which array, and of what. */
interface Preflight {
  readonly array: FindingArray & Pick<PowerStoreArray, "nowMs" | "aheadMs">;
  readonly target: ImportTarget;
  readonly nowMs: number;
  /** Whether the other name in the configuration is of the same array. */
  isOnArray(other: string | undefined): boolean;
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
  const { previewClient: client, checkRoles, ...connection } = observing.arrays(target.inputs.array);
  const observe = () => observeImport(observing, target, undefined, reading);
  const isOnArray = (other: string | undefined) => isSameAddress(observing.arrays, other, target.inputs.array);
  const preflight = { array: { ...connection, client, signal }, target, nowMs, observe, isOnArray };
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
  const ofAnother = consents(target.inputs, own.id) ? refusals : [];
  const found = await preflightOwn(preflight, own);
  return { ...found, warnings: [...found.warnings, ...ofAnother.map(asOfAnother)] };
}

function asOfAnother({ property, reason }: InputFailure): string {
  return `${ifReplaced}: would fail: ${property}: ${reason}`;
}

/** What an earlier run created, or, with consent, what Pulumi was told to replace without asking us: this read cannot tell the two apart. */
async function preflightOwn({ array, target, nowMs, observe }: Preflight, own: WireSession): Promise<ImportFindings> {
  const mayBeReplaced = consents(target.inputs, own.id);
  try {
    const observed = await observe();
    // What is left of a failed attempt makes room only with consent.
    if (observed.run.sessionId === undefined) {
      const foreseen = planImport(target, observed, { nowMs, isNow: true });
      if (foreseen.kind === "stuck") return refused("copyAgain", twoSentences(foreseen.reason, foreseen.next));
      return { ...warned(), begins: { observed } };
    }
    const intro = `continue with session ${own.id} (${own.state})`;
    if (!mayBeReplaced)
      return { ...warned(), begins: { observed, intro: `${intro}, which only copyAgain: "${own.id}" replaces` } };
    return {
      ...warned(),
      begins: { observed, intro: `${intro}, unless it is replaced` },
      instead: { observed: assumeImport(target, array), prefix: ifReplaced },
    };
  } catch (error) {
    if (!(error instanceof MigrationError) || error.kind !== "identity" || !mayBeReplaced) throw error;
    return warned(`would fail, unless session ${own.id} is replaced: ${error.message}`);
  }
}

const ifReplaced = "if it is replaced";

/** What the session that exists occupies, its name and its source, is free when that is gone. A start that has passed is left out then. */
async function preflightReplacement(
  { array, target, isOnArray }: Preflight,
  before: ImportSessionInputs,
): Promise<ImportFindings> {
  const { inputs, urn } = target;
  const isSameArray = isOnArray(before.array);
  const kept = isSameArray ? await keptSession(array, target, before) : undefined;
  if (kept !== undefined) return refused("copyAgain", twoSentences(kept.reason, kept.next));
  // A session that was adopted has the name it had, and is only released.
  const isCreated = before.sessionId === undefined;
  const isSameName = isCreated && sessionNameOf(before, urn) === sessionNameOf(inputs, urn);
  if (!isSameArray || !isSameName) await findByName(array, target);
  const mark = ownershipMark(urn);
  const endsFirst = ({ description }: WireSession) => isSameArray && isCreated && description?.includes(mark) === true;
  return checkSource(array, { ...target, endsFirst });
}

/** Why the session that the array shows of the resource is kept, also where Pulumi was told to replace it and asks for no difference. */
async function keptSession(
  array: FindingArray,
  { inputs, urn }: ImportTarget,
  before: ImportSessionInputs,
): Promise<Kept | undefined> {
  const { sessionId, sourceResourceId } = before;
  const own = sessionId === undefined ? await findOwn(array, { inputs: before, urn }).catch(ofAnother) : undefined;
  const id = sessionId ?? own?.id;
  if (id === undefined) return undefined;
  const found = await findById(array, id);
  const isReleased = sessionId !== undefined && !showsCutover(found);
  return isReleased ? undefined : whyKept({ ...found, id, recorded: undefined, sourceResourceId }, inputs);
}

/** Somebody else's session that has the name is none of the resource's. */
function ofAnother(error: unknown): undefined {
  if (error instanceof MigrationError && error.kind === "identity") return undefined;
  throw error;
}
