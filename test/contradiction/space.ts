/** Cases that can be counted and picked one by one, without all of them being there. */
export interface Space<Case> {
  readonly size: number;
  at(index: number): Case;
}

/** Every combination of one of each of these. */
export function allOf<Case extends object>(
  choices: { readonly [Key in keyof Case]: readonly Case[Key][] },
): Space<Case>;
export function allOf(choices: Readonly<Record<string, readonly unknown[]>>): Space<object> {
  const dimensions = Object.entries(choices);
  return {
    size: dimensions.reduce((size, [, values]) => size * values.length, 1),
    at(index) {
      let rest = index;
      const chosen = dimensions.map(([name, values]) => {
        const value = values[rest % values.length];
        rest = Math.floor(rest / values.length);
        return [name, value];
      });
      return Object.fromEntries(chosen);
    },
  };
}

/** One space after the other. */
export function together<Case>(...spaces: readonly Space<Case>[]): Space<Case> {
  return {
    size: spaces.reduce((sum, { size }) => sum + size, 0),
    at(index) {
      let rest = index;
      for (const space of spaces) {
        if (rest < space.size) return space.at(rest);
        rest -= space.size;
      }
      throw new RangeError(`there is no case ${index}`);
    },
  };
}

/** The same cases, each made into another. */
export function mapped<Case, Other>({ size, at }: Space<Case>, make: (one: Case) => Other): Space<Other> {
  return { size, at: (index) => make(at(index)) };
}

/** So many of the cases, spread over all of them: the same ones for the same seed. All, if there are no more. */
export function sampled<Case>({ size, at }: Space<Case>, count: number, seed: number): readonly Case[] {
  if (count >= size) return Array.from({ length: size }, (_, index) => at(index));
  const chance = chanceFrom(seed);
  // One from each of as many equal parts: no region is left out.
  return Array.from({ length: count }, (_, part) => at(Math.floor(((part + chance()) * size) / count)));
}

/** Numbers from 0 to 1 that look like chance (mulberry32). */
function chanceFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
