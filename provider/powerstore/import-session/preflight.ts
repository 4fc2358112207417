import { isDeepStrictEqual } from "node:util";
import { MigrationError, twoSentences } from "../../core/errors.ts";
import type { InputFailure } from "../../core/inputs.ts";
import type { Preflight } from "../../core/lifecycle.ts";
import type { PowerStoreArray } from "../connect.ts";
import type { WireSession } from "../wire.ts";
import { adoptionWarnings, refuseAdoption } from "./adopt.ts";
import { forwardOf } from "./desired.ts";
import { findOwn, observeById } from "./find.ts";
import { planForward } from "./forward.ts";
import { type ImportSessionInputs, identifyingInputs } from "./inputs.ts";
import { sessionNameOf } from "./naming.ts";
import { announceAdoption, type SeenSession } from "./outlook.ts";
import { checkSource } from "./source-check.ts";

/**
 * What a look shows of a session that is to be made or adopted, also in the place of another one: a session that cannot be adopted or leads nowhere, a name that
 * is taken, a source that is not there or not importable, a start in the past.
 *
 * @param before the inputs of the session in whose place it comes, if it is another one
 */
export async function preflightImport(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  before: ImportSessionInputs | undefined,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const { sessionId } = inputs;
  if (before !== undefined && !needsAnother(before, inputs)) return nothing;
  try {
    return sessionId === undefined
      ? await preflightCreation(array, inputs, before, nowMs, signal)
      : await preflightAdoption(array, sessionId, inputs, before, nowMs, signal);
  } catch (error) {
    const isCertain = error instanceof MigrationError && ["identity", "notFound", "input"].includes(error.kind);
    if (!isCertain) throw error;
    const property = sessionId === undefined ? "sessionName" : "sessionId";
    return { refusals: [{ property, reason: error.message }], warnings: [] };
  }
}

const nothing: Preflight = { refusals: [], warnings: [] };

function needsAnother(before: ImportSessionInputs, after: ImportSessionInputs): boolean {
  return ["array" as const, ...identifyingInputs].some((name) => !isDeepStrictEqual(before[name], after[name]));
}

async function preflightCreation(
  array: PowerStoreArray,
  inputs: ImportSessionInputs,
  before: ImportSessionInputs | undefined,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const isSameArray = before?.array === inputs.array;
  if (before === undefined || !isSameArray || madeName(before) !== madeName(inputs)) {
    const own = await findOwn(array, inputs, signal);
    // What a run that was killed has made is driven on, whatever the time and the source say now.
    if (before === undefined && own !== undefined) return nothing;
  }
  const mayBeOwn =
    before !== undefined &&
    isSameArray &&
    (before.sourceResourceId === undefined || before.sourceResourceId === inputs.sourceResourceId);
  const { refusals, warnings } = await checkSource(array, inputs, mayBeOwn, signal);
  const late = before === undefined ? refusedStart(inputs, nowMs) : [];
  return { refusals: [...refusals, ...late], warnings };
}

async function preflightAdoption(
  array: PowerStoreArray,
  sessionId: string,
  inputs: ImportSessionInputs,
  before: ImportSessionInputs | undefined,
  nowMs: number,
  signal: AbortSignal,
): Promise<Preflight> {
  const observed = await observeById(array, sessionId, signal);
  const { session } = observed;
  // It may be the recorded session itself, complete and cleared away: the review knows.
  if (session === undefined && before !== undefined) return nothing;
  refuseAdoption(array, sessionId, inputs, session);
  const step = planForward({ ...forwardOf(inputs, sessionId, nowMs), mayCreate: false, cutOverFrom: [] }, observed);
  if (step.kind === "stuck" && before === undefined)
    return { refusals: [{ property: "sessionId", reason: twoSentences(step.reason, step.next) }], warnings: [] };
  const announced = session && announceAdoption(inputs, seenOf(session), step, nowMs);
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
