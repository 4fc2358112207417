import { type ArrayConnection, connectArray } from "../core/connect-array.ts";
import type { Deployment } from "../core/deployment.ts";
import type { ArraySettings } from "../core/settings.ts";
import { type EternusClient, eternusClient } from "./client.ts";
import { eternusLogin } from "./login.ts";
import { eternus } from "./vendor.ts";

/** One ETERNUS, ready to be asked. */
export interface EternusArray extends ArrayConnection {
  readonly client: EternusClient;
}

export function connectEternus(
  settings: ArraySettings,
  deployment: Pick<Deployment, "clock"> & Partial<Pick<Deployment, "log">>,
): EternusArray {
  const connection = connectArray(eternus, settings, eternusLogin(settings, deployment.clock), deployment);
  return { ...connection, client: eternusClient(connection.session, deployment.clock) };
}
