import { openPollScheduler } from "../../../provider/core/array/poll-scheduler.ts";
import type { PreflightMode } from "../../../provider/core/array/settings.ts";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";
import type { HttpAnswer, HttpRequest } from "../../../provider/core/http/exchange.ts";
import { type PowerStoreArray, powerStoreArray } from "../../../provider/powerstore/connect.ts";
import type { WireSession } from "../../../provider/powerstore/wire.ts";
import { settingsFor } from "../../core/settings-for.ts";
import { virtualClock } from "../../core/virtual-clock.ts";

/** What is sent to change something, as an array answers it. */
type Answer = (request: HttpRequest) => HttpAnswer | Error;

/** An array that shows these sessions and nothing else, without a network. Each request that would change something is answered by `answer`. */
export function arrayShowing(
  sessions: readonly WireSession[],
  preflight: PreflightMode = "enforce",
  answer: Answer = () => answered(204),
  endpoint = "https://powerstore.example.com",
): PowerStoreArray {
  const clock = virtualClock();
  const title = `PowerStore default (${endpoint})`;
  const settings = settingsFor({ endpoint, username: "admin", password: "-" }, { preflight });
  const send = async (request: HttpRequest): Promise<HttpAnswer> => {
    request.confirm?.();
    const result = request.method === "GET" ? shown(sessions, request) : answer(request);
    if (result instanceof Error) throw result;
    return result;
  };
  return powerStoreArray(
    {
      title,
      settings,
      http: { arrayName: title, send, logout: async () => {}, close: async () => {} },
      polls: openPollScheduler(clock, 2000),
      semaphore: openSemaphore(4),
      nowMs: () => clock.nowMs(),
      aheadMs: () => 0,
      logout: async () => {},
    },
    clock,
  );
}

export function answered(status: number, body?: unknown): HttpAnswer {
  return { status, headers: {}, text: body === undefined ? "" : JSON.stringify(body) };
}

/** As far as the product asks: one session by its id, or lists by `eq` of an attribute. */
function shown(sessions: readonly WireSession[], { path, query = "" }: HttpRequest): HttpAnswer {
  const [, , , resource, id] = path.split("/");
  if (resource !== "import_session") return answered(200, []);
  if (id !== undefined) {
    const session = sessions.find((one) => one.id === id);
    return session === undefined ? answered(404) : answered(200, session);
  }
  const filters = [...new URLSearchParams(query)].filter(([, value]) => value.startsWith("eq."));
  const fits = (session: WireSession) =>
    filters.every(([name, value]) =>
      Object.entries(session).some(([key, one]) => key === name && `eq.${one}` === value),
    );
  return answered(200, sessions.filter(fits));
}
