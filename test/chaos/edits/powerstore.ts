import fc from "fast-check";
import { z } from "zod";
import { PowerStoreRefusal, startPowerStore, steppedClock } from "../../arrays/index.ts";
import { defaultInventory } from "../../arrays/powerstore/inventory.ts";
import { seededRandom } from "../../bench/random.ts";
import type { Properties } from "../../engine/wire-value.ts";
import { present, sometimes } from "../arbitrary.ts";
import { sentAct } from "../powerstore/sent-act.ts";
import { timeline } from "../timeline.ts";
import { editSchedules } from "./arbitrary.ts";
import type { Part, Program } from "./program.ts";
import { plainly, projectName } from "./stack.ts";
import type { Act, ProgramTrial } from "./trial.ts";

/** How an array that imports works. */
export interface World {
  readonly mebibytesPerSecond: number;
}

const sources = ["sv_42", "sv_43", "res_7"] as const;

/** A PowerStore, and a program with imports. */
export async function importProgram(world: World): Promise<ProgramTrial> {
  const arrayClock = steppedClock({ startMs: Date.UTC(2030, 0, 1) });
  const time = timeline(arrayClock, seededRandom(20300101));
  const array = await startPowerStore({
    clock: arrayClock,
    bytesPerSecond: world.mebibytesPerSecond * 1024 ** 2,
  });
  const sessionOf = (object: string) => array.sessions().find(({ id }) => `session ${id}` === object);
  const whole = (id: string) => {
    const session = array.sessions().find((one) => one.id === id);
    return session?.parent_session_id ?? id;
  };
  const latestOf = (source: string) =>
    array.sessions().findLast((one) => one.source_resource_id === source && one.parent_session_id === null);
  const cutOver = new Map<string, string>();
  const consented = new Set<string>();

  return {
    time,
    arrayClock,
    array,
    config: plainly("powerstore", array),
    type: "pulumi-nodejs:dynamic/powerstore:ImportSession",
    hooks: "importSession",
    rules: {
      names: ([source = ""]) => ["a", "b", "c"].map((letter) => `${source.replace("_", "-")}-${letter}`),
      hasMembers: false,
      canReturn: false,
      mayPutBack: () => true,
      idOf({ objects: [source = ""] }) {
        const latest = latestOf(source);
        return latest === undefined || isGivenUp(latest.state) ? undefined : latest.id;
      },
    },
    inputs: inputsOf,
    consent(program, told) {
      const ids = told.flatMap((text) => [...text.matchAll(/copyAgain: "([^"]+)"/g)].map(([, id = ""]) => id));
      for (const id of ids) consented.add(id);
      const isOf = (id: string, source: string) =>
        id === source || cutOver.get(source) === id || sessionOf(`session ${id}`)?.source_resource_id === source;
      const parts = program.parts.map((one) => {
        const id = ids.find((id) => one.objects.some((source) => isOf(id, source)));
        // What was adopted is declared by its source from then on.
        if (id === undefined) return one;
        const { byId: _, ...own } = one;
        return { ...own, copyAgain: id };
      });
      return { ...program, parts };
    },
    actIn(request): Act | undefined {
      const act = sentAct(request);
      if (act === undefined) return undefined;
      const { data } = createBody.safeParse(request.body);
      const object = act.name === "create" ? `source ${data?.source_resource_id}` : `session ${whole(act.sessionId)}`;
      return { verb: act.name, objects: [object] };
    },
    took({ verb, objects: [object = ""] }, { status }) {
      if (verb !== "cutover" || status >= 300) return [];
      const { id = "", source_resource_id: source = "" } = sessionOf(object) ?? {};
      const before = cutOver.get(source);
      cutOver.set(source, id);
      if (before === id) return [`a second cutover of session ${id}`];
      // Of a session that was cleared away only the journal knows, which may be missing.
      const isLeft = before !== undefined && sessionOf(`session ${before}`) !== undefined;
      return isLeft && !consented.has(before) ? [`a cutover of session ${id}, though ${before} was cut over`] : [];
    },
    isAbout: ({ objects }, object) => objects.includes(sessionOf(object)?.source_resource_id ?? "none"),
    recordedObjects: ({ id }) => (id === "" ? [] : [`session ${id}`]),
    makerOf: (object) => new RegExp(`^${projectName}-([a-z]+)-`).exec(sessionOf(object)?.name ?? "")?.[1],
    contradiction({ objects: [source] }, { id, outputs: { state, held } }) {
      const session = sessionOf(`session ${id}`);
      if (session === undefined)
        return state === "Import_Completed" ? undefined : `session ${id} does not exist, and is recorded as ${state}`;
      if (session.source_resource_id !== source) return `session ${id} imports ${session.source_resource_id}`;
      if (session.state !== state) return `session ${id} is ${session.state}, and is recorded as ${state}`;
      const isAtRest = ["Ready_For_Cutover", "Import_Completed"].includes(session.state) || held !== undefined;
      return isAtRest ? undefined : `session ${id} is ${session.state}, and nothing holds it`;
    },
    byHand(word, at) {
      const id = latestOf(sources[at % sources.length] ?? "")?.id;
      const known = handWords.find((one) => one === word);
      if (known === undefined) throw new Error(`nothing done by hand is called ${word}`);
      try {
        if (id !== undefined) array.operator[known](id);
      } catch (error) {
        if (!(error instanceof PowerStoreRefusal)) throw error;
      }
    },
    isGrave: (word) => word === "cancel" || word === "cutover",
    leftAtWork: () =>
      array
        .sessions()
        .filter(({ state, parent_session_id: parent }) => parent === null && !over.includes(state))
        .map(({ id, state, name, source_resource_id: source }) => ({
          text: `session ${id} (${name}), ${state}`,
          named: new RegExp(id),
          objects: [`session ${id}`, `source ${source}`],
        })),
    snapshot: () =>
      array
        .sessions()
        .map(({ id, state, source_resource_id: source }) => `${id.slice(0, 4)} of ${source} ${state}`)
        .join(", "),
  };
}

/** Nobody names a session that comes to nothing. */
const isGivenUp = (state: string) => state.startsWith("Cancel") || state === "Failed";
const ended = ["Cancelled", "Failed"];
const over = ["Import_Completed", "Import_Completed_With_Errors", ...ended];
const createBody = z.object({ source_resource_id: z.string() });

function inputsOf({ objects: [source], target, hold, byId, copyAgain, spelling = 0 }: Part): Properties {
  const isOnward = target === "onward";
  const remoteSystemId = spelling > 3 ? defaultInventory.remoteSystems[0]?.id : "name:old-unity";
  const writtenOut = spelling > 2 ? { automaticCutover: false, description: "" } : {};
  const creation = { remoteSystemId, sourceResourceId: source, type: "Non_Disruptive", ...writtenOut };
  const named = byId === undefined ? creation : { sessionId: byId };
  return {
    ...named,
    ...(copyAgain === undefined ? {} : { copyAgain }),
    ...(isOnward ? { targetState: "Import_Completed" } : spelling === 0 ? {} : { targetState: "Ready_For_Cutover" }),
    ...(spelling > 1 ? { forceCancel: false } : {}),
    ...(hold === "shut" ? { cutoverApproval: "" } : {}),
    ...(hold === "paused" ? { paused: true } : hold === "running" ? { paused: false } : {}),
  };
}

export const handWords = ["pause", "resume", "cutover", "cancel"] as const;

const part: fc.Arbitrary<Omit<Part, "name" | "objects">> = present(
  fc.record({
    target: sometimes(fc.constant("onward" as const), 3),
    hold: sometimes(fc.constantFrom("shut" as const, "paused"), 2),
    isInside: sometimes(fc.constant(true), 1),
  }),
);

const programs: fc.Arbitrary<Program> = fc
  .record({
    parts: fc.tuple(part, part, part),
    count: fc.integer({ min: 1, max: 3 }),
    isChained: fc.boolean(),
  })
  .map(({ parts, count, isChained }) => ({
    parts: parts.slice(0, count).map((one, index) => {
      const source = sources[index] ?? "";
      return { ...one, name: `${source.replace("_", "-")}-a`, objects: [source] };
    }),
    isChained,
    removed: [],
  }));

export const importSchedules = editSchedules<World>({
  world: fc.record({ mebibytesPerSecond: fc.constantFrom(5000, 1000) }),
  program: programs,
  edits: ["rename", "move", "remove", "put back", "share", "adopt", "chain", "turn", "spell", "change"],
  handWords,
  hasCopies: true,
});
