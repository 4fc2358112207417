import { type ArraySettings, readSettings } from "../array/settings.ts";
import type { SettingsSource, Vendor } from "../array/settings-source.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import { claimsInMemory } from "../claims.ts";
import { type Journal, silentJournal } from "../journal/journal.ts";
import { openJournal } from "../journal/journal-files.ts";
import type { EngineLog } from "../log.ts";
import { connectEngineLog } from "./engine-log.ts";
import { interruption, watchForInterruption } from "./interruption.ts";
import { throttledLog } from "./progress-throttle.ts";

export type Deployment = ReturnType<typeof openDeployment>;

/** What a deployment needs from its process or its test. */
export interface DeploymentOptions {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly signal: AbortSignal;
  /** The stack's configuration, if it is known before Pulumi passes it. @default none */
  readonly config?: (key: string) => unknown;
  /** @default no variable is set */
  readonly environment?: SettingsSource["environment"];
  /** The record of every act. @default none is kept */
  readonly journal?: Journal;
}

/** The deployment that a provider serves: its configuration, clock, display and arrays. One provider serves all resources of a deployment. */
export function openDeployment(options: DeploymentOptions) {
  const { clock, log, signal, environment = {}, journal = silentJournal } = options;
  let { config = () => undefined } = options;
  const logouts: (() => Promise<void>)[] = [];
  return {
    clock,
    log,
    /** Aborts when the deployment is interrupted. Every wait ends then. */
    interruption: signal,
    environment,
    /** Which resource drives which object. */
    claims: claimsInMemory(),
    journal,
    config: (key: string): unknown => config(key),
    /** Sets the stack's configuration. Pulumi passes it before the first hook. */
    configure(given: (key: string) => unknown): void {
      config = given;
    },
    /** Registers a logout for the end of the deployment. */
    atEnd(logout: () => Promise<void>): void {
      logouts.push(logout);
    },
    /** Logs out of all arrays. */
    async end(): Promise<void> {
      await Promise.all(logouts.map((logout) => logout()));
    },
  };
}

/** The deployment of Pulumi's dynamic-provider process, whose first argument is the engine's address. */
export function processDeployment(): Deployment {
  const engine = process.argv[2];
  const log = throttledLog(connectEngineLog(engine), systemClock);
  const journal = openJournal({
    clock: systemClock,
    environment: process.env,
    setting: () => textOf(deployment.config("storage-migration:journal")),
    warn: (text) => log.warn("", text),
  });
  const options = { clock: systemClock, log, signal: interruption, environment: process.env, journal };
  const deployment: Deployment = openDeployment(options);
  watchForInterruption(deployment.end, engine);
  return deployment;
}

function textOf(setting: unknown): string | undefined {
  return typeof setting === "string" ? setting : undefined;
}

/** Connects to an array on its first use. All resources of the deployment share the connection. */
export function sharedArrays<ArrayConnection extends { logout(): Promise<void> }>(
  deployment: Deployment,
  vendor: Vendor,
  connect: (settings: ArraySettings, deployment: Deployment) => ArrayConnection,
): (array: string | undefined) => ArrayConnection {
  const connections = new Map<string | undefined, ArrayConnection>();
  return (array) => {
    const existing = connections.get(array);
    if (existing !== undefined) return existing;
    const connection = connect(readSettings(vendor, array, deployment), deployment);
    connections.set(array, connection);
    deployment.atEnd(() => connection.logout());
    return connection;
  };
}
