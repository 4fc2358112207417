import { seededRandom } from "../../bench/random.ts";
import { stackOpener } from "../embedded/stack.ts";
import type { Engine } from "../engine.ts";
import { virtualTime } from "../time.ts";
import { hostHere } from "./host.ts";

// Chance as it would be, and the same in every run: who waits for the same thing must not ask at the same moment for ever.
const openTime: Engine["openTime"] = (factor) => virtualTime(factor, seededRandom(20300101));

/**
 * The embedded engine with this package's provider and the program in this process, in virtual time. It knows only this package's resources, and programs that are
 * given as a function.
 */
export const directEngine: Engine = {
  name: "direct",
  openTime,
  stack: stackOpener(hostHere, openTime),
};
