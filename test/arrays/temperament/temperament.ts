import { draw } from "./draw.ts";
import { type ArrayMake, type TraitName, traitNamed, traitsOf } from "./traits.ts";

/**
 * How rough an array is. `calm`: as the vendors' documents describe it on a good day. `rough`: a mix of the traits, each of which
 * strikes now and then; the same seed and the same clock give the same trouble. Or the traits that are named: these always strike.
 */
export type Temperament =
  | "calm"
  | "rough"
  | {
      readonly kind: "rough";
      /** @default 1 */
      readonly seed?: number;
    }
  | {
      readonly kind: "traits";
      /** Those that the other make alone can have are ignored. */
      readonly traits: readonly TraitName[];
      /** How long a trait takes, in milliseconds of the array. @default drawn between the two limits of its row */
      readonly ms?: Partial<Readonly<Record<TraitName, number>>>;
    };

type Word = string | number;

/** What an array asks about its own temperament. The same words get the same answer, whenever they are asked. */
export interface Temper {
  /** Whether the array has the trait at all. */
  has(trait: TraitName): boolean;
  /** Whether the trait strikes on the occasion that the words name. */
  strikes(trait: TraitName, ...occasion: readonly Word[]): boolean;
  /** How long the trait takes on that occasion. */
  ms(trait: TraitName, ...occasion: readonly Word[]): number;
  /** Milliseconds if the trait strikes, else 0. */
  msIfStrikes(trait: TraitName, ...occasion: readonly Word[]): number;
  /** The number of the two minutes that are on just now: for traits that are in force for a while. */
  slot(nowMs: number): number;
  /** Which of the trait's turns, one every `everyMs`, is on just now; `undefined` between them. */
  turn(trait: TraitName, everyMs: number, nowMs: number, ...about: readonly Word[]): number | undefined;
  /** Whether nobody is at the array's console to decide what waits for a decision: then time does. */
  readonly isUnattended: boolean;
}

/** The temper of an array that starts at a time. */
export function temperOf(make: ArrayMake, temperament: Temperament, startMs: number): Temper {
  const { seed, always, durations } = resolved(temperament);
  const own = new Set(temperament === "calm" ? [] : traitsOf(make));
  const has = (trait: TraitName) =>
    own.has(trait) && (always === undefined ? traitNamed(trait).chance > 0 : always.has(trait));
  const strikes: Temper["strikes"] = (trait, ...occasion) =>
    has(trait) && (always !== undefined || draw(seed, trait, "strikes", ...occasion) < traitNamed(trait).chance);
  const ms: Temper["ms"] = (trait, ...occasion) => {
    const [least, most] = traitNamed(trait).ms ?? [0, 0];
    return durations[trait] ?? Math.round(least + draw(seed, trait, "ms", ...occasion) * (most - least));
  };
  return {
    has,
    strikes,
    ms,
    msIfStrikes: (trait, ...occasion) => (strikes(trait, ...occasion) ? ms(trait, ...occasion) : 0),
    slot: (nowMs) => Math.floor((nowMs - startMs) / slotMs),
    turn(trait, everyMs, nowMs, ...about) {
      const sinceMs = nowMs - startMs;
      const turn = Math.floor(sinceMs / everyMs);
      if (!strikes(trait, turn, ...about)) return undefined;
      const lastsMs = Math.min(ms(trait, turn, ...about), everyMs);
      const beginsMs = turn * everyMs + draw(seed, trait, "begins", turn, ...about) * (everyMs - lastsMs);
      return sinceMs >= beginsMs && sinceMs < beginsMs + lastsMs ? turn : undefined;
    },
    isUnattended: always === undefined,
  };
}

const slotMs = 120_000;

function resolved(temperament: Temperament): {
  readonly seed: number;
  readonly always: ReadonlySet<TraitName> | undefined;
  readonly durations: Partial<Readonly<Record<TraitName, number>>>;
} {
  if (typeof temperament === "string") return { seed: 1, always: undefined, durations: {} };
  if (temperament.kind === "rough") return { seed: temperament.seed ?? 1, always: undefined, durations: {} };
  return { seed: 1, always: new Set(temperament.traits), durations: temperament.ms ?? {} };
}
