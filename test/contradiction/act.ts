/** What is done to an array, in the words of these tests: the same whether a preview announces it or the array has logged it. */
export interface Act {
  /** `cutover`, `cancel by force` */
  readonly kind: string;
  /** The objects it is done to, all by this one request. */
  readonly subjects: readonly string[];
}

/** `suspend 7, 12` */
export function actText({ kind, subjects }: Act): string {
  return `${kind} ${subjects.join(", ")}`;
}

export function actsText(acts: readonly Act[]): string {
  return acts.length === 0 ? "nothing" : acts.map(actText).join("; ");
}
