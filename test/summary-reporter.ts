import type { Reporter, TestModule } from "vitest/node";
import { findEngines } from "./engine/find.ts";

/** Ends the output with the engines the scenarios ran on and one plain line of counts. */
export default class SummaryReporter implements Reporter {
  async onTestRunEnd(modules: readonly TestModule[], unhandled: readonly unknown[]): Promise<void> {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    // A file that could not be loaded, or an error outside a test, is a failure too.
    const broken = modules.filter((module) => module.errors().length > 0).length + unhandled.length;
    const skipped = count("skipped");
    const engines = await findEngines();
    console.log(`engines: ${engines.map(({ name }) => name).join(", ")}`);
    console.log(
      `${count("passed")} passed, ${count("failed") + broken} failed${skipped === 0 ? "" : `, ${skipped} skipped`}`,
    );
  }
}
