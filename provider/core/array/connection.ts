import type { Clock } from "../async/clock.ts";
import { openSemaphore, type Semaphore } from "../async/semaphore.ts";
import { connectHttp } from "../http/http.ts";
import type { EngineLog } from "../log.ts";
import { type AuthenticatedHttp, keepLogin, type LoginProtocol } from "./login.ts";
import { openPollScheduler, type PollScheduler } from "./poll-scheduler.ts";
import type { ArraySettings } from "./settings.ts";
import type { Vendor } from "./settings-source.ts";

/** How soon an array of one vendor shows the effect of an action. */
export interface ActionTiming {
  /** The time from an accepted action until the array shows its effect, in milliseconds. */
  readonly showsAfterMs: number;
  /** After a lost answer, the time until the provider concludes that the array did not take the action, in milliseconds. */
  readonly lostAnswerGraceMs: number;
}

/** The connection to one array, as core uses it. */
export interface ArrayConnection extends Connection, ActionTiming {}

/** The part of a connection that does not depend on the vendor. */
export interface Connection {
  /** The array's name in messages: `PowerStore east (https://…)`. */
  readonly title: string;
  readonly settings: ArraySettings;
  readonly http: AuthenticatedHttp;
  /** Schedules the reads of all runs that wait for this array. */
  readonly polls: PollScheduler;
  /** Limits how many actions are under way at a time. */
  readonly semaphore: Semaphore;
  /** The time by the array's own clock, in milliseconds since the epoch. */
  nowMs(): number;
  /** Logs out and closes the connections. */
  logout(): Promise<void>;
}

/** What a connection needs. */
export interface ConnectionMeans {
  readonly clock: Clock;
  /** @default nothing is logged */
  readonly log?: EngineLog | undefined;
}

export function connectArray<Login>(
  vendor: Vendor,
  settings: ArraySettings,
  protocol: LoginProtocol<Login>,
  { clock, log }: ConnectionMeans,
): Connection {
  const title = `${vendor.title} ${settings.name} (${settings.origin})`;
  if (settings.insecure) log?.warn("", `${title}: its certificate is not verified, because \`insecure\` is set`);
  const onExchange = (line: string) => log?.debug("", `${title}: ${line}`);
  const http = connectHttp({ ...settings, arrayName: title, clock, onExchange });
  const authenticated = keepLogin(http, protocol, clock);
  return {
    title,
    settings,
    http: authenticated,
    polls: openPollScheduler(clock, settings.pollMinimumMs),
    semaphore: openSemaphore(settings.actsInFlight),
    nowMs: () => http.arrayNowMs(),
    async logout() {
      await authenticated.logout();
      await authenticated.close();
    },
  };
}
