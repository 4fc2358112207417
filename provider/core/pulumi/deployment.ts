import { type ArraySettings, readSettings } from "../array/settings.ts";
import type { SettingsSource, Vendor } from "../array/settings-source.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import type { EngineLog } from "../log.ts";
import { connectEngineLog } from "./engine-log.ts";
import { interruption, watchForInterruption } from "./interruption.ts";
import { throttledLog } from "./progress-throttle.ts";

/** The deployment that a provider serves: its configuration, clock, display and arrays. One provider serves all resources of a deployment. */
export interface Deployment extends SettingsSource {
  readonly clock: Clock;
  readonly log: EngineLog;
  /** Aborts when the deployment is interrupted. Every wait ends then. */
  readonly interruption: AbortSignal;
  /** Sets the stack's configuration. Pulumi passes it before the first hook. */
  configure(config: (key: string) => unknown): void;
  /** Registers a logout for the end of the deployment. */
  atEnd(logout: () => Promise<void>): void;
  /** Logs out of all arrays. */
  end(): Promise<void>;
}

/** What a deployment needs from its process or its test. */
export interface DeploymentOptions {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly signal: AbortSignal;
  /** The stack's configuration, if it is known before Pulumi passes it. @default none */
  readonly config?: (key: string) => unknown;
  /** @default no variable is set */
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

/** The deployment of Pulumi's dynamic-provider process, whose first argument is the engine's address. */
export function processDeployment(): Deployment {
  const engine = process.argv[2];
  const log = throttledLog(connectEngineLog(engine), systemClock);
  const deployment = openDeployment({ clock: systemClock, log, signal: interruption, environment: process.env });
  watchForInterruption(deployment.end, engine);
  return deployment;
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
