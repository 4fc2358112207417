import { Agent, request } from "undici";
import { onTestFinished } from "vitest";
import { type SteppedClock, steppedClock } from "../clock.ts";
import { type EternusOptions, type SimulatedEternus, startEternus } from "./simulated-eternus.ts";

/** What an answer said. */
export interface Answer {
  readonly status: number;
  /** The parsed body, or `{}` for an answer without one. */
  readonly body: Record<string, unknown>;
  readonly text: string;
}

/** A caller of a simulated array: raw HTTPS, so that a test can also do what a good client never would. */
export interface Caller {
  readonly array: SimulatedEternus;
  readonly clock: SteppedClock;
  /** The login's id and its tokens. */
  readonly login: { readonly id: number; readonly token: string; readonly refreshToken: string | undefined };
  /** `path` below `/api/v1`, query included and sent as it is. A text body is sent as it is, anything else as JSON. */
  call(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Another caller with its own login. */
  as(username: string, password: string, more?: object): Promise<Caller>;
  /** A mutating call that must be accepted; steps the clock by 3 s, which ends its job, and gives the job as it is then. */
  run(method: Method, path: string, body?: unknown): Promise<Record<string, unknown>>;
}

export type Method = "GET" | "POST" | "PATCH" | "DELETE";

/** Starts an array on a stepped clock, logs in, and closes everything after the test. */
export async function calling(options: EternusOptions = {}, login: object = {}): Promise<Caller> {
  const clock = steppedClock();
  const array = await startEternus({ clock, ...options });
  const agent = new Agent({ connect: { ca: array.caCertificate } });
  onTestFinished(async () => {
    await agent.destroy();
    await array.close();
  });
  return callerOf(array, clock, agent, array.username, array.password, login);
}

/** The entries of a list in an answer; none if it has no such list. */
export function entries(body: Record<string, unknown>, name: string): readonly Record<string, unknown>[] {
  const list: unknown = body[name];
  return Array.isArray(list) ? list.map((entry: unknown) => (isRecord(entry) ? entry : {})) : [];
}

/** What a login answered, as far as the tests use it. */
export function loginIn(body: Record<string, unknown>): Caller["login"] {
  const { session_id: id, token, refresh_token: refreshToken } = body;
  if (typeof id !== "number" || typeof token !== "string") throw new Error(`no login: ${JSON.stringify(body)}`);
  return { id, token, refreshToken: typeof refreshToken === "string" ? refreshToken : undefined };
}

async function callerOf(
  array: SimulatedEternus,
  clock: SteppedClock,
  agent: Agent,
  username: string,
  password: string,
  more: object,
): Promise<Caller> {
  const credentials = { user_name: username, password, ...more };
  const answered = await send(agent, array, "POST", "/session", credentials, {});
  const login = loginIn(answered.body);
  const call: Caller["call"] = (method, path, body, headers = {}) =>
    send(agent, array, method, path, body, { authorization: `Bearer ${login.token}`, ...headers });
  return {
    array,
    clock,
    login,
    call,
    as: (otherName, otherPassword, otherMore = {}) =>
      callerOf(array, clock, agent, otherName, otherPassword, otherMore),
    async run(method, path, body) {
      const accepted = await call(method, path, body);
      if (accepted.status !== 202) throw new Error(`not accepted: ${accepted.status} ${accepted.text}`);
      clock.advance(3000);
      return (await call("GET", `/job/${accepted.body.job_id}`)).body;
    },
  };
}

async function send(
  dispatcher: Agent,
  array: SimulatedEternus,
  method: Method,
  path: string,
  body: unknown,
  headers: Record<string, string>,
): Promise<Answer> {
  const isJson = body !== undefined && typeof body !== "string";
  const answered = await request(`${array.endpoint}/api/v1${path}`, {
    dispatcher,
    method,
    headers: { ...(isJson ? { "content-type": "application/json" } : {}), ...headers },
    body: body === undefined ? null : isJson ? JSON.stringify(body) : String(body),
  });
  const text = await answered.body.text();
  const parsed: unknown = text === "" ? {} : JSON.parse(text);
  return { status: answered.statusCode, text, body: isRecord(parsed) ? parsed : {} };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
