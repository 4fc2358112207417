import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("what is half made is kept with its reasons, and the next up goes on with an update", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "half-made" } });

    const first = await bench.stack.up();
    expect(first).toMatchObject({ ok: false, changes: noChanges, outputs: {} });
    expect(first.diagnostics[0]).toBe("error: 1 error occurred:\n\t* a is half made: not mended");
    const [half] = (await bench.stack.state()).resources;
    expect(half).toMatchObject({ id: "a-plain", outputs: { echo: "a!" }, initErrors: ["a is half made: not mended"] });

    bench.put("mended");
    bench.calls();
    const second = await bench.stack.up();
    expect(second).toMatchObject({ ok: true, changes: { ...noChanges, update: 1 } });
    expect(bench.calls()).toEqual(["diff a", "update a", "cancel", "interrupt"]);
    expect((await bench.stack.state()).resources).toMatchObject([{ id: "a-plain", initErrors: [] }]);
  });

  test("a refused create leaves nothing, and stops what depends on it but not what is running", async () => {
    await using bench = await openBench(engine);
    await bench.want(
      { name: "a", inputs: { behaviour: "refused" } },
      { name: "b", dependsOn: ["a"] },
      { name: "c", inputs: { behaviour: "held" } },
    );
    bench.put("released");

    const result = await bench.stack.up();

    expect(result.ok).toBe(false);
    expect(result.diagnostics).toContain("error: a is refused");
    expect(bench.things().filter((thing) => thing !== "c-plain")).toEqual([]);
    const ids = (await bench.stack.state()).resources.map(({ id }) => id);
    expect(ids).toEqual(bench.things());
  });

  test("a failed update keeps the old inputs on record", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { count: 1 } });
    await bench.stack.up();
    await bench.want({ name: "a", inputs: { count: 2, behaviour: "half-made" } });

    expect(await bench.stack.up()).toMatchObject({ ok: false, changes: noChanges });

    const [half] = (await bench.stack.state()).resources;
    expect(half).toMatchObject({ inputs: { count: 1 }, outputs: { count: 2 } });
    expect(half?.initErrors).toEqual(["a is half made: not mended"]);
  });

  test("a failed check names the property and its reason, and nothing is made", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { count: -1 } });

    const result = await bench.stack.up();

    expect(result).toMatchObject({ ok: false, changes: noChanges });
    expect(result.diagnostics[0]).toMatch(/^error: .*count.*must not be negative$/);
    expect(bench.things()).toEqual([]);
  });

  test("what cannot be deleted stays on record", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "undeletable" } }, { name: "b", keyFrom: "a" });
    await bench.stack.up();

    const result = await bench.stack.destroy();

    expect(result).toMatchObject({ ok: false, changes: { ...noChanges, delete: 1 } });
    expect(result.diagnostics).toContain("error: a stays");
    expect((await bench.stack.state()).resources).toMatchObject([{ id: "a-plain" }]);
  });
});
