import { expect, test } from "vitest";
import { openBench } from "../fixtures/bench.ts";
import { embeddedEngine } from "./engine.ts";

test("the first line of every run says that this is not Pulumi and where to get it", async () => {
  await using bench = await openBench(embeddedEngine);
  await bench.stack.destroy();
  expect(bench.lines[0]).toMatch(/not Pulumi.*https:\/\/www\.pulumi\.com\/docs\/install\//);
});
