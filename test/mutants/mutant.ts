/** A change in a line of the product that would make it unsafe, and the tests that must notice it. */
export interface Mutant {
  /** The safety rule that the change breaks, as the product keeps it. */
  readonly rule: string;
  /** The file of the product, from the root of the checkout. */
  readonly file: string;
  /** What stands in the file, once. */
  readonly find: string;
  /** What stands there instead. */
  readonly replace: string;
  /** The test files that are run, the fewest and quickest that notice it. */
  readonly tests: readonly string[];
}

/** The file with the change in it; undefined where what is to be changed does not stand there exactly once. */
export function mutated({ find, replace }: Mutant, text: string): string | undefined {
  const [before, after, ...more] = text.split(find);
  return before === undefined || after === undefined || more.length > 0 ? undefined : `${before}${replace}${after}`;
}
