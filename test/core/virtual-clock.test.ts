import { once } from "node:events";
import { createServer } from "node:http";
import { request } from "undici";
import { expect, test } from "vitest";
import { connectHttp } from "../../provider/core/http/http.ts";
import { reconcile } from "../../provider/core/reconcile/reconcile.ts";
import { startArrayServer } from "../arrays/array-server.ts";
import { type ArrayClock, steppedClock } from "../arrays/clock.ts";
import { runOn, scripted } from "./reconcile/scripted-reconciler.ts";
import { virtualClock } from "./virtual-clock.ts";

const never = new AbortController().signal;

/** A server on loopback that answers when it is told to, or never. */
async function slowServer() {
  const answers: (() => void)[] = [];
  const server = createServer((_request, response) => answers.push(() => response.end("late")));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `http://127.0.0.1:${address.port}`,
    answer: () => answers.shift()?.(),
    arrived: () => once(server, "request"),
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}

test("a sleep of days ends at once, and the clock shows the time it ended", async () => {
  const clock = virtualClock({ startMs: 1000 });
  await clock.sleep(3 * 86_400_000, never);
  expect(clock.nowMs()).toBe(1000 + 3 * 86_400_000);
  expect(clock.sleeping).toBe(0);
});

test("sleepers wake in the order of their ends, those of the same instant in the order they fell asleep", async () => {
  const clock = virtualClock({ startMs: 0 });
  const woken: string[] = [];
  const sleeper = async (name: string, durationMs: number) => {
    await clock.sleep(durationMs, never);
    woken.push(`${name} at ${clock.nowMs()}`);
  };
  await Promise.all([sleeper("late", 30), sleeper("first", 10), sleeper("second", 10), sleeper("middle", 20)]);
  expect(woken).toEqual(["first at 10", "second at 10", "middle at 20", "late at 30"]);
});

test("a sleeper that wakes and sleeps again comes before one that sleeps longer", async () => {
  const clock = virtualClock({ startMs: 0 });
  const deadline = new AbortController();
  const woken: number[] = [];
  const whole = clock.sleep(86_400_000, deadline.signal).then(() => clock.nowMs());
  for (let look = 0; look < 50; look++) {
    await clock.sleep(1000, never);
    woken.push(clock.nowMs());
  }
  deadline.abort();
  expect(woken).toEqual(Array.from({ length: 50 }, (_, look) => (look + 1) * 1000));
  expect(await whole).toBe(50_000);
});

test("an aborted sleep ends without time passing and leaves nobody asleep and no listener", async () => {
  const clock = virtualClock({ startMs: 0 });
  const abort = new AbortController();
  const removed: string[] = [];
  const { removeEventListener } = abort.signal;
  abort.signal.removeEventListener = (name: string, listener: () => void) => {
    removed.push(name);
    removeEventListener.call(abort.signal, name, listener);
  };
  const sleep = clock.sleep(1000, abort.signal);
  abort.abort();
  await sleep;
  await clock.sleep(1000, abort.signal);
  expect([clock.nowMs(), clock.sleeping, removed]).toEqual([0, 0, ["abort"]]);
});

test("time stands still while a request is under way, however long the answer takes", async () => {
  await using server = await slowServer();
  const clock = virtualClock({ startMs: 0 });
  const deadline = clock.sleep(1000, never);
  const arrived = server.arrived();
  const answer = request(server.origin).then(async ({ body }) => `${await body.text()} at ${clock.nowMs()}`);
  await arrived;
  await turns(500);
  expect(clock.nowMs()).toBe(0);
  server.answer();
  expect(await answer).toBe("late at 0");
  await deadline;
  expect(clock.nowMs()).toBe(1000);
});

test("a request that follows an answer at once finds the same time as the answer", async () => {
  await using server = await slowServer();
  const clock = virtualClock({ startMs: 0 });
  const abort = new AbortController();
  const deadline = clock.sleep(1000, abort.signal);
  for (let round = 0; round < 100; round++) {
    const arrived = server.arrived();
    const answer = request(server.origin);
    await arrived;
    server.answer();
    await (await answer).body.text();
    expect(clock.nowMs()).toBe(0);
  }
  abort.abort();
  await deadline;
});

