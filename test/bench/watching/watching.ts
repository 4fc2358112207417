import { inVirtualTime } from "../virtual-time.ts";
import { others } from "./others.ts";
import { ours } from "./ours.ts";
import { type Measured, openTally, type Strategy } from "./strategy.ts";
import { copies, type Telling } from "./workload.ts";

const count = 1000;
const seed = 20_261_122;

/** Waits in every way for the same copies. */
export async function measureWatching(): Promise<{
  readonly all: readonly Measured[];
  readonly oursByTelling: readonly Measured[];
}> {
  const all: Measured[] = [];
  for (const strategy of [ours, ...others]) all.push(await measure(strategy, "an estimate"));
  const oursByTelling: Measured[] = [];
  for (const telling of ["percents only", "nothing", "always a minute", "always ten hours"] as const)
    oursByTelling.push({ ...(await measure(ours, telling)), name: `the array tells ${telling}` });
  return { all, oursByTelling };
}

function measure(strategy: Strategy, telling: Telling): Promise<Measured> {
  const workload = copies(count, seed, telling);
  const tally = openTally(workload);
  return inVirtualTime(seed, async () => {
    await strategy.wait(workload, tally);
    return tally.measured(strategy.name);
  });
}
