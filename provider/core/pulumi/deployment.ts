import type { ArraySettings } from "../array/settings.ts";
import { readSettings } from "../array/settings.ts";
import type { SettingsSource, Vendor } from "../array/settings-source.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import type { EngineLog } from "../log.ts";
import { connectEngineLog } from "./engine-log.ts";
import { interruption, watchForInterruption } from "./interruption.ts";
import { throttledLog } from "./progress-throttle.ts";

/** The deployment that a provider serves: its configuration, its clock, its display, its arrays. One provider serves all resources of a deployment. */
export interface Deployment extends SettingsSource {
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Aborts when the deployment is interrupted: every wait ends on it. */
  readonly interruption: AbortSignal;
  /** Takes over the stack's configuration; Pulumi hands it over before the first hook. */
  configure(config: (key: string) => unknown): void;
  /** Has `logout` called at the end of the deployment. */
  atEnd(logout: () => Promise<void>): void;
  /** Gives all logins back. */
  end(): Promise<void>;
}

/** What a deployment stands on: the process's own, or a test's. */
export interface DeploymentOptions {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly signal: AbortSignal;
  /** The stack's configuration, where it is known before Pulumi hands it over. @default none */
  readonly config?: (key: string) => unknown;
  /** @default none of the variables is set */
  readonly environment?: SettingsSource["environment"];
}

export function openDeployment({ clock, log, signal, ...source }: DeploymentOptions): Deployment {
  let { config = () => undefined } = source;
  const logouts: (() => Promise<void>)[] = [];
  return {
    clock,
    log,
    interruption: signal,
    environment: source.environment ?? {},
    config: (key) => config(key),
    configure(given) {
      config = given;
    },
    atEnd: (logout) => logouts.push(logout),
    async end() {
      await Promise.all(logouts.map((logout) => logout()));
    },
  };
}

/** The deployment of the process that Pulumi's dynamic-provider server runs in. Its first argument is the engine's address. */
export function processDeployment(): Deployment {
  const engine = process.argv[2];
  const log = throttledLog(connectEngineLog(engine), systemClock);
  const deployment = openDeployment({ clock: systemClock, log, signal: interruption, environment: process.env });
  watchForInterruption(deployment.end, engine);
  return deployment;
}

/** One connection per array, made on first use and shared by all resources of the deployment. */
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
