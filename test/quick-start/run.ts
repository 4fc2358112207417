import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { scaledClock, startEternus, startPowerStore } from "../arrays/index.ts";
import type { RunResult } from "../engine/engine.ts";
import { preferredEngine } from "../engine/find.ts";
import { configFor } from "./config.ts";
import { newActs } from "./sent.ts";

// A minute on the arrays takes a second here.
const clock = scaledClock({ factor: 60 });
const powerstore = await startPowerStore({ clock });
const eternus = await startEternus({
  clock,
  sessions: [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" })),
});
const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-quick-start-"));
const engine = await preferredEngine();

const say = (text: string) => console.log(text);
const bold = (text: string) => (process.stdout.isTTY ? `\u001b[1m${text}\u001b[0m` : text);

try {
  say(`A storage migration on two simulated arrays, 60 times as fast as real ones. Engine: ${engine.name}`);
  say(`  PowerStore ${powerstore.endpoint}, ETERNUS ${eternus.endpoint}`);
  const stack = await engine.stack({
    program: fileURLToPath(new URL("../../examples/quick-start", import.meta.url)),
    stateFolder,
    config: configFor(powerstore, eternus),
    onOutput: (line) => say(`  | ${line}`),
  });
  const step = async (title: string, run: () => Promise<RunResult>): Promise<RunResult> => {
    say(`\n${bold(title)}`);
    const before = { powerstore: powerstore.acts().length, eternus: eternus.acts().length };
    const result = await run();
    for (const act of newActs(powerstore, eternus, before)) say(`  > ${act}`);
    if (!result.ok) throw new Error(`"${title}" failed; what it said stands above`);
    return result;
  };

  await step("pulumi preview: what would be done", () => stack.preview());
  await step("pulumi up: suspend the replication, copy the volume", () => stack.up());
  await stack.setConfig("quick-start:cutOver", "true");
  await step("pulumi up, with cutOver: the copy becomes the volume", () => stack.up());
  await step("pulumi up again: nothing to do", () => stack.up());
  await stack.setConfig("quick-start:resumeReplication", "true");
  const last = await step("pulumi up, with resumeReplication: copy to the destinations again", () => stack.up());
  say(`\n${bold("Outputs")}`);
  say(JSON.stringify(last.outputs, undefined, 2).replace(/^/gm, "  "));
  await step("pulumi destroy: leave nothing behind", () => stack.destroy());
  say(`\nDone. Logins left on the arrays: ${powerstore.logins + eternus.logins}.`);
} catch (error) {
  say(error instanceof Error ? error.message : `${error}`);
  process.exitCode = 1;
} finally {
  await Promise.all([powerstore.close(), eternus.close(), rm(stateFolder, { recursive: true, force: true })]);
}
