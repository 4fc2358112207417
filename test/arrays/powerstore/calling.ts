import { Agent, request } from "undici";
import { onTestFinished } from "vitest";
import { type SteppedClock, steppedClock } from "../clock.ts";
import type { Exchanged } from "./contract/contract.ts";
import { expectValidAnswer, releases } from "./contract/expect-valid.ts";
import { type PowerStoreOptions, type SimulatedPowerStore, startPowerStore } from "./power-store.ts";

/** An answer of the array, its JSON read. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: unknown;
}

/** How a test calls the array: logged in unless told otherwise. Every answer is measured by the vendor's descriptions. */
export type Caller = (
  method: "GET" | "POST" | "PATCH" | "DELETE",
  path: string,
  body?: unknown,
  headers?: Headers,
) => Promise<Answer>;

/** In place of the ones that a logged-in client sends. */
export type Headers = Readonly<Record<string, string>>;

/** An array on a stepped clock for one test, and a client that is logged in to it. */
export async function startedArray(
  options: PowerStoreOptions = {},
  fits: (answer: Exchanged) => void = fitsReleasesOf(options),
): Promise<{
  array: SimulatedPowerStore;
  clock: SteppedClock;
  /** Paths begin below `/api/rest`. */
  call: Caller;
  /** Paths are whole, and nobody is logged in. */
  send: Caller;
}> {
  const clock = steppedClock();
  // Tests step over days; those about the end of logins set their own time.
  const array = await startPowerStore({ clock, idleTimeoutSeconds: 30 * 86_400, ...options });
  const dispatcher = new Agent({ connect: { ca: array.caCertificate } });
  onTestFinished(async () => {
    await dispatcher.destroy();
    await array.close();
  });
  const send: Caller = async (method, path, body, headers = {}) => {
    const sent = await request(array.endpoint + path, {
      dispatcher,
      method,
      headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await sent.body.text();
    const read: unknown = text === "" ? undefined : JSON.parse(text);
    const route = path.split("?")[0] ?? path;
    if (sent.statusCode !== 302) fits({ method, path: route, status: sent.statusCode, body: read });
    return { status: sent.statusCode, headers: sent.headers, body: read };
  };
  const own = await login(send, array);
  return {
    array,
    clock,
    send,
    call: (method, path, body, headers = own) => send(method, `/api/rest${path}`, body, headers),
  };
}

/** Jobs that wait for an approval came after 4.1. */
function fitsReleasesOf({ temperament }: PowerStoreOptions): (answer: Exchanged) => void {
  const isNewer =
    typeof temperament === "object" && temperament.kind === "traits" && temperament.traits.includes("approvals");
  return (answer) => expectValidAnswer(answer, isNewer ? ["4.4"] : releases);
}

/** What Basic authentication takes. */
export function basic(array: { readonly username: string; readonly password: string }): Headers {
  return { authorization: `Basic ${Buffer.from(`${array.username}:${array.password}`).toString("base64")}` };
}

/** The cookie and the token that an answer brought. */
export function credentialsOf(answer: Answer): Headers {
  const cookie = [answer.headers["set-cookie"] ?? []].flat().join().split(";")[0] ?? "";
  return { cookie, "DELL-EMC-TOKEN": [answer.headers["dell-emc-token"] ?? []].flat().join() };
}

async function login(send: Caller, array: SimulatedPowerStore): Promise<Headers> {
  return credentialsOf(await send("GET", "/api/rest/login_session", undefined, basic(array)));
}
