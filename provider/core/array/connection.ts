import type { Clock } from "../async/clock.ts";
import { openSemaphore, type Semaphore } from "../async/semaphore.ts";
import { connectHttp } from "../http/http.ts";
import type { EngineLog } from "../log.ts";
import { type AuthenticatedHttp, keepLogin, type LoginProtocol } from "./login.ts";
import { openPollScheduler, type PollScheduler } from "./poll-scheduler.ts";
import type { ArraySettings } from "./settings.ts";
import type { Vendor } from "./settings-source.ts";

/** How soon an array of one make shows what became of an action. */
export interface ActionTiming {
  /** How soon after the array has taken an action it shows what came of it, in milliseconds. */
  readonly showsAfterMs: number;
  /** How long an action whose answer was lost may take to show before it counts as not taken, in milliseconds. */
  readonly lostAnswerGraceMs: number;
}

/** One array, ready to be read: what both vendors' arrays have in common. */
export interface ArrayConnection extends Connection, ActionTiming {}

/** The same, before it is known whose make it is. */
export interface Connection {
  /** How messages name it: `PowerStore east (https://…)`. */
  readonly title: string;
  readonly settings: ArraySettings;
  readonly http: AuthenticatedHttp;
  /** Where all who wait for this array rest between their looks. */
  readonly polls: PollScheduler;
  /** Bounds the acts under way at once. */
  readonly semaphore: Semaphore;
  /** The time by the array's own clock, in milliseconds since the epoch. */
  nowMs(): number;
  /** Gives the login back and closes the connections. */
  logout(): Promise<void>;
}

/** What a connection is made with. */
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
  const session = keepLogin(http, protocol, clock);
  return {
    title,
    settings,
    http: session,
    polls: openPollScheduler(clock, settings.pollMinimumMs),
    semaphore: openSemaphore(settings.actsInFlight),
    nowMs: () => http.arrayNowMs(),
    async logout() {
      await session.logout();
      await session.close();
    },
  };
}
