import { expect, test } from "vitest";
import { defaultInventory } from "../../arrays/powerstore/inventory.ts";
import { oneImport } from "../one-import.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const otherUrn = sampleUrn.replace(/orders$/, "invoices");

/** An array on which somebody has imported the source by hand. */
async function imported() {
  const import_ = await oneImport();
  const { array, clock } = import_;
  const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
  const id = array.operator.create({ name: "by-hand", ...source });
  array.setState(id, "Import_Completed", { stays: true });
  await clock.advance(1000);
  return { ...import_, id };
}

test("a source that a session has imported is not imported again by a new resource, in preview and in a run", async () => {
  const { preview, up, sent, id } = await imported();
  const refused = { error: expect.stringMatching(new RegExp(`imported already by session ${id}.*copyAgain: "${id}"`)) };
  expect(await preview(volume)).toMatchObject(refused);
  expect(await up(volume)).toMatchObject(refused);
  expect(sent()).toEqual([]);
});

test("the run holds it too where nothing is checked before", async () => {
  const off = await oneImport({}, { preflight: "off" });
  const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
  const id = off.array.operator.create({ name: "by-hand", ...source });
  off.array.setState(id, "Import_Completed", { stays: true });
  expect(await off.up(volume)).toMatchObject({
    error: expect.stringMatching(new RegExp(`session ${id} has imported this source already.*copyAgain: "${id}"`)),
  });
  expect(off.sent()).toEqual([]);
});

test("consent names the session", async () => {
  const { preview, id } = await imported();
  const shown = await preview({ ...volume, copyAgain: id });
  expect(shown.error).toBeUndefined();
  expect(shown.warnings).toContainEqual(expect.stringMatching(/was imported before .*a new copy begins/));
  expect((await preview({ ...volume, copyAgain: "sv_42" })).error).toMatch(/imported already/);
});

test("consent to an earlier import of the source does not reach a later one", async () => {
  const { array, clock, preview, up, sent } = await oneImport();
  const source = { remote_system_id: "name:old-unity", source_resource_id: "sv_42" } as const;
  const first = array.operator.create({ name: "by-hand", ...source });
  array.setState(first, "Cancelled", { stays: true });
  const second = array.operator.create({ name: "by-hand-again", ...source });
  for (const id of [second, first]) {
    array.setState(id, "Import_Completed", { stays: true });
    await clock.advance(1000);
  }
  const refused = { error: expect.stringMatching(new RegExp(`imported already by session ${first}`)) };
  expect(await preview({ ...volume, copyAgain: second })).toMatchObject(refused);
  expect(await up({ ...volume, copyAgain: second })).toMatchObject(refused);
  expect(sent()).toEqual([]);
  expect((await preview({ ...volume, copyAgain: first })).error).toBeUndefined();
});

test("where no session of the source is left, consent names the source", async () => {
  const volumes = defaultInventory.sourceVolumes.map((seed) => ({ ...seed, importableCriteria: "Imported" }));
  const { preview } = await oneImport({ sources: { volumes } });
  expect((await preview(volume)).error).toMatch(
    /is imported already \(importable_criteria Imported\).*copyAgain: "sv_42"/,
  );
  const shown = await preview({ ...volume, copyAgain: "sv_42" });
  expect(shown.error).toBeUndefined();
  expect(shown.warnings).toContainEqual(expect.stringMatching(/was imported before/));
});

test("a completed import that is renamed is taken over, and not imported again (S3)", async () => {
  const orders = await oneImport();
  const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
  await orders.up(toCompletion);
  const invoices = orders.another({ urn: otherUrn });
  expect(await invoices.up(toCompletion)).toMatchObject({
    error: undefined,
    did: "create",
    state: { state: "Import_Completed" },
    warnings: expect.arrayContaining([
      expect.stringMatching(/takes over import session .* of orders, Import_Completed/),
    ]),
  });
  expect(orders.sent()).toEqual(["create", "cutover"]);
});

test.each([
  ["renamed", otherUrn],
  ["destroyed and declared again", sampleUrn],
])(
  "an import that was cut over and cleared away on the array is not made again where it is %s, in any mode of the checks",
  async (_, urn) => {
    const orders = await oneImport({}, { preflight: "off" });
    const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
    await orders.up(toCompletion);
    const [session] = orders.array.sessions();
    orders.array.operator.remove(session?.id ?? "");
    const again = orders.another({ urn });
    expect(await again.up(toCompletion)).toMatchObject({
      error: expect.stringMatching(
        new RegExp(`session ${session?.id} has imported this source already.*copyAgain: "${session?.id}"`),
      ),
    });
    expect(await again.up({ ...toCompletion, copyAgain: "sv_42" })).toMatchObject({ error: expect.any(String) });
    expect(orders.sent()).toEqual(["create", "cutover"]);
    expect(await again.up({ ...toCompletion, copyAgain: session?.id ?? "" })).toMatchObject({ error: undefined });
    expect(orders.sent()).toEqual(["create", "cutover", "create", "cutover"]);
  },
);
