import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

// The engines start many processes that load the same code: compiled once, each starts in two thirds of the time.
process.env.NODE_COMPILE_CACHE ??= here("../node_modules/.cache/node-compile-cache");

export default defineConfig({
  root: here(".."),
  test: {
    include: ["test/**/*.test.ts"],
    // Scenarios start engines and arrays of their own: generous, because CI machines are slow and noisy. Nothing waits this long by design.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // More than the two cores of a CI machine: the scenarios wait a third of their time.
    maxWorkers: 3,
    reporters: ["default", here("summary-reporter.ts")],
  },
});
