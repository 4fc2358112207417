import { connectEternus } from "../../provider/eternus/connect.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { serveArray } from "../arrays/array-server.ts";
import { steppedClock } from "../arrays/clock.ts";
import { simulateEternus } from "../arrays/eternus/simulation.ts";
import { simulatePowerStore } from "../arrays/powerstore/simulation.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import type { Reach as ReachEternus } from "./eternus/group-trial.ts";
import { pollMaximumMs, type Reach as ReachPowerStore } from "./powerstore/import-trial.ts";

// Trusting the system's authorities costs more than a whole migration. That they are asked is tested elsewhere.
const settings = { insecure: true, pollMaximumMs };

/** A PowerStore that is reached over HTTPS, in virtual time. */
export const powerStoreOverHttps: ReachPowerStore = async (options) => {
  const arrayClock = steppedClock();
  const clock = virtualClock({ along: [arrayClock] });
  const array = simulatePowerStore({ ...options, clock: arrayClock });
  const { username, password } = array;
  const { endpoint, close } = await serveArray(array.intake, { clock: arrayClock });
  const connection = connectPowerStore(settingsFor({ endpoint, username, password }, settings), { clock });
  return { clock, array, connection, close: () => connection.logout().then(close) };
};

/** An ETERNUS that is reached over HTTPS, in virtual time. */
export const eternusOverHttps: ReachEternus = async (options) => {
  const arrayClock = steppedClock();
  const clock = virtualClock({ along: [arrayClock] });
  const array = simulateEternus({ ...options, clock: arrayClock });
  const { username, password } = array;
  const { endpoint, close } = await serveArray(array.intake, { clock: arrayClock });
  const connection = connectEternus(settingsFor({ endpoint, username, password }, settings), { clock });
  return { clock, array, connection, close: () => connection.logout().then(close) };
};
