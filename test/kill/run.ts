import { writeFile } from "node:fs/promises";
import { findRealEngine } from "../engine/real.ts";
import { playRound, type Round } from "./round.ts";
import { lineOf, summaryOf } from "./summary.ts";

// The kill loop: KILL_ROUNDS rounds from KILL_SEED on, KILL_CONCURRENCY at once. `KILL_SEED=<that of a round> KILL_ROUNDS=1` plays one again.

const rounds = numberFrom("KILL_ROUNDS", 200);
const seed = numberFrom("KILL_SEED", Date.now() % 1_000_000_000);
// They mostly wait: on two cores more than this makes each slower, and none sooner done.
const concurrency = numberFrom("KILL_CONCURRENCY", 4);

const engine = await findRealEngine();
if (engine === undefined) {
  console.error(
    "The kill loop needs the real engine, and no `pulumi` was found on the PATH or in ~/.pulumi. Get it: https://www.pulumi.com/docs/install/",
  );
  process.exit(2);
}

let isStopped = false;
process.on("SIGINT", () => {
  // What runs is asked to end; who insists does not wait for it.
  if (isStopped) process.exit(130);
  isStopped = true;
  console.log("stopping");
});

const startedMs = performance.now();
const done: Round[] = [];
let next = 0;
console.log(`${rounds} rounds on ${engine.name}, KILL_SEED=${seed}, ${concurrency} at once`);
await Promise.all(
  Array.from({ length: concurrency }, async () => {
    while (next < rounds && !isStopped) {
      const round = await playRound(engine, seed + next++, () => isStopped);
      if (round === undefined) return;
      done.push(round);
      console.log(`${done.length}/${rounds}  ${lineOf(round)}`);
      if (round.violation !== "") console.log(round.violation);
    }
  }),
);

const summary = summaryOf(done, {
  command: `KILL_SEED=${seed} KILL_ROUNDS=${rounds} npm run test:kill`,
  engine: engine.name,
  seed,
  concurrency,
  tookS: (performance.now() - startedMs) / 1000,
});
console.log(summary);
// Only the whole run is worth keeping.
if (!isStopped && rounds >= 200) await writeFile(new URL("../../docs/kill-loop.md", import.meta.url), summary);
process.exitCode = isStopped ? 130 : done.some(({ violation }) => violation !== "") ? 1 : 0;

function numberFrom(name: string, otherwise: number): number {
  const value = Number(process.env[name] ?? otherwise);
  if (Number.isSafeInteger(value) && value >= 0) return value;
  console.error(`${name} must be a whole number, not "${process.env[name]}"`);
  process.exit(2);
}
