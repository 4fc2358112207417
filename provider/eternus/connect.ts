import type { Deployment } from "../core/deployment.ts";
import { connectHttp } from "../core/http.ts";
import { keepLogin } from "../core/login.ts";
import type { ArraySettings } from "../core/settings.ts";
import { type EternusClient, eternusClient } from "./client.ts";
import { eternusLogin } from "./login.ts";
import { eternus } from "./vendor.ts";

/** One ETERNUS, ready to be asked. */
export interface EternusArray {
  /** How messages name it: `ETERNUS default (https://…)`. */
  readonly title: string;
  readonly settings: ArraySettings;
  readonly client: EternusClient;
  logout(): Promise<void>;
}

export function connectEternus(settings: ArraySettings, deployment: Pick<Deployment, "clock">): EternusArray {
  const title = `${eternus.title} ${settings.name} (${settings.origin})`;
  const http = connectHttp({ ...settings, arrayName: title });
  const session = keepLogin(http, eternusLogin(settings, deployment.clock), deployment.clock);
  return {
    title,
    settings,
    client: eternusClient(session, deployment.clock),
    async logout() {
      await session.logout();
      await session.close();
    },
  };
}
