import { expect, test } from "vitest";
import { systemClock } from "../../../provider/core/async/clock.ts";
import { connect, get, json, post } from "../array/connecting.ts";
import { loopbackServer } from "../loopback-server.ts";

/** A clock on which every pause is over at once. */
const hastyClock = { ...systemClock, sleep: () => new Promise<void>((resolve) => setImmediate(resolve)) };

test("an action that takes minutes is not waited for after an interruption: the array may have acted", async () => {
  const interruption = new AbortController();
  await using server = await loopbackServer(() => interruption.abort());
  const http = connect(server.origin, { clock: hastyClock, interruption: interruption.signal });
  await expect(http.send(post("/cutover", { confirm: () => {} }))).rejects.toMatchObject({
    kind: "lost",
    message: expect.stringContaining("interrupted before the array answered"),
  });
  expect(server.arrived).toEqual(["POST /cutover"]);
});

test("an action that is answered soon after an interruption has its answer", async () => {
  const interruption = new AbortController();
  await using server = await loopbackServer((request, response) => {
    interruption.abort();
    setImmediate(() => json(request, response));
  });
  const http = connect(server.origin, { interruption: interruption.signal });
  expect(await http.send(post("/cutover", { confirm: () => {} }))).toMatchObject({ status: 200 });
});

test("a read is not the interruption's business: its own signal ends it", async () => {
  const interruption = AbortSignal.abort();
  await using server = await loopbackServer(json);
  const http = connect(server.origin, { clock: hastyClock, interruption });
  expect(await http.send(get())).toMatchObject({ status: 200 });
});
