import fc from "fast-check";
import { present, sometimes } from "../arbitrary.ts";

/** Which source is imported, how the array works, and how it is reached. */
export interface World {
  readonly source: "volume" | "agentless volume" | "group" | "agentless group";
  /** The session exists already and is taken over by its id. */
  readonly adopts?: boolean;
  readonly automatic?: boolean;
  /** A scheduled start, so long after the beginning. */
  readonly startsAfterS?: number;
  readonly mebibytesPerSecond: number;
  /** From an accepted act to its effect. */
  readonly lagS?: number;
  /** How far the array's clock is ahead. */
  readonly aheadS?: number;
  readonly staleLogin?: "401" | "403" | "redirect to a login page";
  readonly requestsInFlight?: number;
}

/** What the program says, beyond which session it is about. */
export interface Declared {
  readonly target: "Mirror_Enabled" | "Ready_To_Start_Copy" | "Ready_For_Cutover" | "Import_Completed";
  readonly paused?: boolean;
  readonly sourceStopped?: boolean;
  readonly destinationStarted?: boolean;
  /** `later`: a window that opens after a while; `over`: one that has closed by then. */
  readonly gate?: "none" | "unapproved" | "approved" | "later" | "over";
  readonly force?: "never" | "at once" | "after 1m";
}

/** When a window of the program opens or closes, after the beginning. */
export const windowS = 1200;

export const worlds: fc.Arbitrary<World> = present(
  fc.record({
    source: fc.constantFrom("volume", "agentless volume", "group", "agentless group"),
    adopts: sometimes(fc.constant(true)),
    automatic: sometimes(fc.constant(true), 1),
    startsAfterS: sometimes(fc.constantFrom(300, 2000), 1),
    mebibytesPerSecond: fc.constantFrom(1000, 200, 5000),
    lagS: sometimes(fc.constantFrom(5, 20, 50), 5),
    aheadS: sometimes(fc.constantFrom(37, 7200, -7200)),
    staleLogin: sometimes(fc.constantFrom("401", "403", "redirect to a login page"), 5),
    requestsInFlight: sometimes(fc.constant(4)),
  }),
);

const target = fc.constantFrom("Import_Completed", "Ready_For_Cutover", "Mirror_Enabled", "Ready_To_Start_Copy");
const more = {
  paused: sometimes(fc.boolean()),
  sourceStopped: sometimes(fc.boolean(), 6),
  destinationStarted: sometimes(fc.boolean(), 6),
  gate: sometimes(fc.constantFrom("none", "unapproved", "approved", "later", "over"), 3),
  force: sometimes(fc.constantFrom("never", "at once", "after 1m"), 3),
} as const;

export const declarations: fc.Arbitrary<Declared> = present(fc.record({ target, ...more }));
export const changes: fc.Arbitrary<Partial<Declared>> = present(fc.record({ target: sometimes(target, 5), ...more }));

export const handWords = [
  "pause",
  "resume",
  "cutover",
  "cancel",
  "force cancel",
  "remove",
  "enable",
  "start",
  "cleanup",
  "stall",
  "slow down",
  "speed up",
  "fail",
  "hosts away",
  "hosts back",
  "cutover incomplete",
  "cutover cancelled",
  "unknown state",
  "known again",
] as const;
export type HandWord = (typeof handWords)[number];
