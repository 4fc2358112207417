import fc from "fast-check";
import { z } from "zod";
import { type CopySessionSeed, startEternus, steppedClock } from "../../arrays/index.ts";
import { seededRandom } from "../../bench/random.ts";
import { present, sometimes } from "../arbitrary.ts";
import { sentAct } from "../eternus/sent-act.ts";
import { timeline } from "../timeline.ts";
import { editSchedules } from "./arbitrary.ts";
import type { Program } from "./program.ts";
import { plainly } from "./stack.ts";
import type { ProgramTrial } from "./trial.ts";

/** Which copy sessions there are, and how the array works. */
export interface World {
  /** One is suspended before anything begins. @default false */
  readonly isOneSuspended?: boolean;
  readonly suspendDrainMs?: number;
}

/** 0 is as good an id as any. */
const ids = [0, 7, 12, 13, 20] as const;

/** An ETERNUS, and a program with groups of copy sessions. */
export async function groupProgram(world: World): Promise<ProgramTrial> {
  const arrayClock = steppedClock({ startMs: Date.UTC(2030, 0, 1) });
  const time = timeline(arrayClock, seededRandom(20300101));
  const seeds = ids.map((id): CopySessionSeed => {
    const isSuspended = world.isOneSuspended === true && id === 12;
    return { id, ...(isSuspended ? { status: "Suspend", suspendedMs: Date.UTC(2029, 11, 31) } : {}) };
  });
  const { suspendDrainMs } = world;
  const behaviour = suspendDrainMs === undefined ? {} : { suspendDrainMs };
  const array = await startEternus({ clock: arrayClock, sessions: seeds, behaviour });
  const statusOf = (object: string) => array.session(Number(object.split(" ").at(-1)))?.status;
  const byHand = new Set<number>();

  return {
    time,
    arrayClock,
    array,
    config: plainly("eternus", array),
    type: "pulumi-nodejs:dynamic/eternus:RecSessionGroup",
    hooks: "recSessionGroup",
    rules: {
      // Open, like the edits below: a name that another group had makes that group give up its members.
      names: namesOf,
      hasMembers: true,
      canReturn: true,
      mayPutBack: () => true,
      idOf: () => undefined,
    },
    inputs: ({ objects, target, hold, spelling = 0 }) => ({
      copySessionIds: (spelling % 2 === 0 ? objects : objects.toReversed()).map(Number),
      targetState: target === "onward" ? "Active" : "Suspend",
      ...(spelling > 3 ? { waitForEquivalent: true, force: false } : {}),
      ...(hold === "running" ? { waitForEquivalent: false } : {}),
    }),
    actIn(request) {
      const act = sentAct(request);
      return act === undefined ? undefined : { verb: act.kind, objects: act.ids.map((id) => `copy session ${id}`) };
    },
    took: () => [],
    isAbout: ({ objects }, object) => objects.includes(object.split(" ").at(-1) ?? ""),
    recordedObjects: ({ outputs }) => sessionsOf(outputs).map(({ id }) => `copy session ${id}`),
    makerOf: () => undefined,
    contradiction({ objects, target }, { outputs }) {
      const recorded = sessionsOf(outputs);
      const wrong = objects.flatMap((id) => {
        const status = statusOf(id);
        const known = recorded.find((one) => `${one.id}` === id)?.status;
        const wanted = target === "onward" ? "Active" : "Suspend";
        if (status === known && status === wanted) return [];
        return [`copy session ${id} is ${status}, and is recorded as ${known}, and declared to be ${wanted}`];
      });
      return wrong.length === 0 ? undefined : wrong.join(", ");
    },
    byHand(word, at) {
      const id = ids[at % ids.length] ?? 0;
      const known = handWords.find((one) => one === word);
      if (known === undefined) throw new Error(`nothing done by hand is called ${word}`);
      byHand.add(id);
      try {
        array.operator[known](id);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
      }
    },
    isGrave: () => false,
    leftAtWork: () =>
      seeds.flatMap(({ id, status }) => {
        if (status === "Suspend" || byHand.has(id) || statusOf(`${id}`) !== "Suspend") return [];
        const named = new RegExp(`\\bcopy sessions? [\\d, ]*\\b${id}\\b`);
        return [{ text: `copy session ${id} is suspended`, named, objects: [`copy session ${id}`] }];
      }),
    snapshot: () =>
      array
        .sessions()
        .map(({ id, status, phase }) => `${id} ${status}${phase === "Equivalent" ? "" : ` ${phase}`}`)
        .join(", "),
  };
}

function namesOf(objects: readonly string[]): readonly string[] {
  return ["a", "b", "c"].map((letter) => `rec-${objects.join("-")}-${letter}`);
}

const recordedSessions = z.array(z.object({ id: z.number(), status: z.string() }));

function sessionsOf(outputs: { readonly sessions?: unknown }) {
  return recordedSessions.safeParse(outputs.sessions).data ?? [];
}

export const handWords = ["suspend", "resume"] as const;

const programs: fc.Arbitrary<Program> = fc
  .record({
    cut: fc.constantFrom([2, 4], [1, 3, 5], [3], [4, 5]),
    onward: fc.constantFrom(0, 0, 0, 1, 2),
    isChained: fc.boolean(),
  })
  .map(({ cut, onward, isChained }) => ({
    parts: cut.map((end, index) => {
      const objects = ids.slice(cut[index - 1] ?? 0, end).map(String);
      const [name = ""] = namesOf(objects);
      return { name, objects, ...(onward === index + 1 ? { target: "onward" as const } : {}) };
    }),
    isChained,
    removed: [],
  }));

export const groupSchedules = editSchedules<World>({
  world: present(
    fc.record({
      isOneSuspended: sometimes(fc.constant(true), 3),
      suspendDrainMs: sometimes(fc.constantFrom(0, 70_000)),
    }),
  ),
  program: programs,
  edits: [
    "rename",
    "move",
    "remove",
    "put back",
    "share",
    "split",
    "merge",
    "pass",
    "chain",
    "turn",
    "spell",
    "change",
  ],
  handWords,
  // Copy sessions carry no mark: nobody can tell which stack has suspended one.
  hasCopies: false,
});
