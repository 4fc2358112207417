import type { RunOptions } from "./engine.ts";

/** What a run does when it is interrupted. */
export interface Interruptible {
  /** One Ctrl-C; called again for the next. */
  interrupt(): void;
  /** The machine is lost. */
  lose(): void;
}

/**
 * Passes on the signals of a run, and SIGINT to this process, until it is disposed of. While it listens, SIGINT does
 * not end this process: the run does, in its own time.
 */
export function listenForInterruption({ signal, loss }: RunOptions, run: Interruptible): Disposable {
  const interrupt = () => run.interrupt();
  const lose = () => run.lose();
  process.on("SIGINT", interrupt);
  signal?.addEventListener("abort", interrupt);
  loss?.addEventListener("abort", lose);
  if (signal?.aborted === true) interrupt();
  if (loss?.aborted === true) lose();
  return {
    [Symbol.dispose]() {
      process.off("SIGINT", interrupt);
      signal?.removeEventListener("abort", interrupt);
      loss?.removeEventListener("abort", lose);
    },
  };
}
