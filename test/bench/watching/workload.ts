import { normal, seededRandom } from "../random.ts";

/** What an array says of the rest of the way. */
export type Telling = "an estimate" | "percents only" | "nothing" | "always a minute" | "always ten hours";

/** Copies that go on by themselves. Times are milliseconds from the start of all. */
export interface Workload {
  readonly count: number;
  endMs(index: number): number;
  percent(index: number, nowMs: number): number | undefined;
  leftMs(index: number, nowMs: number): number | undefined;
}

/**
 * Copies whose lengths are spread log-normally (median 2 hours, sigma 0.8). About every hour one slows down to a third or two thirds for five to fifteen minutes.
 * Estimates go by the rate of the moment, and are off by 20 percent of the rest (one standard deviation).
 */
export function copies(count: number, seed: number, telling: Telling): Workload {
  const random = seededRandom(seed);
  const noise = seededRandom(seed + 1);
  const all = Array.from({ length: count }, () => copy(hourMs * 2 * Math.exp(0.8 * normal(random)), random));
  const at = (index: number): Copy => {
    const found = all[index];
    if (found === undefined) throw new RangeError(`there is no copy ${index}`);
    return found;
  };
  return {
    count,
    endMs: (index) => at(index).endMs,
    percent: (index, nowMs) =>
      telling === "nothing" ? undefined : Math.floor((100 * doneAt(at(index), nowMs)) / at(index).workMs),
    leftMs(index, nowMs) {
      const { workMs } = at(index);
      const left = (workMs - doneAt(at(index), nowMs)) / stretchAt(at(index), nowMs).rate;
      switch (telling) {
        case "an estimate":
          return Math.max(0, left * (1 + 0.2 * normal(noise)));
        case "always a minute":
          return 60_000;
        case "always ten hours":
          return 10 * hourMs;
        case "percents only":
        case "nothing":
          return undefined;
      }
    },
  };
}

const hourMs = 3_600_000;

interface Stretch {
  readonly fromMs: number;
  /** What is done by then. */
  readonly doneMs: number;
  /** 1 is full speed. */
  readonly rate: number;
}

interface Copy {
  /** How long it takes at full speed. */
  readonly workMs: number;
  readonly endMs: number;
  readonly stretches: readonly Stretch[];
}

function copy(workMs: number, random: () => number): Copy {
  const stretches: Stretch[] = [];
  for (let [fromMs, doneMs, isSlow] = [0, 0, false]; ; isSlow = !isSlow) {
    const rate = isSlow ? 1 / 3 + random() / 3 : 1;
    const lengthMs = isSlow ? (5 + 10 * random()) * 60_000 : -Math.log(1 - random()) * hourMs;
    stretches.push({ fromMs, doneMs, rate });
    if (doneMs + lengthMs * rate >= workMs) return { workMs, endMs: fromMs + (workMs - doneMs) / rate, stretches };
    fromMs += lengthMs;
    doneMs += lengthMs * rate;
  }
}

function stretchAt({ stretches }: Copy, nowMs: number): Stretch {
  return stretches.findLast(({ fromMs }) => fromMs <= nowMs) ?? { fromMs: 0, doneMs: 0, rate: 1 };
}

function doneAt(copy: Copy, nowMs: number): number {
  const { fromMs, doneMs, rate } = stretchAt(copy, nowMs);
  return Math.min(copy.workMs, doneMs + (nowMs - fromMs) * rate);
}
