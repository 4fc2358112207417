import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("the provider gets the whole config in the clear, and no secret is in state, output or result", async () => {
    const secrets = { "counters:note": { secret: "hush-note" }, "other:password": { secret: "hush-password" } };
    await using bench = await openBench(engine, { ...secrets, "counters:colour": "red" });
    await bench.want({ name: "a", inputs: { count: 1 } });

    const result = await bench.stack.up();

    expect(result).toMatchObject({ ok: true, outputs: { secretNote: "[secret]" } });
    const { resources, text } = await bench.stack.state();
    expect(resources).toMatchObject([{ inputs: { note: "[secret]" }, outputs: { note: "[secret]", colour: "red" } }]);
    for (const [where, written] of Object.entries({
      text,
      lines: bench.lines.join("\n"),
      result: JSON.stringify(result),
    })) {
      expect(written, where).not.toContain("hush-");
    }
    expect(await bench.stack.up(), "a secret input is compared by its value").toMatchObject({
      changes: { ...noChanges, same: 1 },
    });
  });
});
