import type { Interruption, RunOptions } from "./engine.ts";

/**
 * Passes on what befalls a run, and SIGINT to this process, until it is disposed of. While it listens, SIGINT does
 * not end this process: the run does, in its own time.
 */
export function listenForInterruption(
  { signal, loss, interruptions = [] }: RunOptions,
  befall: (how: Interruption["how"]) => void,
): Disposable {
  const ctrlC = () => befall("Ctrl-C");
  process.on("SIGINT", ctrlC);
  const all: readonly Interruption[] = [
    ...(signal === undefined ? [] : [{ when: signal, how: "Ctrl-C" } as const]),
    ...(loss === undefined ? [] : [{ when: loss, how: "lose machine" } as const]),
    ...interruptions,
  ];
  const listening = all.map(({ when, how }) => {
    const strike = () => befall(how);
    if (when.aborted) strike();
    else when.addEventListener("abort", strike);
    return () => when.removeEventListener("abort", strike);
  });
  return {
    [Symbol.dispose]() {
      process.off("SIGINT", ctrlC);
      for (const stop of listening) stop();
    },
  };
}
