import type { Connection } from "../../provider/core/array/connection.ts";
import type { AuthenticatedHttp } from "../../provider/core/array/login.ts";
import { openPollScheduler } from "../../provider/core/array/poll-scheduler.ts";
import type { ArraySettings } from "../../provider/core/array/settings.ts";
import { abandoned } from "../../provider/core/async/abortable.ts";
import type { Clock } from "../../provider/core/async/clock.ts";
import { openSemaphore } from "../../provider/core/async/semaphore.ts";
import { clockDifferenceMs } from "../../provider/core/http/clock-difference.ts";
import type { HttpAnswer, HttpRequest } from "../../provider/core/http/exchange.ts";
import { type EternusArray, eternusArray } from "../../provider/eternus/connect.ts";
import { type PowerStoreArray, powerStoreArray } from "../../provider/powerstore/connect.ts";
import type { ArrayClock } from "../arrays/clock.ts";
import {
  type SimulationOptions as EternusOptions,
  type EternusSimulation,
  simulateEternus,
} from "../arrays/eternus/simulation.ts";
import { type ArrayAnswer, type ArrayRequest, serialized } from "../arrays/exchange.ts";
import {
  type SimulationOptions as PowerStoreOptions,
  type PowerStoreSimulation,
  simulatePowerStore,
} from "../arrays/powerstore/simulation.ts";
import { toRequest } from "../arrays/to-request.ts";
import { countAnsweredInProcess } from "../core/requests-under-way.ts";
import { settingsFor } from "../core/settings-for.ts";

/** A simulated array and the product connected to it, in one process and without a network. */
export interface InProcess<Simulation, Connection> {
  readonly array: Simulation;
  readonly connection: Connection;
}

interface InProcessOptions<Options> {
  /** The product's time; also the array's, unless `options` give it another. */
  readonly clock: Clock;
  readonly options?: Options;
  /** What is not as a stack's configuration has it by default. */
  readonly settings?: Partial<ArraySettings>;
}

/** A simulated PowerStore that is called instead of being sent requests. Nothing of it has to be closed. */
export function inProcessPowerStore(
  given: InProcessOptions<PowerStoreOptions>,
): InProcess<PowerStoreSimulation, PowerStoreArray> {
  const array = simulatePowerStore({ clock: given.clock, ...given.options });
  const logIn = (): Credentials => {
    const basic = Buffer.from(`${array.username}:${array.password}`).toString("base64");
    const { headers } = exchanged(array, "GET", "/api/rest/login_session", { authorization: `Basic ${basic}` });
    const cookie = headers["set-cookie"]?.split(";")[0];
    return { ...(cookie === undefined ? {} : { cookie }), "dell-emc-token": headers["dell-emc-token"] ?? "" };
  };
  return { array, connection: powerStoreArray(connected("PowerStore", array, given, logIn), given.clock) };
}

/** A simulated ETERNUS that is called instead of being sent requests. Nothing of it has to be closed. */
export function inProcessEternus(given: InProcessOptions<EternusOptions>): InProcess<EternusSimulation, EternusArray> {
  const array = simulateEternus({ clock: given.clock, ...given.options });
  const logIn = (): Credentials => {
    const body = { user_name: array.username, password: array.password };
    const { token } = JSON.parse(exchanged(array, "POST", "/api/v1/session", {}, body).text);
    return { authorization: `Bearer ${token}` };
  };
  return { array, connection: eternusArray(connected("ETERNUS", array, given, logIn), given.clock) };
}

/** What can be called, and who may. */
interface Callable {
  readonly clock: ArrayClock;
  readonly username: string;
  readonly password: string;
  handle(request: ArrayRequest): ArrayAnswer;
}

type Credentials = Readonly<Record<string, string>>;

/** What the product makes of a login and an HTTPS connection, without either. */
function connected(
  make: string,
  array: Callable,
  { clock, settings }: InProcessOptions<object>,
  logIn: () => Credentials,
): Connection {
  const own = settingsFor({ endpoint: "https://array.test", ...array }, settings);
  const title = `${make} ${own.name} (${own.origin})`;
  let aheadMs: number | undefined;
  let credentials: Credentials | undefined;
  const sent = ({ method, path, query, headers, body }: HttpRequest): HttpAnswer => {
    credentials ??= logIn();
    const url = query === undefined ? path : `${path}?${query}`;
    const answer = exchanged(array, method, url, { ...headers, ...credentials }, body);
    const atMs = clock.nowMs();
    aheadMs = clockDifferenceMs(Date.parse(answer.headers.date ?? ""), { sentMs: atMs, receivedMs: atMs });
    return answer;
  };
  const http: AuthenticatedHttp = {
    arrayName: title,
    async send(request) {
      if (request.signal?.aborted === true) throw abandoned(request.attempted, title);
      request.confirm?.();
      const answer = sent(request);
      if (answer.status !== 401) return answer;
      // The login has come to its end meanwhile.
      credentials = undefined;
      return sent(request);
    },
    async logout() {},
    async close() {},
  };
  return {
    title,
    settings: own,
    http,
    polls: openPollScheduler(clock, own.pollMinimumMs),
    semaphore: openSemaphore(own.actsInFlight),
    nowMs: () => clock.nowMs() + (aheadMs ?? 0),
    aheadMs: () => aheadMs,
    async logout() {},
  };
}

/** One request and its answer, both as they would have gone over the wire. */
function exchanged(
  { clock, handle }: Callable,
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  body?: unknown,
): HttpAnswer {
  const sent = { accept: "application/json", ...(body === undefined ? {} : json), ...headers };
  const arrived: unknown = body === undefined ? undefined : JSON.parse(JSON.stringify(body));
  const answer = handle(toRequest({ method, url, headers: sent }, arrived, clock.nowMs()));
  countAnsweredInProcess();
  const { headers: answered, text } = serialized(answer);
  const lowerCased = Object.entries(answered).map(([name, value]) => [name.toLowerCase(), [value].flat().join("\n")]);
  const date = new Date(clock.nowMs()).toUTCString();
  return { status: answer.status, headers: { date, ...Object.fromEntries(lowerCased) }, text };
}

const json = { "content-type": "application/json" };
