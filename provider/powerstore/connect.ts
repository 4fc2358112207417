import type { Deployment } from "../core/deployment.ts";
import { connectHttp } from "../core/http.ts";
import { keepLogin } from "../core/login.ts";
import type { ArraySettings } from "../core/settings.ts";
import { type PowerStoreClient, powerStoreClient } from "./client.ts";
import { powerStoreLogin } from "./login.ts";
import { powerstore } from "./vendor.ts";

/** One PowerStore, ready to be asked. */
export interface PowerStoreArray {
  /** How messages name it: `PowerStore default (https://…)`. */
  readonly title: string;
  readonly settings: ArraySettings;
  readonly client: PowerStoreClient;
  logout(): Promise<void>;
}

export function connectPowerStore(settings: ArraySettings, deployment: Pick<Deployment, "clock">): PowerStoreArray {
  const title = `${powerstore.title} ${settings.name} (${settings.origin})`;
  const http = connectHttp({ ...settings, arrayName: title });
  const session = keepLogin(http, powerStoreLogin(settings, deployment.clock), deployment.clock);
  return {
    title,
    settings,
    client: powerStoreClient(session, deployment.clock),
    async logout() {
      await session.logout();
      await session.close();
    },
  };
}
