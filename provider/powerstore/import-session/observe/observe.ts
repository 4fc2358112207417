import { MigrationError } from "../../../core/errors.ts";
import type { Reading } from "../../../core/resource.ts";
import type { PowerStoreArray } from "../../connect.ts";
import { newRun, type ObservedImport, runAfterRead } from "../observed.ts";
import { assumedOf } from "../recorded.ts";
import { isPastCopy, isPastCutover, notObservedYet } from "../states.ts";
import { type ImportTarget, isAdopting, knownSessionId } from "../target.ts";
import { confirmAdoptable } from "./adopt.ts";
import { type FindingArray, findById, findByName } from "./find.ts";
import { unreadyMember, type WaveMembers } from "./wave.ts";

/** What an observation needs of the deployment. */
export interface Observing {
  arrays(name: string | undefined): PowerStoreArray;
  readonly waves: WaveMembers;
}

/**
 * Reads the session of a resource once: by its id where that is known, by its name where an earlier run may have created it.
 *
 * @throws MigrationError `identity`, `notFound` or `input` where it is not the resource's own, or cannot be adopted
 */
export async function observeImport(
  { arrays, waves }: Observing,
  target: ImportTarget,
  before: ObservedImport | undefined,
  { signal, nowMs }: Reading,
): Promise<ObservedImport> {
  const { urn, inputs, recorded, operation } = target;
  const array = arrays(inputs.array);
  const run = before?.run ?? newRun(knownSessionId(target), isPastCutover(recorded?.state.state));
  const { sessionId } = run;
  const clientOf = (name: string | undefined) => {
    const { client, previewClient } = arrays(name);
    return target.isPreview ? previewClient : client;
  };
  const reading: FindingArray = { client: clientOf(inputs.array), title: array.title, signal };
  const found = await (sessionId === undefined ? findByName(reading, target) : findById(reading, sessionId));
  const { session } = found;
  if (before === undefined && isAdopting(target) && sessionId !== undefined)
    confirmAdoptable(sessionId, session, inputs, array.title);
  // Only the first read can be that of another array.
  if (before === undefined && session === undefined && recorded !== undefined)
    confirmSameArray(array, recorded.id, recorded.state.endpoint);
  const { wave } = inputs;
  // A refresh or a destroy of it asks no other session.
  const isDriven = operation.kind !== "read" && operation.kind !== "delete";
  const mayCutOver = wave?.part === "cutover" && wave.hold === "" && isPastCopy(session?.state) && isDriven;
  return {
    ...found,
    unready: mayCutOver ? await unreadyMember(waves.recalled(urn, wave), clientOf, signal) : undefined,
    endpoint: array.settings.origin,
    atMs: array.nowMs(),
    aheadMs: array.aheadMs(),
    run: runAfterRead(run, session, nowMs),
    isFirst: before === undefined,
  };
}

/**
 * A session that is not found where it was recorded is gone. One that is not found elsewhere only means that the address has changed.
 *
 * @param recordedOn the address it was recorded on; an older release did not record it
 * @throws MigrationError `identity`
 */
export function confirmSameArray(
  { title, settings }: Pick<PowerStoreArray, "title" | "settings">,
  sessionId: string,
  recordedOn: string | undefined,
): void {
  if (recordedOn === undefined || recordedOn === settings.origin) return;
  throw new MigrationError({
    kind: "identity",
    attempted: `find import session ${sessionId}`,
    on: title,
    answered: `there is no such session; it was recorded on ${recordedOn}`,
    next: "Point the configuration back at that array. If the array has moved and the session is gone, use `pulumi state delete`.",
  });
}

/** What was recorded, as if it were observed: only the clock is the array's. What is to be adopted and cannot be read is taken to be at its beginning. */
export function assumeImport(
  target: ImportTarget,
  array: Pick<PowerStoreArray, "nowMs" | "aheadMs"> | undefined,
): ObservedImport {
  const { recorded, inputs, operation } = target;
  const sessionId = knownSessionId(target);
  const endpoint = recorded?.state.endpoint;
  const nothing = {
    session: undefined,
    members: [],
    unready: undefined,
    endpoint,
    atMs: array?.nowMs() ?? 0,
    aheadMs: array?.aheadMs(),
    run: newRun(sessionId),
  };
  if (sessionId === undefined) return nothing;
  // Neither the array nor the record tells when it starts: it is moved only when the program moves it.
  const { scheduledTimestamp: startMs } = operation.kind === "update" ? operation.before : inputs;
  const scheduled_timestamp = startMs === undefined ? undefined : new Date(startMs).toISOString();
  if (recorded === undefined) {
    const type = inputs.hostSteps === undefined ? undefined : "Agentless";
    return { ...nothing, session: { id: sessionId, state: notObservedYet, type } };
  }
  const { session, members } = assumedOf(recorded);
  return { ...nothing, session: { ...session, scheduled_timestamp }, members };
}
