import { type ArrayConnection, connectArray } from "../core/connect-array.ts";
import type { Deployment } from "../core/deployment.ts";
import type { ArraySettings } from "../core/settings.ts";
import { type PowerStoreClient, powerStoreClient } from "./client.ts";
import { powerStoreLogin } from "./login.ts";
import { powerstore } from "./vendor.ts";

/** One PowerStore, ready to be asked. */
export interface PowerStoreArray extends ArrayConnection {
  readonly client: PowerStoreClient;
}

export function connectPowerStore(
  settings: ArraySettings,
  deployment: Pick<Deployment, "clock"> & Partial<Pick<Deployment, "log">>,
): PowerStoreArray {
  const connection = connectArray(powerstore, settings, powerStoreLogin(settings, deployment.clock), deployment);
  return { ...connection, client: powerStoreClient(connection.session, deployment.clock) };
}
