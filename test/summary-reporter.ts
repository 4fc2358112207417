import type { Reporter, TestModule } from "vitest/node";
import { findEngines } from "./engine/find.ts";

/** What takes too long for every run, by the script that does it. */
const nightly: Readonly<Record<string, string>> = {
  "npm run test:scenarios": "every story on every engine with processes, and twenty stacks at once",
  "npm run test:contradiction": "every situation, the preview against its run",
  "npm run test:mutants": "a mutant of the product for each safety rule, which some test must kill",
  "npm run test:packaging": "ES modules, pnpm, yarn, an older SDK, Node 22",
  "npm run test:chaos": "thousands of random schedules of faults and of edits for each array",
  "npm run test:kill": "real processes killed at random moments",
  "npm run test:kill:matrix": "every way to interrupt a run at every moment",
};

const slowestShown = 10;

/** Ends the output with the slowest files, the engines the stories were told on, what was left for the night, and one plain line of counts. */
export default class SummaryReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): Promise<void> {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded, or an error outside a test, is a failure too.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const skipped = count("skipped");
    console.log(slowest(modules));
    const engines = await enginesOf(modules);
    if (engines.length > 0) console.log(`engines: ${engines.join(", ")}`);
    console.log("left for the night:");
    for (const [script, what] of Object.entries(nightly)) console.log(`  ${script}: ${what}`);
    if (skipped > 0) console.log(`${skipped} skipped`);
    console.log(`${count("passed")} passed, ${count("failed") + broken} failed`);
  }
}

function slowest(modules: readonly TestModule[]): string {
  const files = modules
    .map((module) => ({ module, ms: module.diagnostic().duration }))
    .toSorted((one, other) => other.ms - one.ms)
    .slice(0, slowestShown);
  const lines = files.map(({ module, ms }) => {
    return `  ${(ms / 1000).toFixed(1).padStart(6)} s  ${module.project.name}  ${module.relativeModuleId}`;
  });
  return ["the slowest files:", ...lines].join("\n");
}

/** By the tiers that were run. */
async function enginesOf(modules: readonly TestModule[]): Promise<readonly string[]> {
  const tiers = new Set(modules.map(({ project }) => project.name));
  const direct = tiers.has("virtual") ? ["direct"] : [];
  const others = tiers.has("process") || tiers.has("package") ? await findEngines() : [];
  return [...direct, ...others.map(({ name }) => name)];
}
