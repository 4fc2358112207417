import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect, createServer } from "node:http2";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, test } from "vitest";
import { interruption, watchForInterruption } from "../../../provider/core/pulumi/interruption.ts";

// gRPC is HTTP/2: a plain server shows the watcher what the SDK's dynamic-provider server would.
const server = createServer((_request, response) => response.end());
const handlers = (["SIGINT", "SIGTERM"] as const).map((signal) => ({ signal, before: process.listeners(signal) }));

beforeAll(async () => {
  watchForInterruption(async () => {});
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterAll(() => {
  server.close();
  for (const { signal, before } of handlers) {
    for (const added of process.listeners(signal).filter((listener) => !before.includes(listener)))
      process.off(signal, added);
  }
});

async function call(path: string): Promise<void> {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  const client = connect(`http://127.0.0.1:${address.port}`);
  const stream = client.request({ ":path": path, ":method": "POST" });
  stream.end();
  stream.resume();
  await once(stream, "end");
  client.close();
}

test("W12: only the engine's Cancel interrupts, and it still does after the garbage was collected", async () => {
  for (const method of ["Configure", "Check", "Create", "CancelAll"])
    await call(`/pulumirpc.ResourceProvider/${method}`);
  await call("/pulumirpc.LanguageRuntime/Cancel");
  expect(interruption.aborted).toBe(false);
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  await call("/pulumirpc.ResourceProvider/Cancel");
  expect(interruption.aborted).toBe(true);
});

/** Runs a process that watches, and gets a signal once it stands. */
async function signalled(signal: NodeJS.Signals, onEnd: string) {
  const file = new URL("../../../provider/core/pulumi/interruption.ts", import.meta.url);
  const program = `
    import { interruption, watchForInterruption } from ${JSON.stringify(file.href)};
    interruption.addEventListener("abort", () => console.log("interrupted"));
    watchForInterruption(async () => { console.log("logging out"); ${onEnd} });
    setInterval(() => {}, 1000);
    console.log("ready");`;
  const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "--eval", program]);
  let output = "";
  child.stderr.on("data", (chunk) => {
    output += chunk;
  });
  child.stdout.on("data", (chunk) => {
    output += chunk;
    if (output.endsWith("ready\n")) child.kill(signal);
  });
  const giveUp = setTimeout(() => child.kill("SIGKILL"), 4000);
  const [code] = await once(child, "exit");
  clearTimeout(giveUp);
  return { code, output };
}

test.each(["SIGINT", "SIGTERM"] as const)(
  "on %s every wait ends, the provider logs out, and the process exits",
  async (signal) => {
    expect(await signalled(signal, "")).toEqual({ code: 0, output: "ready\ninterrupted\nlogging out\n" });
  },
);

test("a logout that fails does not keep the process from ending", async () => {
  expect(await signalled("SIGINT", 'throw new Error("unreachable");')).toMatchObject({ code: 0 });
});

test("an array that does not answer the logout does not hold up the end, because the engine waits for five seconds only", async () => {
  expect(await signalled("SIGINT", "await new Promise(() => {});")).toMatchObject({ code: 0 });
});
