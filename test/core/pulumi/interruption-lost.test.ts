import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { eachLine } from "../../engine/lines.ts";

/** A process that watches as a provider does, and belongs to that engine. */
async function startProvider(engine: Server) {
  const file = new URL("../../../provider/core/pulumi/interruption.ts", import.meta.url);
  const program = `
    import { interruption, watchForInterruption } from ${JSON.stringify(file.href)};
    interruption.addEventListener("abort", () => console.log("interrupted"));
    watchForInterruption(async () => console.log("logging out"), process.argv[1]);
    setInterval(() => {}, 1000);
    console.log("ready");`;
  const parameters = ["--no-warnings", "--input-type=module", "--eval", program, addressOf(engine)];
  const child = spawn(process.execPath, parameters, { stdio: ["ignore", "pipe", "inherit"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  const lines: string[] = [];
  let heard = () => {};
  void eachLine(child.stdout, (line) => {
    lines.push(line);
    heard();
  });
  const says = async (text: string) => {
    while (!lines.includes(text)) {
      await new Promise<void>((resolve) => {
        heard = resolve;
      });
    }
  };
  await says("ready");
  return { child, lines, says, ended: once(child, "exit") };
}

async function startEngine(): Promise<Server> {
  const engine = createServer((socket) => socket.on("error", () => undefined).resume());
  engine.listen(0, "127.0.0.1");
  await once(engine, "listening");
  onTestFinished(() => void engine.close());
  return engine;
}

function addressOf(engine: Server): string {
  const address = engine.address();
  if (address === null || typeof address === "string") throw new Error("the engine has no port");
  return `127.0.0.1:${address.port}`;
}

test("a provider whose engine was killed ends its waits, logs out and exits, because nobody else would make it", async () => {
  const engine = await startEngine();
  const { lines, ended } = await startProvider(engine);
  engine.close();
  expect(await ended).toEqual([0, null]);
  expect(lines).toEqual(["ready", "interrupted", "logging out"]);
});

test("on SIGTERM only the waits end: the engine, terminated too, records what they come to and then ends the provider", async () => {
  const engine = await startEngine();
  const { child, lines, says, ended } = await startProvider(engine);
  child.kill("SIGTERM");
  await says("interrupted");
  // An action under way is still answered: a few checks later the provider is there.
  for (let checks = 0; checks < 2; checks++) await once(engine, "connection");
  expect(lines).toEqual(["ready", "interrupted"]);
  child.kill("SIGINT");
  expect(await ended).toEqual([0, null]);
  expect(lines).toEqual(["ready", "interrupted", "logging out"]);
});
