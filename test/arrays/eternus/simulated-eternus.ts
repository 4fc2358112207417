import { type ArrayServer, serveArray } from "../array-server.ts";
import { type EternusHandles, type SimulationOptions, simulateEternus } from "./simulation.ts";

/** How to start a simulated ETERNUS. */
export interface EternusOptions extends SimulationOptions {
  /** A real array listens on 5665. @default 0, a free port */
  readonly port?: number;
}

/** A simulated ETERNUS AF/DX: HTTPS outside, and what a test may look at and do by hand inside. */
export interface SimulatedEternus extends ArrayServer, EternusHandles {}

/** Starts a simulated ETERNUS on loopback. */
export async function startEternus(options: EternusOptions = {}): Promise<SimulatedEternus> {
  const simulation = simulateEternus(options);
  const { port = 0 } = options;
  const server = await serveArray(simulation.intake, {
    clock: simulation.clock,
    port,
    certificate: simulation.certificate,
  });
  return {
    ...simulation,
    ...server,
    // Spread, they would be numbers that stand still.
    get logins() {
      return simulation.logins;
    },
    get refusedLogins() {
      return simulation.refusedLogins;
    },
  };
}
