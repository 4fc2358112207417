import { MigrationError, twoSentences } from "../../../core/errors.ts";
import type { InputFailure } from "../../../core/inputs.ts";
import type { Announcement, Operation, Preflight } from "../../../core/lifecycle.ts";
import type { PowerStoreArray } from "../../connect.ts";
import type { WireSession } from "../../wire.ts";
import type { ImportSessionInputs } from "../inputs.ts";
import { ownershipMark, sessionNameOf } from "../naming.ts";
import { adoptionWarnings, refuseAdoption } from "../observe/adopt.ts";
import { findOwn, observeById, observeByName } from "../observe/find.ts";
import { checkSource } from "../observe/source-check.ts";
import { planForward } from "../plan/forward.ts";
import { goalOf } from "../plan/goal.ts";
import { isOver } from "../states.ts";
import { announceFound, announceImport, type SeenSession } from "./outlook.ts";

/**
 * What a look shows of a session that is to be made or adopted, also in the place of another one: a session that cannot be adopted or leads nowhere, a name that
 * is taken, a source that is not there or not importable, a start in the past. Of a session that is recorded its review says all.
 */
export async function preflightImport(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  occasion: Operation<ImportSessionInputs>,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  if (occasion.is === "change") return nothing;
  const found = await preflightSession(array, inputs, occasion, nowMs, signal);
  return { ...found, warnings: [...found.warnings, ...(await array.checkRoles(signal))] };
}

async function preflightSession(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  occasion: Exclude<Operation<ImportSessionInputs>, { readonly is: "change" }>,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const { sessionId } = inputs;
  try {
    if (sessionId !== undefined) return await preflightAdoption(array, sessionId, inputs, nowMs, signal);
    if (occasion.is === "creation") return await preflightCreation(array, inputs, nowMs, signal);
    return await preflightReplacement(array, inputs, occasion.before, signal);
  } catch (error) {
    const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
    if (!isCertain) throw error;
    const property = sessionId === undefined ? "sessionName" : "sessionId";
    return { refusals: [{ property, reason: error.message }], warnings: [] };
  }
}

const nothing: Preflight = { refusals: [], warnings: [] };

async function preflightCreation(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const own = await findOwn(array, inputs, signal);
  const { refusals, warnings } = await checkSource(array, inputs, ({ id }) => id === own?.id, signal);
  if (own === undefined) return { refusals: [...refusals, ...refusedStart(inputs, nowMs)], warnings };
  // What a run that was killed has made is driven on, whatever the time and the source say now.
  const anothers = refusals.map(({ property, reason }) => ifReplaced(`would fail: ${property}: ${reason}`));
  const announced = await announceOwn(array, inputs, own, nowMs, signal);
  return { refusals: [], warnings: anothers, announced };
}

/** What the session that is there occupies, its name and its source, is free when that is gone. A start that has passed is left out then. */
async function preflightReplacement(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  before: ImportSessionInputs,
  signal: AbortSignal,
): Promise<Preflight> {
  const isSameArray = before.array === inputs.array;
  if (!isSameArray || madeName(before) !== madeName(inputs)) await observeByName(array, inputs, signal);
  const mark = ownershipMark(inputs.resourceUrn);
  const endsFirst = ({ id, description }: WireSession) =>
    isSameArray && (id === before.sessionId || description?.includes(mark) === true);
  return checkSource(array, inputs, endsFirst, signal);
}

/** What an earlier run made, or what Pulumi was told to replace without asking us: this look cannot tell the two apart. */
async function announceOwn(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  own: WireSession,
  nowMs: number,
  signal: AbortSignal,
): Promise<Announcement> {
  const ofNew = announceImport(inputs, nowMs);
  if (isOver(own.state) && own.state !== "Import_Completed")
    return { ...ofNew, plan: `remove the record of session ${own.id} (${own.state}); ${ofNew.plan}` };
  try {
    const { session = own, members } = await observeByName(array, inputs, signal);
    const forward = { ...goalOf(inputs, session.id, nowMs), mayCreate: false, cutOverFrom: [] };
    const step = planForward(forward, { session, members });
    const how = "go on, unless it is replaced, with";
    const { plan, warnings } = announceFound(how, inputs, seenOf(session), step, nowMs);
    const anothers = ofNew.warnings.filter((warning) => !warnings.includes(warning));
    return { plan, warnings: [...warnings, ...anothers.map(ifReplaced)] };
  } catch (error) {
    if (!(error instanceof MigrationError) || error.kind !== "identity") throw error;
    const text = `would fail, unless it is replaced: ${error.message}`;
    return { plan: text, warnings: [text] };
  }
}

function ifReplaced(text: string): string {
  return `if it is replaced: ${text}`;
}

async function preflightAdoption(
  array: PowerStoreArray,
  sessionId: string,
  inputs: ImportSessionInputs,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const observed = await observeById(array, sessionId, signal);
  const { session } = observed;
  refuseAdoption(array, sessionId, inputs, session);
  const step = planForward({ ...goalOf(inputs, sessionId, nowMs), mayCreate: false, cutOverFrom: [] }, observed);
  if (step.kind === "stuck")
    return { refusals: [{ property: "sessionId", reason: twoSentences(step.reason, step.next) }], warnings: [] };
  const announced = session && announceFound("adopt", inputs, seenOf(session), step, nowMs);
  return { refusals: [], warnings: adoptionWarnings(session, inputs), announced };
}

function seenOf({ id: sessionId, state, type, automatic_cutover: cutsOverByItself = false }: WireSession): SeenSession {
  return { sessionId, state, type, cutsOverByItself };
}

/** The name of the session that was made of these inputs; undefined for one that was adopted with the name it had. */
function madeName(inputs: ImportSessionInputs): string | undefined {
  return inputs.sessionId === undefined ? sessionNameOf(inputs) : undefined;
}

function refusedStart(
  { scheduledTimestamp = Number.POSITIVE_INFINITY }: ImportSessionInputs,
  nowMs: number,
): InputFailure[] {
  const reason = "lies in the past; leave it out to start at once";
  return scheduledTimestamp > nowMs ? [] : [{ property: "scheduledTimestamp", reason }];
}
