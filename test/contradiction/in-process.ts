import { virtualClock } from "../core/virtual-clock.ts";
import type { Reach as ReachEternus } from "./eternus/group-trial.ts";
import { inProcessEternus, inProcessPowerStore } from "./in-process-arrays.ts";
import { pollMaximumMs, type Reach as ReachPowerStore } from "./powerstore/import-trial.ts";

/** A PowerStore in this process, in virtual time. */
export const powerStoreInProcess: ReachPowerStore = (options) => {
  const clock = virtualClock();
  return { clock, ...inProcessPowerStore({ clock, options, settings: { pollMaximumMs } }), close: async () => {} };
};

/** An ETERNUS in this process, in virtual time. */
export const eternusInProcess: ReachEternus = (options) => {
  const clock = virtualClock();
  return { clock, ...inProcessEternus({ clock, options }), close: async () => {} };
};
