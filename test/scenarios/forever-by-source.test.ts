import { expect } from "vitest";
import { adopted, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import { threeVolumes, wave } from "./wave.ts";
import type { World } from "./world.ts";

const three = threeVolumes();
const complete = { targetState: "Import_Completed" } as const;
const count = (world: World, act: string) => world.sent().filter((one) => one === act).length;

scenario("a wave that was cut over and destroyed is not imported again by the next up", three, async (w) => {
  await w.declare(wave({ cutover: true }));
  await w.up();
  await w.destroy();
  await w.up();
  expect(count(w, "cutover")).toBe(3);
});

scenario("a member that was cut over, taken out and put back is not imported again", three, async (w) => {
  await w.declare(wave({ cutover: true }));
  await w.up();
  await w.declare(
    wave({ cutover: true, members: { a: { sourceResourceId: "sv_1" }, b: { sourceResourceId: "sv_2" } } }),
  );
  await w.up();
  await w.declare(wave({ cutover: true }));
  await w.up();
  expect(count(w, "create sv_3")).toBe(1);
});

scenario("a session cut over by its id is remembered by its source", { powerstore: {} }, async (w) => {
  await w.declare(volume());
  await w.up();
  const { id } = await w.recorded("erp");
  await w.declare(adopted(id, complete));
  await w.up();
  await w.declare();
  await w.up();
  w.powerstore.operator.remove(id);
  await w.declare(volume(complete));
  await w.up();
  expect(count(w, "create sv_42")).toBe(1);
});
