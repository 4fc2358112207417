import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("makes what the program wants, and changes nothing the second time", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { count: 1 } }, { name: "b", inputs: { count: 2 }, keyFrom: "a" });

    const first = await bench.stack.up();
    expect(first).toMatchObject({ ok: true, changes: { ...noChanges, create: 2 }, diagnostics: [] });
    expect(first.outputs).toMatchObject({ counts: { a: 1, b: 2 }, echoes: { a: "a!", b: "a!!" } });
    expect(bench.calls()).toEqual(["create a", "create a!", "cancel", "interrupt"]);

    const second = await bench.stack.up();
    expect(second).toMatchObject({ ok: true, changes: { ...noChanges, same: 2 }, outputs: first.outputs });
    expect(bench.calls()).toEqual(["diff a", "diff a!", "cancel", "interrupt"]);
    const { resources } = await bench.stack.state();
    expect(resources.map(({ id, outputs, initErrors }) => [id, outputs.count, initErrors])).toEqual([
      ["a-plain", 1, []],
      ["a!-plain", 2, []],
    ]);
  });

  test("updates, replaces in the order the provider needs, and deletes what is no longer wanted", async () => {
    await using bench = await openBench(engine);
    await bench.want(
      { name: "a", inputs: { count: 1 } },
      { name: "b", inputs: { kind: "x" } },
      { name: "c", inputs: { kind: "sole-x" } },
      { name: "d" },
    );
    await bench.stack.up();
    bench.calls();
    await bench.want(
      { name: "a", inputs: { count: 5 } },
      { name: "b", inputs: { kind: "y" } },
      { name: "c", inputs: { kind: "sole-y" } },
    );

    const result = await bench.stack.up();

    expect(result).toMatchObject({ ok: true, changes: { ...noChanges, update: 1, replace: 2, delete: 1 } });
    const calls = bench.calls();
    expect(calls).toEqual(expect.arrayContaining(["update a", "create b", "delete b", "delete d"]));
    expect(calls.indexOf("create b")).toBeLessThan(calls.indexOf("delete b"));
    expect(calls.indexOf("delete c")).toBeLessThan(calls.indexOf("create c"));
    expect(bench.things()).toEqual(["a-plain", "b-y", "c-sole-y"]);
  });

  test("replaces what it is told to without asking for a difference, and in the order the program says", async () => {
    await using bench = await openBench(engine);
    await bench.want(
      { name: "a" },
      { name: "b", options: { deleteBeforeReplace: true } },
      { name: "c", inputs: { count: 1 } },
    );
    await bench.stack.up();
    bench.calls();
    const { resources } = await bench.stack.state();
    const replace = resources.filter(({ id }) => id !== "c-plain").map(({ urn }) => urn);

    const result = await bench.stack.up({ replace });

    expect(result).toMatchObject({ ok: true, changes: { ...noChanges, replace: 2, same: 1 } });
    const calls = bench.calls();
    expect(calls.filter((call) => call.startsWith("diff"))).toEqual(["diff c"]);
    expect(calls.indexOf("create a")).toBeLessThan(calls.indexOf("delete a"));
    expect(calls.indexOf("delete b")).toBeLessThan(calls.indexOf("create b"));
  });

  test("heeds protect and retainOnDelete", async () => {
    await using bench = await openBench(engine);
    await bench.want(
      { name: "a", options: { protect: true } },
      { name: "b", options: { retainOnDelete: true }, dependsOn: ["a"] },
    );
    await bench.stack.up();

    const result = await bench.stack.destroy();

    expect(result.ok).toBe(false);
    expect(result.diagnostics.join("\n")).toContain("because it is protected");
    expect(bench.things()).toEqual(["a-plain", "b-plain"]);
    const { resources } = await bench.stack.state();
    expect(resources.map(({ id }) => id)).toEqual(["a-plain"]);
  });
});
