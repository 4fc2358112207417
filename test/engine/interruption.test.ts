import { spawn } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { noChanges } from "./engine.ts";
import { findEngines } from "./find.ts";
import { openBench } from "./fixtures/bench.ts";

describe.each(await findEngines())("$name", { timeout: 120_000 }, (engine) => {
  test("a cancel in the middle of a create leaves it on record, and the next up goes on with it", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "held" } }, { name: "b", dependsOn: ["a"] });

    const cancelled = await bench.stack.up({ signal: bench.when("a.waiting") });
    expect(cancelled).toMatchObject({ ok: false, changes: noChanges });
    expect(bench.calls().filter((call) => call !== "cancel")).toEqual(["create a", "interrupt"]);
    expect((await bench.stack.state()).resources).toMatchObject([
      { id: "a-plain", initErrors: ["a is half made: cancelled"] },
    ]);

    const next = await bench.stack.up();
    expect(next).toMatchObject({ ok: true, changes: { ...noChanges, create: 1, update: 1 } });
  });

  test("a step that hears no cancel is waited for, and no further step begins", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "stuck" } }, { name: "b", dependsOn: ["a"] });
    bench.when("cancelled").addEventListener("abort", () => bench.put("released"));

    const result = await bench.stack.up({ signal: bench.when("a.waiting") });

    expect(result).toMatchObject({ ok: false, changes: { ...noChanges, create: 1 } });
    expect(result.diagnostics).toContain("error: update canceled");
    expect((await bench.stack.state()).resources).toMatchObject([{ id: "a-plain", initErrors: [] }]);
  });

  test("a lost run leaves a pending create without an id, and the next up makes it anew", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "stuck" } });

    expect(await bench.stack.up({ loss: bench.when("a.waiting") })).toMatchObject({ ok: false });
    expect((await bench.stack.state()).resources).toMatchObject([{ id: "", pending: "creating" }]);

    bench.put("released");
    const reopened = await bench.reopen();
    const next = await reopened.up();
    expect(next).toMatchObject({ ok: true, changes: { ...noChanges, create: 1 } });
    expect(next.diagnostics.join("\n")).toMatch(/1 pending operation.*\n.*interrupted while creating/);

    await reopened.refresh({ clearPendingCreates: true });
    expect((await reopened.state()).resources).toMatchObject([{ id: "a-plain" }]);
    expect((await reopened.up()).diagnostics).toEqual([]);
  });

  test("SIGINT to the process that runs it is a cancel", async () => {
    await using bench = await openBench(engine);
    await bench.want({ name: "a", inputs: { behaviour: "held" } });
    const script = fileURLToPath(new URL("fixtures/up.ts", import.meta.url));
    const wanted = JSON.stringify([{ name: "a", inputs: { behaviour: "held" } }]);
    const child = spawn(process.execPath, [script, engine.name, bench.folder, wanted], { stdio: "inherit" });
    bench.when("a.waiting").addEventListener("abort", () => child.kill("SIGINT"));

    const [code] = await once(child, "exit");

    expect(code).toBe(1);
    expect((await bench.stack.state()).resources).toMatchObject([
      { id: "a-plain", initErrors: ["a is half made: cancelled"] },
    ]);
  });
});
