import fc from "fast-check";
import { Violation } from "./violation.ts";

/**
 * Plays random schedules: as many as `CHAOS_RUNS` says, or the usual number. Of one that fails a small one like it is sought, and printed with the `CHAOS_SEED`
 * and `CHAOS_PATH` that find it again.
 *
 * @param name the test file's name without ending
 * @param usualRuns how many are part of every test run. Bounded by number: each takes less than a tenth of a second of a processor, and on a busy machine the same are played.
 * @throws Violation
 */
export async function search<Schedule>(
  name: string,
  schedules: fc.Arbitrary<Schedule>,
  play: (schedule: Schedule) => Promise<void>,
  usualRuns = 120,
): Promise<void> {
  const numRuns = numberFrom("CHAOS_RUNS") ?? usualRuns;
  const seed = numberFrom("CHAOS_SEED") ?? (process.env.CHAOS_RUNS === undefined ? usualSeed : Date.now() % 2 ** 31);
  const path = process.env.CHAOS_PATH ?? "";
  const startMs = performance.now();
  let played = 0;
  let smaller = 0;
  let hasFailed = false;
  const report = () => {
    const tookMs = performance.now() - startMs;
    console.log(
      `${name}: ${played} schedules in ${(tookMs / 1000).toFixed(0)} s, ${(tookMs / played).toFixed(0)} ms each`,
    );
  };
  console.log(`${name}: ${numRuns} schedules, CHAOS_SEED=${seed}${path === "" ? "" : ` CHAOS_PATH=${path}`}`);
  const property = fc.asyncProperty(schedules, async (schedule) => {
    if (hasFailed && smaller++ >= mostSmaller) return;
    played += 1;
    if (played % 250 === 0) report();
    await play(schedule).catch((error: unknown) => {
      hasFailed = true;
      throw error;
    });
  });
  const details = await fc.check(property, {
    numRuns,
    seed,
    ...(path === "" ? {} : { path }),
  });
  report();
  if (!details.failed) return;
  const { counterexample, counterexamplePath, errorInstance } = details;
  const again = `CHAOS_SEED=${details.seed} CHAOS_PATH=${counterexamplePath} npx vitest run --config test/vitest.config.ts test/chaos/${name}.test.ts`;
  throw new Violation([
    `after ${details.numRuns} schedules; this one again: ${again}`,
    `as a regression test: await play(${fc.stringify(counterexample?.[0])})`,
    errorInstance instanceof Error ? errorInstance.message : `${errorInstance}`,
  ]);
}

/** The same schedules in every `npm test`: what is new is searched for by `npm run test:chaos`, from another seed each time. */
const usualSeed = 20_261_123;

/** How many schedules are tried to make a failing one smaller. */
const mostSmaller = 250;

function numberFrom(variable: string): number | undefined {
  const text = process.env[variable];
  return text === undefined || text === "" ? undefined : Number(text);
}
