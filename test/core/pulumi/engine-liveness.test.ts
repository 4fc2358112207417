import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { expect, onTestFinished, test, vi } from "vitest";
import { watchEngine } from "../../../provider/core/pulumi/engine-liveness.ts";

const intervalMs = 10;

/** An engine, and whether it was found to be lost. */
async function watchedEngine(host: string) {
  const engine: Server = createServer((socket) => socket.on("error", () => undefined).resume());
  engine.listen(0, host);
  await once(engine, "listening");
  onTestFinished(() => void engine.close());
  const address = engine.address();
  if (address === null || typeof address === "string") throw new Error("the engine has no port");
  let losses = 0;
  const lost = new Promise<void>((resolve) => {
    const onLost = () => {
      losses += 1;
      resolve();
    };
    watchEngine(`${host}:${address.port}`, onLost, intervalMs);
  });
  return { engine, lost, losses: () => losses };
}

test("an engine that listens is not lost, however often it is checked", async () => {
  const { engine, lost, losses } = await watchedEngine("127.0.0.1");
  for (let checks = 0; checks < 5; checks++) await once(engine, "connection");
  expect(losses()).toBe(0);
  engine.close();
  await lost;
});

test("an engine that no longer listens is lost, once", async () => {
  const { engine, lost, losses } = await watchedEngine("127.0.0.1");
  engine.close();
  await lost;
  await new Promise((resolve) => setTimeout(resolve, 5 * intervalMs));
  expect(losses()).toBe(1);
});

test.each(["", "up", "127.0.0.1", "engine:port", "127.0.0.1:4711/x"])(
  "without an engine's address (%j) nothing is watched",
  (address) => {
    using setting = vi.spyOn(globalThis, "setInterval");
    watchEngine(address, () => {}, intervalMs);
    expect(setting).not.toHaveBeenCalled();
  },
);
