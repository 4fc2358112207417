import type { Clock } from "../../../provider/core/async/clock.ts";
import type { Recorded } from "../../../provider/core/resource.ts";
import type { PowerStoreArray } from "../../../provider/powerstore/connect.ts";
import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import type { ObservedImport } from "../../../provider/powerstore/import-session/observed.ts";
import type { ImportAction } from "../../../provider/powerstore/import-session/plan/actions.ts";
import { createBody } from "../../../provider/powerstore/import-session/plan/create-body.ts";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import { importSessionResource } from "../../../provider/powerstore/import-session/resource.ts";
import type { PowerStoreSimulation, SimulationOptions } from "../../arrays/powerstore/simulation.ts";
import { arrangeGroup, arrangeVolume } from "../arrange-powerstore.ts";
import { type Sources, sourcesOf } from "../import-sources.ts";
import type { Question } from "../preview-of.ts";
import type { Trial } from "../trial.ts";
import { type ImportCase, unheardOf } from "./import-case.ts";
import { earlierInputs, inputsOf, isAdopted, knownInputs, type Named, startsAfterMs } from "./import-inputs.ts";
import { importVocabulary, type NameOf, sentTo } from "./import-vocabulary.ts";

export type ImportTrial = Trial<ImportSessionInputs, RecordedImport, ObservedImport, ImportAction>;

/** A simulated PowerStore, and the product connected to it. */
export interface Reached {
  readonly clock: Clock;
  readonly array: PowerStoreSimulation;
  readonly connection: PowerStoreArray;
  close(): Promise<void>;
}

/** Makes a simulated PowerStore and connects the product to it: in this process, or over HTTPS. */
export type Reach = (options: SimulationOptions) => Reached | Promise<Reached>;

/**
 * Puts a PowerStore into the situation, and asks the resource for what the program declares.
 *
 * @param unknown names of inputs that are not known yet. @default none
 */
export async function importTrial(
  one: ImportCase,
  reach: Reach,
  unknown: readonly string[] = [],
): Promise<ImportTrial> {
  const sources = sourcesOf(one.type, Math.max(2, one.members?.length ?? 0));
  const { clock, array, connection, close } = await reach({
    ...sources.options,
    timings,
    bytesPerSecond: 200 * 1024 ** 2,
  });
  const resource = importSessionResource(() => connection);
  const sessionId = arranged(one, array, sources, clock.nowMs());
  const otherId = arrangedOther(one, array, sources);
  const known = new Set(array.sessions().map(({ id }) => id));
  const nameOf: NameOf = (id) => (known.has(id) ? id : "new");
  const named = { sources, sessionId, otherId, nowMs: clock.nowMs() };
  return {
    resource,
    question: await questionOf(one, resource, named, unknown),
    clock,
    maxMs: 15 * 60_000,
    sent: () => sentTo(array, nameOf),
    vocabulary: importVocabulary(nameOf, one.members === undefined ? sources.volumeId : sources.groupId),
    close,
  };
}

/** Every state lasts longer than the product lets pass between two reads. */
const timings = { setupMs: 45_000, mirrorMs: 45_000, readyMs: 45_000, cutoverMs: 30_000, rollbackMs: 30_000 };

/** How long the product lets pass between two reads, at most. */
export const pollMaximumMs = 20_000;

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::erp";

/** Puts the session where it is to be found. @returns its id */
function arranged(
  one: ImportCase,
  array: PowerStoreSimulation,
  { remoteSystemId, volumeId, groupId }: Sources,
  nowMs: number,
): string | undefined {
  const { state, members, type, isAutomatic = false, after } = one;
  if (state === undefined) return undefined;
  const inputs = {
    remoteSystemId,
    sourceResourceId: members === undefined ? volumeId : groupId,
    type,
    targetState: "Import_Completed",
    forceCancel: false,
    ...(isAutomatic ? { automaticCutover: true } : {}),
    ...(state === "Scheduled" ? { scheduledTimestamp: nowMs + startsAfterMs } : {}),
  } as const;
  const made = createBody(inputs, urn, nowMs);
  const body = isAdopted(one) ? { ...made, name: "made-by-hand", description: "by hand" } : made;
  const known = state === unheardOf ? "Copy_In_Progress" : state;
  const id =
    members === undefined ? arrangeVolume(array, body, known, after) : arrangeGroup(array, body, members, known).id;
  if (state === unheardOf) array.disguise(id, { state });
  return id;
}

/** Another session of the same wave, that stays as it is. @returns its id */
function arrangedOther({ gate, members, type }: ImportCase, array: PowerStoreSimulation, sources: Sources): string {
  if (gate !== "wave is ready" && gate !== "wave is not ready") return "nobody";
  const state = gate === "wave is ready" ? "Ready_For_Cutover" : "Paused";
  const source = members === undefined ? sources.groupId : sources.volumeId;
  const body = { remote_system_id: sources.remoteSystemId, source_resource_id: source, name: "crm", type };
  return members === undefined
    ? arrangeGroup(array, body, [state, state], state).id
    : arrangeVolume(array, body, state);
}

type Resource = ReturnType<typeof importSessionResource>;

async function questionOf(
  one: ImportCase,
  resource: Resource,
  named: Named,
  unknown: readonly string[],
): Promise<Question<ImportSessionInputs, RecordedImport>> {
  const wholly = inputsOf(one, named);
  const inputs = unknown.length === 0 ? wholly : knownInputs(one, named, unknown);
  const base = { urn, inputs, unknown, isPreview: true } as const;
  const { how } = one;
  if (how === "new" || how === "found" || how === "adopted")
    return { kind: "create", target: { ...base, operation: { kind: "create" }, recorded: undefined } };
  const before = inputsBefore(one, named);
  const recorded = await recordedOf(one, resource, { ...base, inputs: before, unknown: [] }, named);
  if (how === "destroy own" || how === "destroy taken over")
    return { kind: "delete", target: { ...base, operation: { kind: "delete" }, recorded } };
  const target = { ...base, operation: { kind: "update", before }, recorded } as const;
  const changed = [...new Set([...changedNames(before, wholly), ...unknown])];
  return { kind: "update", target, before, changed };
}

/** What stood in the program when the session was recorded. */
function inputsBefore(one: ImportCase, named: Named): ImportSessionInputs {
  const earlier = { ...one, isAnother: false, consents: false };
  return one.isEdited === true ? earlierInputs(earlier, named) : inputsOf(earlier, named);
}

/** What the last run has recorded of the session as it is now. */
async function recordedOf(
  one: ImportCase,
  resource: Resource,
  base: {
    readonly urn: string;
    readonly inputs: ImportSessionInputs;
    readonly unknown: readonly [];
    readonly isPreview: true;
  },
  { sessionId = "", nowMs }: Named,
): Promise<Recorded<RecordedImport>> {
  const state = resource.schemas.recorded.parse({ sessionId, adopted: isAdopted(one) });
  const made = { id: sessionId, state };
  const target = { ...base, operation: { kind: "read" }, recorded: made } as const;
  const observed = await resource.observe(target, undefined, { signal: new AbortController().signal, nowMs });
  return resource.record(observed, target, { entries: [], step: undefined, nowMs }) ?? made;
}

function changedNames(before: ImportSessionInputs, after: ImportSessionInputs): readonly string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  const values = (inputs: ImportSessionInputs) => new Map<string, unknown>(Object.entries(inputs));
  const [old, now] = [values(before), values(after)];
  return [...names].filter((name) => JSON.stringify(old.get(name)) !== JSON.stringify(now.get(name)));
}
