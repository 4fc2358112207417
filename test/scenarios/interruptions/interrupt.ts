import { expect } from "vitest";
import type { Interruption, StateResource } from "../../engine/engine.ts";
import type { World } from "../world.ts";
import { type HeldAnswer, holdAnswer } from "./hold.ts";
import { answerAt, type Course, type Moment } from "./moments.ts";
import type { Way } from "./ways.ts";

/** How and when a run is interrupted. */
export interface How {
  readonly way: Way;
  readonly moment: Moment;
}

/**
 * Interrupts a run in that way and at that moment; expects that it ends, asks nothing more of the array but to be logged out, and leaves no login where
 * somebody was left to end it.
 *
 * @returns what is recorded then
 */
export async function interrupt(
  world: World,
  command: "up" | "destroy",
  course: Course,
  { way, moment }: How,
): Promise<StateResource | undefined> {
  const array = world[course.array];
  const recorded = () => world.recorded(course.of).catch(() => undefined);
  const isUnderWay = async () => (await recorded())?.pending !== undefined;
  const loginsBefore = array.logins;
  using held = holdAnswer(array, answerAt(moment, course, isUnderWay));
  // Who is asked to come to an end waits for the answer to an act, and for no other.
  if (moment === "before the answer to the act" && way.leaves === "recorded") giveInTheEnd(held);

  const result = await world[command]({ interruptions: strikes(held, way) });

  expect(held.reached.aborted, `there was an answer to hold ${moment}`).toBe(true);
  if (moment !== "while logging out") expect(result.ok).toBe(false);
  if (moment !== "while logging out" && way.leaves === "recorded")
    expect(result.diagnostics.join("\n")).toContain("the run was interrupted");
  // Of an engine that was killed the provider hears, and ends, a moment later.
  if (way.logsOut) await world.eventually(() => array.logins <= loginsBefore);
  expect(held.askedSince().filter((request) => !isLogout.test(request))).toEqual([]);
  return recorded();
}

const isLogout = /\/logout$|^DELETE .*\/session\/\d+$/;

function strikes(held: HeldAnswer, { strikes }: Way): Interruption[] {
  return strikes.map((how, index) => {
    const when = new AbortController();
    held.reached.addEventListener("abort", () => setTimeout(() => when.abort(), index * apartMs));
    return { when: when.signal, how };
  });
}

function giveInTheEnd(held: HeldAnswer): void {
  held.reached.addEventListener("abort", () => setTimeout(held.give, heardMs));
}

// Between two Ctrl-C of somebody impatient; the first must have been heard.
const apartMs = 500;

// Until an interruption has been heard by all that are to hear it, also on a busy machine. Nobody can be asked whether they have.
const heardMs = 1500;
