import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("a refresh takes over what changed and forgets what is gone", async () => {
    await using bench = await openBench(engine);
    await bench.want(...["a", "b", "c"].map((name) => ({ name, inputs: { count: 1 } })));
    await bench.stack.up();
    bench.put("a-plain.json", '{"count":7}');
    bench.remove("b-plain.json");

    const result = await bench.stack.refresh();

    expect(result).toMatchObject({ ok: true, changes: { ...noChanges, update: 1, delete: 1, same: 1 } });
    const { resources } = await bench.stack.state();
    const counts = Object.fromEntries(resources.map(({ id, outputs }) => [id, outputs.count]));
    expect(counts).toEqual({ "a-plain": 7, "c-plain": 1 });
    const next = await bench.stack.up();
    expect(next).toMatchObject({ ok: true, changes: { ...noChanges, create: 1, update: 1, same: 1 } });
  });

  test("a refresh whose diff fails is a failure, and what it has read is recorded", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { count: 1 } });
    await bench.stack.up();
    bench.put("a-plain.json", '{"count":7}');
    bench.put("incomparable", "");

    expect(await bench.stack.refresh()).toMatchObject({ ok: false });

    expect((await bench.stack.state()).resources).toMatchObject([{ outputs: { count: 7 } }]);
  });

  test("a refresh that succeeds clears the errors a resource was left with", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "half-made", count: 1 } });
    await bench.stack.up();

    await bench.stack.refresh();

    expect((await bench.stack.state()).resources).toMatchObject([{ id: "a-plain", initErrors: [] }]);
    expect(await bench.stack.up()).toMatchObject({ ok: true, changes: { ...noChanges, same: 1 } });
  });
});