test("a refused connection holds time back no longer", async () => {
  const server = await slowServer();
  await server[Symbol.asyncDispose]();
  const clock = virtualClock({ startMs: 0 });
  await expect(request(server.origin)).rejects.toThrow();
  await clock.sleep(10, never);
  expect(clock.nowMs()).toBe(10);
});

test("an abandoned request holds time back no longer", async () => {
  await using server = await slowServer();
  const clock = virtualClock({ startMs: 0 });
  const abort = new AbortController();
  const arrived = server.arrived();
  const answer = request(server.origin, { signal: abort.signal });
  await arrived;
  abort.abort();
  await expect(answer).rejects.toThrow();
  await clock.sleep(10, never);
  expect(clock.nowMs()).toBe(10);
});

test("a request that is never answered holds time back only as long as it may", async () => {
  await using server = await slowServer();
  const clock = virtualClock({ startMs: 0, hungAfterMs: 20 });
  const abort = new AbortController();
  const answer = request(server.origin, { signal: abort.signal });
  await clock.sleep(1000, never);
  expect(clock.nowMs()).toBe(1000);
  abort.abort();
  await expect(answer).rejects.toThrow();
});

test("time can be made to pass under a hanging request", async () => {
  await using server = await slowServer();
  const clock = virtualClock({ startMs: 0 });
  const abort = new AbortController();
  const arrived = server.arrived();
  const answer = request(server.origin, { signal: abort.signal });
  const woken: number[] = [];
  const deadline = clock.sleep(1000, never).then(() => woken.push(clock.nowMs()));
  await arrived;
  await clock.advance(999);
  expect(woken).toEqual([]);
  await clock.advance(500);
  expect(woken).toEqual([1000]);
  expect(clock.nowMs()).toBe(1499);
  abort.abort();
  await expect(answer).rejects.toThrow();
  await deadline;
});

test("time stands still while other work is declared", async () => {
  const clock = virtualClock({ startMs: 0 });
  const sleep = clock.sleep(10, never);
  const work = clock.whileBusy(turns(500).then(() => clock.nowMs()));
  expect(await work).toBe(0);
  await sleep;
  expect(clock.nowMs()).toBe(10);
});

test("the clocks of the arrays are taken along step by step", async () => {
  const array = steppedClock({ startMs: 5000 });
  const clock = virtualClock({ startMs: 0, along: [array] });
  const seen: number[] = [];
  const look = (durationMs: number) => clock.sleep(durationMs, never).then(() => seen.push(array.nowMs()));
  await Promise.all([look(300), look(100), look(200)]);
  await clock.advance(50);
  expect([...seen, array.nowMs()]).toEqual([5100, 5200, 5300, 5350]);
});

test("a run of hours against a simulated array ends by what the array shows, and its deadline never overtakes an answer", async () => {
  const array = steppedClock();
  const startMs = array.nowMs();
  await using server = await startCopyingArray(array, startMs + 3 * 3_600_000);
  const clock = virtualClock({ along: [array] });
  const { caCertificate } = server;
  const http = connectHttp({
    clock,
    arrayName: "the array",
    origin: server.endpoint,
    caCertificate,
    requestsInFlight: 2,
  });
  server.faults.add({ when: { nth: 5 }, times: 3, do: { kind: "delay", of: "headers", ms: 30 } });
  server.faults.add({ when: { nth: 20 }, times: 2, do: { kind: "reset" } });
  const observe = async (signal: AbortSignal) =>
    (await http.send({ method: "GET", path: "/", attempted: "read", signal })).text.includes("done")
      ? "done"
      : "copying";
  const { reconciler } = scripted(clock, { reads: [] }, { observe, pollIntervalMs: () => 60_000 });
  await reconcile(reconciler, runOn(clock, { timeoutMs: 3 * 3_600_000 + 120_000 }));
  await http.close();
  expect(array.nowMs()).toBe(clock.nowMs());
  expect(clock.nowMs() - startMs).toBeLessThan(3 * 3_600_000 + 120_000);
  expect(server.requests.length).toBeGreaterThan(180);
});

async function startCopyingArray(clock: ArrayClock, doneAtMs: number) {
  const server = await startArrayServer({
    clock,
    route: ({ atMs }) => ({ status: 200, body: { state: atMs >= doneAtMs ? "done" : "copying" } }),
    refuseBody: () => ({ status: 400 }),
  });
  return { ...server, [Symbol.asyncDispose]: () => server.close() };
}
