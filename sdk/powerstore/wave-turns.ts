import type { Output } from "@pulumi/pulumi";

/** Who may begin: so many at once, in the order in which they ask; as soon as one is done, the next. */
export interface WaveTurns {
  /** Resolves when the one who asks may begin. */
  next(): Promise<void>;
  /** The turn ends when this is known. */
  endWith(end: Output<unknown>): void;
}

export function waveTurns(atOnce: number): WaveTurns {
  let free = atOnce;
  const waiting: (() => void)[] = [];
  const release = () => {
    const first = waiting.shift();
    if (first === undefined) free += 1;
    else first();
  };
  return {
    async next() {
      if (free > 0) free -= 1;
      else await new Promise<void>((resolve) => waiting.push(resolve));
    },
    endWith(end) {
      end.apply(release);
    },
  };
}
