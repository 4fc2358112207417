import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";
import { UNKNOWN } from "./wire-value.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("a preview checks and compares only, warns, and shows what it cannot know yet as unknown", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { count: 1 } }, { name: "b", inputs: { count: 2 }, keyFrom: "a" });

    const ofNothing = await bench.stack.preview();
    expect(ofNothing).toMatchObject({ ok: true, changes: { ...noChanges, create: 2 } });
    expect(ofNothing.outputs).toMatchObject({ counts: { a: 1, b: 2 }, echoes: { a: "[unknown]", b: "[unknown]" } });
    expect(bench.things()).toEqual([]);
    expect((await bench.stack.state()).resources).toEqual([]);

    await bench.stack.up();
    const before = await bench.stack.state();
    bench.calls();
    await bench.want(
      { name: "a", inputs: { count: 9 } },
      { name: "b", inputs: { count: 2 }, keyFrom: "a" },
      { name: "c", inputs: { behaviour: "warned" } },
    );

    const ofChange = await bench.stack.preview();
    expect(ofChange).toMatchObject({ ok: true, changes: { ...noChanges, create: 1, update: 1, replace: 1 } });
    expect(bench.calls()).toEqual(["diff a", `diff ${UNKNOWN}`, "cancel", "interrupt"]);
    expect((await bench.stack.state()).resources).toEqual(before.resources);
    expect(ofChange.diagnostics).toEqual(["warning: c is worth a warning"]);
    expect(ofChange.output).toMatch(/test:Counter c .*warning: c is worth a warning/);
  });

  test("a program that fails has nothing deleted", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a" }, { name: "b" });
    await bench.stack.up();
    await bench.want({ name: "a" });
    await bench.stack.setConfig("counters:broken", "true");

    const result = await bench.stack.up();

    expect(result).toMatchObject({ ok: false, outputs: {} });
    expect(result.diagnostics.join("\n")).toContain("the program is broken");
    expect(bench.things()).toEqual(["a-plain", "b-plain"]);
  });
});
