import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("progress of a step stands on the row of its resource, in a component too", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", group: "g" });

    const result = await bench.stack.up();

    expect(result).toMatchObject({ ok: true, changes: { ...noChanges, create: 1 }, diagnostics: [] });
    expect(result.output).toMatch(/test:Counter a creating .*a is at 1 of 2/);
    expect(result.output.split("\n")).toEqual(bench.lines);
    const urn = "urn:pulumi:dev::counters::test:index:Group$pulumi-nodejs:dynamic/test:Counter::a";
    expect((await bench.stack.state()).resources).toMatchObject([{ urn, inputs: { self: urn } }]);
  });
});
