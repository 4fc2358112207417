import { describe, expect, test } from "vitest";
import { findEngines } from "./find.ts";
import { type Bench, openBench } from "./fixtures/bench.ts";

/** What concerns a resource: not the end of the process. */
const calls = (bench: Bench) => bench.calls().filter((call) => call.includes(" "));

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  const opened = async () => {
    const bench = await openBench(engine);
    await bench.want({ name: "a" }, { name: "b" }, { name: "c" });
    await bench.stack.up();
    bench.calls();
    const { resources } = await bench.stack.state();
    const urnOf = (name: string) => resources.find(({ urn }) => urn.endsWith(`::${name}`))?.urn ?? "";
    return { bench, urnOf };
  };

  test("an up with a target checks and changes nothing else, and deletes nothing else", async () => {
    const { bench, urnOf } = await opened();
    await using _ = bench;
    await bench.want({ name: "b", inputs: { count: 2 } }, { name: "c", inputs: { count: 2 } });
    const result = await bench.stack.up({ target: [urnOf("b")] });
    expect(result.ok).toBe(true);
    expect(calls(bench).filter((call) => !call.endsWith(" b"))).toEqual([]);
    expect(bench.things()).toEqual(["a-plain", "b-plain", "c-plain"]);
    await bench.stack.up({ target: [urnOf("a")] });
    expect(calls(bench)).toEqual(["delete a"]);
  });

  test("a destroy with a target deletes that, and asks nothing of the others", async () => {
    const { bench, urnOf } = await opened();
    await using _ = bench;
    const result = await bench.stack.destroy({ target: [urnOf("b")] });
    expect(result).toMatchObject({ ok: true, changes: { delete: 1 } });
    expect(calls(bench)).toEqual(["delete b"]);
    expect(bench.things()).toEqual(["a-plain", "c-plain"]);
  });

  test("what others depend on is not destroyed without them", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a" }, { name: "b", dependsOn: ["a"] });
    await bench.stack.up();
    const { resources } = await bench.stack.state();
    const urn = resources.find((one) => one.urn.endsWith("::a"))?.urn ?? "";
    const result = await bench.stack.destroy({ target: [urn] });
    expect(result.ok).toBe(false);
    expect(result.output).toContain("--target-dependents");
    expect(bench.things()).toEqual(["a-plain", "b-plain"]);
  });
});
