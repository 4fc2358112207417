import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here(".."),
  test: {
    include: ["test/**/*.test.ts"],
    // Scenarios start engines and arrays of their own: generous, because CI machines are slow and noisy. Nothing waits this long by design.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    reporters: ["default", here("summary-reporter.ts")],
  },
});
