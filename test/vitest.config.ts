import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { tiers, virtualOnly } from "./tiers.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The engines start many processes that load the same code: compiled once, each starts in two thirds of the time.
process.env.NODE_COMPILE_CACHE ??= here("../node_modules/.cache/node-compile-cache");

// Tests leave nothing in Pulumi's home. Those about the journal name a folder of their own.
process.env.STORAGE_MIGRATION_JOURNAL ??= "off";

// With every story on every engine, all that can be told with processes is.
const isForAll = process.env.STORAGE_MIGRATION_ENGINES === "all";
const allStories = isForAll ? ["test/scenarios/*.test.ts"] : [];

export default defineConfig({
  root: here(".."),
  test: {
    // Generous, because CI machines are slow and noisy. Nothing waits this long by design.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // A CI machine has two cores.
    maxWorkers: 2,
    reporters: ["default", here("summary-reporter.ts")],
    projects: [
      {
        extends: true,
        // Modules are loaded once for all files of a worker: loading them takes longer than the tests. No test of these leaves anything in them.
        test: { name: "unit", include: [...tiers.unit], pool: "threads", isolate: false, sequence: { groupOrder: 1 } },
      },
      {
        extends: true,
        test: {
          name: "virtual",
          include: [...virtualOnly.include],
          exclude: [...virtualOnly.exclude],
          pool: "forks",
          isolate: false,
          sequence: { groupOrder: 2 },
        },
      },
      {
        extends: true,
        test: {
          name: "process",
          include: [...tiers.process, ...allStories],
          pool: "forks",
          env: { STORIES_WITH_PROCESSES: "true" },
          sequence: { groupOrder: 3 },
        },
      },
      {
        extends: true,
        test: {
          name: "package",
          include: [...tiers.package],
          pool: "forks",
          globalSetup: here("packaging/pack-once.ts"),
          sequence: { groupOrder: 4 },
        },
      },
    ],
  },
});
