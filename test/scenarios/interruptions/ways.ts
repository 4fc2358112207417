import type { Interruption } from "../../engine/engine.ts";

/** A way to interrupt a run: what befalls it, and what then stands in the state. */
export interface Way {
  readonly strikes: readonly Interruption["how"][];
  /**
   * - `recorded`: everybody comes to an end in good order, and what was seen last is saved.
   * - `untold`: the provider died; the engine heard of nothing that it had not recorded before.
   * - `pending`: the engine died; all that is saved is that something was being done.
   */
  readonly leaves: "recorded" | "untold" | "pending";
  /** Whether somebody was left to log out. */
  readonly logsOut: boolean;
}

export const ways = {
  "Ctrl-C": { strikes: ["Ctrl-C"], leaves: "recorded", logsOut: true },
  "Ctrl-C twice": { strikes: ["Ctrl-C", "Ctrl-C"], leaves: "pending", logsOut: true },
  "SIGTERM to the engine": { strikes: ["terminate"], leaves: "recorded", logsOut: true },
  "SIGTERM to its process group": { strikes: ["terminate group"], leaves: "recorded", logsOut: true },
  "SIGTERM to every process": { strikes: ["terminate all"], leaves: "recorded", logsOut: true },
  "kill -9 of the provider": { strikes: ["kill provider"], leaves: "untold", logsOut: false },
  "kill -9 of the engine": { strikes: ["kill engine"], leaves: "pending", logsOut: true },
  "kill -9 of both": { strikes: ["lose machine"], leaves: "pending", logsOut: false },
} as const satisfies Record<string, Way>;

export type WayName = keyof typeof ways;
export const wayNames: readonly WayName[] = Object.keys(ways).filter((name): name is WayName => name in ways);

/** The embedded engine is the process of the tests, which must live on. */
export const waysOfEmbedded: readonly string[] = [
  "Ctrl-C",
  "Ctrl-C twice",
  "kill -9 of the provider",
  "kill -9 of both",
] satisfies readonly WayName[];
