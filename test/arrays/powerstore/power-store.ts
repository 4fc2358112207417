import { type ArrayServer, serveArray } from "../array-server.ts";
import { type PowerStoreHandles, type SimulationOptions, simulatePowerStore } from "./simulation.ts";

export type { LoggedAct } from "./simulation.ts";

/** What a simulated PowerStore is like and where it listens; everything has a default. */
export interface PowerStoreOptions extends SimulationOptions {
  /** @default 0, a free port */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
}

/** A PowerStore that is not there, and what a test needs to look at it and to make trouble. */
export interface SimulatedPowerStore
  extends PowerStoreHandles,
    Pick<
      ArrayServer,
      | "endpoint"
      | "caCertificate"
      | "requests"
      | "faults"
      | "connections"
      | "refuseConnections"
      | "acceptConnections"
      | "replaceCertificate"
      | "close"
    > {
  /** The management restarts: connections break, logins are gone, imports go on. */
  restart(): Promise<void>;
}

/** Starts a simulated PowerStore (REST 4.1, import sessions) on loopback. */
export async function startPowerStore(options: PowerStoreOptions = {}): Promise<SimulatedPowerStore> {
  const simulation = simulatePowerStore(options);
  const server = await serveArray(simulation.intake, {
    ...options,
    clock: simulation.clock,
    certificate: simulation.certificate,
  });
  return {
    ...simulation,
    ...server,
    // Spread, it would be a number that stands still.
    get logins() {
      return simulation.logins;
    },
    async restart() {
      simulation.endLogins();
      await server.refuseConnections();
      await server.acceptConnections();
    },
  };
}
