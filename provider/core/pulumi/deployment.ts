import type { ArraySettings, SettingsSource, Vendor } from "../array/settings.ts";
import { readSettings } from "../array/settings.ts";
import { type Clock, systemClock } from "../async/clock.ts";
import { connectEngineLog, type EngineLog } from "./engine-log.ts";
import { interruption, watchForInterruption } from "./interruption.ts";
import { spacedLog } from "./progress-throttle.ts";

/** The deployment this process serves: its configuration, its clock, its display, its arrays. One provider process serves all resources of a deployment. */
export interface Deployment extends SettingsSource {
  readonly clock: Clock;
  readonly log: EngineLog;
  readonly interruption: AbortSignal;
  /** Takes over the stack's configuration; Pulumi hands it over before the first hook. */
  configure(config: (key: string) => unknown): void;
  /** Has `logout` called at the end of the deployment. */
  atEnd(logout: () => Promise<void>): void;
}

export function openDeployment(): Deployment {
  let config: (key: string) => unknown = () => undefined;
  const logouts: (() => Promise<void>)[] = [];
  watchForInterruption(async () => {
    await Promise.all(logouts.map((logout) => logout()));
  }, process.argv[2]);
  return {
    clock: systemClock,
    log: spacedLog(connectEngineLog(process.argv[2]), systemClock),
    interruption,
    environment: process.env,
    config: (key) => config(key),
    configure(given) {
      config = given;
    },
    atEnd: (logout) => logouts.push(logout),
  };
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
