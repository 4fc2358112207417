/** A number from 0 up to 1 that depends on the words alone: no state, so nothing depends on who asked before. */
export function draw(seed: number, ...words: readonly (string | number)[]): number {
  // FNV-1a, then the mixing of murmur3: short words that differ in one letter must not give neighbouring numbers.
  let hash = 0x811c9dc5;
  for (const letter of `${seed} ${words.join(" ")}`) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0) / 2 ** 32;
}
