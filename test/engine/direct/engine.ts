import { stackOpener } from "../embedded/stack.ts";
import type { Engine } from "../engine.ts";
import { virtualTime } from "../time.ts";
import { hostHere } from "./host.ts";

/**
 * The embedded engine with this package's provider and the program in this process, in virtual time. It knows only this package's resources, and programs that are
 * given as a function.
 */
export const directEngine: Engine = {
  name: "direct",
  openTime: virtualTime,
  stack: stackOpener(hostHere, virtualTime),
};
