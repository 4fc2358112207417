import type { Output } from "@pulumi/pulumi";

/** Lets up to N callers begin at a time, in the order of their calls. As soon as one is done, the next begins. */
export interface WaveTurns {
  /** Resolves when the caller may begin. */
  next(): Promise<void>;
  /** Ends the turn when this output is known. */
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
