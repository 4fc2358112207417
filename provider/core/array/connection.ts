import type { Clock } from "../async/clock.ts";
import { openSemaphore } from "../async/semaphore.ts";
import { connectHttp } from "../http/http.ts";
import type { EngineLog } from "../log.ts";
import { keepLogin, type LoginProtocol } from "./login.ts";
import { openPollScheduler } from "./poll-scheduler.ts";
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
export interface ArrayConnection extends Connection, ActionTiming {
  /** The array's own identity, which stays when its address changes. Undefined if the array does not tell it. @default the array does not tell it */
  identity?(): Promise<string | undefined>;
}

/** What tells arrays apart. Two connections may lead to one array. */
export type IdentifiedArray = Pick<ArrayConnection, "settings" | "identity">;

/** An array is known by its own identity, because two addresses may lead to one. */
export async function isSameArray(one: IdentifiedArray, other: IdentifiedArray): Promise<boolean> {
  if (one === other || one.settings.origin === other.settings.origin) return true;
  const [first, second] = await Promise.all([one.identity?.(), other.identity?.()]);
  return first !== undefined && first === second;
}

/** Whether two names in the configuration lead to one address. One name does, also where it is not configured any more. */
export function isSameAddress(
  arrays: (name: string | undefined) => Pick<ArrayConnection, "settings">,
  one: string | undefined,
  other: string | undefined,
): boolean {
  return one === other || arrays(one).settings.origin === arrays(other).settings.origin;
}

/** The part of a connection that does not depend on the vendor. */
export type Connection = ReturnType<typeof connectArray>;

/** What a connection needs. */
export interface ConnectionMeans {
  readonly clock: Clock;
  /** @default nothing is logged */
  readonly log?: EngineLog | undefined;
  /** Aborts when the deployment is interrupted. @default nothing interrupts */
  readonly interruption?: AbortSignal | undefined;
}

export function connectArray<Login>(
  vendor: Vendor,
  settings: ArraySettings,
  protocol: LoginProtocol<Login>,
  { clock, log, interruption }: ConnectionMeans,
) {
  const title = `${vendor.title} ${settings.name} (${settings.origin})`;
  if (settings.insecure) log?.warn("", `${title}: its certificate is not verified, because \`insecure\` is set`);
  const onExchange = (line: string) => log?.debug("", `${title}: ${line}`);
  const http = connectHttp({ ...settings, arrayName: title, clock, interruption, onExchange });
  const authenticated = keepLogin(http, protocol, clock);
  return {
    /** The array's name in messages: `PowerStore east (https://…)`. */
    title,
    settings,
    http: authenticated,
    /** Schedules the reads of all runs that wait for this array. */
    polls: openPollScheduler(clock, settings.pollMinimumMs),
    /** Limits how many actions are under way at a time. */
    semaphore: openSemaphore(settings.actsInFlight),
    /** The time by the array's own clock, in milliseconds since the epoch; by ours where no answer has shown it. */
    nowMs: () => clock.nowMs() + (http.arrayAheadMs() ?? 0),
    /** How far the array's own clock is ahead of ours, in milliseconds, by its last answer. Undefined: no answer has shown it. */
    aheadMs: () => http.arrayAheadMs(),
    /** Logs out and closes the connections. */
    async logout(): Promise<void> {
      await authenticated.logout();
      await authenticated.close();
    },
  };
}
