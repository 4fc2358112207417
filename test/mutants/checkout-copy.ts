import { spawn } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Mutant, mutated } from "./mutant.ts";
import { type Verdict, verdictOf } from "./verdict.ts";

/** A copy of the checkout, in which mutants are tried: never in the checkout itself. */
export interface CheckoutCopy {
  /** Runs test files on the product as it is. */
  run(tests: readonly string[]): Promise<Verdict>;
  /** Makes the change, runs its tests, and reverts it. */
  try(mutant: Mutant): Promise<Verdict>;
  remove(): Promise<void>;
}

const parts = ["provider", "sdk", "test", "examples", "package.json", "tsconfig.json"];

// The slowest of the files takes seconds: what runs for so long hangs.
const maxRunMs = 5 * 60_000;

export async function copyCheckout(): Promise<CheckoutCopy> {
  const checkout = fileURLToPath(new URL("../../", import.meta.url));
  const folder = await mkdtemp(join(tmpdir(), "storage-migration-mutants-"));
  for (const part of parts) await cp(join(checkout, part), join(folder, part), { recursive: true });
  await symlink(join(checkout, "node_modules"), join(folder, "node_modules"));
  return {
    run: (tests) => runTests(folder, tests),
    async try(mutant) {
      const path = join(folder, mutant.file);
      const original = await readFile(path, "utf8");
      const changed = mutated(mutant, original);
      if (changed === undefined)
        return { kind: "invalid", why: `what it changes does not stand once in ${mutant.file}` };
      await writeFile(path, changed);
      const verdict = await runTests(folder, mutant.tests);
      await writeFile(path, original);
      return verdict;
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

async function runTests(folder: string, tests: readonly string[]): Promise<Verdict> {
  const report = join(folder, "report.json");
  await rm(report, { force: true });
  const vitest = join(folder, "node_modules/vitest/vitest.mjs");
  const options = ["--config", "test/vitest.config.ts", "--bail", "1", "--reporter", "json", "--outputFile", report];
  const isGreen = await runNode(folder, [vitest, "run", ...options, ...tests]);
  if (isGreen === undefined)
    return { kind: "invalid", why: `the tests had not ended after ${maxRunMs / 60_000} minutes` };
  return verdictOf(await readJson(report), isGreen);
}

/** @returns whether it ended well; undefined when it had to be ended */
function runNode(cwd: string, args: readonly string[]): Promise<boolean | undefined> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd, stdio: "ignore", timeout: maxRunMs, killSignal: "SIGKILL" });
    child.once("error", reject);
    child.once("exit", (code) => resolve(code === null ? undefined : code === 0));
  });
}

async function readJson(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, "utf8"));
  } catch {
    return undefined;
  }
}
