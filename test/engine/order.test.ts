import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("makes in the order of dependence and destroys in the reverse of it", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a" }, { name: "b", dependsOn: ["a"] }, { name: "c", dependsOn: ["b"] }, { name: "d" });

    await bench.stack.up();
    const made = bench.calls().filter((call) => call.startsWith("create"));
    expect(made.filter((call) => call !== "create d")).toEqual(["create a", "create b", "create c"]);

    const result = await bench.stack.destroy();
    expect(result).toMatchObject({ ok: true, changes: { ...noChanges, delete: 4 } });
    const deleted = bench.calls().filter((call) => call.startsWith("delete"));
    expect(deleted.filter((call) => call !== "delete d")).toEqual(["delete c", "delete b", "delete a"]);
    expect(bench.things()).toEqual([]);
    expect((await bench.stack.state()).resources).toEqual([]);
  });

  test("runs as many steps at once as it is told", async () => {
    await using bench = await openBench(engine);
    await bench.want(...["a", "b", "c"].map((name) => ({ name, inputs: { behaviour: "held" } })));
    let thingsWhenTwoWaited: readonly string[] = [];
    const waits = [bench.when("a.waiting"), bench.when("b.waiting"), bench.when("c.waiting")];
    const release = () => {
      if (waits.filter(({ aborted }) => aborted).length !== 2) return;
      thingsWhenTwoWaited = bench.things();
      bench.put("released");
    };
    for (const signal of waits) signal.addEventListener("abort", release);

    const result = await bench.stack.up({ parallel: 2 });

    expect(result).toMatchObject({ ok: true, changes: { ...noChanges, create: 3 } });
    expect(thingsWhenTwoWaited).toHaveLength(2);
  });
});
