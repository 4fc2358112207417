import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { expectDone } from "./expectations.ts";
import { everyEngineScenario as scenario } from "./scenario.ts";

const inCheckout = (path: string) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const sessions = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" }) as const);
const bothArrays = { powerstore: {}, eternus: { sessions } };

scenario(
  "the quick start does what it declares",
  { program: inCheckout("examples/quick-start"), ...bothArrays },
  async (world) => {
    const { preview, up, destroy, sent } = world;
    await expectDone(preview(), { create: 2 });
    const { outputs } = await expectDone(up(), { create: 2 });
    expect(outputs).toMatchObject({ state: "Ready_For_Cutover", replicationConsistent: true });
    await expectDone(destroy(), { delete: 2 });
    expect(sent().slice(0, 4)).toEqual(["suspend 12,13,14", "create sv_42", "cancel", "remove"]);
    expect(sent().slice(4).sort()).toEqual(["resume 12", "resume 13", "resume 14"]);
  },
);

scenario(
  "the quick start works from the root of the checkout, too",
  { program: inCheckout("."), ...bothArrays },
  async (world) => {
    const { configure, up, sent } = world;
    await configure({ "quick-start:cutOver": "true" });
    const { outputs } = await expectDone(up(), { create: 2 });
    expect(outputs).toMatchObject({ state: "Import_Completed", replicationConsistent: true });
    expect(sent()).toEqual(["suspend 12,13,14", "create sv_42", "cutover"]);
  },
);

scenario(
  "a session can be taken over, cut over and left alone",
  { program: inCheckout("examples/adopt"), powerstore: {} },
  async (world) => {
    const { powerstore, configure, preview, up, destroy, sent } = world;
    const id = powerstore.operator.create({
      name: "begun-by-hand",
      remote_system_id: "name:old-unity",
      source_resource_id: "sv_42",
      type: "Non_Disruptive",
    });
    await configure({ "adopt:sessionId": id });
    await expectDone(preview(), { create: 1 });
    const held = await expectDone(up(), { create: 1 });
    expect(held.outputs).toMatchObject({
      state: "Ready_For_Cutover",
      held: expect.stringContaining("held until approved"),
    });

    await configure({ "adopt:approval": id });
    expect((await expectDone(up(), { update: 1 })).outputs).toMatchObject({ state: "Import_Completed" });
    await expectDone(destroy(), { delete: 1 });
    expect(powerstore.sessions()).toMatchObject([{ id, state: "Import_Completed" }]);
    expect(sent()).toEqual(["cutover"]);
  },
);

scenario(
  "a program can look up what it imports and what else is there",
  { program: inCheckout("examples/look-up"), ...bothArrays },
  async (world) => {
    const { preview, up, destroy, sent } = world;
    await expectDone(preview(), { create: 1 });
    const { outputs } = await expectDone(up(), { create: 1 });
    expect(outputs).toMatchObject({ sizeBytes: 200 * 1024 ** 3, copying: 0, found: "Ready_For_Cutover" });
    expect(outputs.replicated).toEqual(["12: Active", "13: Active", "14: Active"]);

    // What is being imported can still be looked up.
    await expectDone(up(), { same: 1 });
    await expectDone(destroy(), { delete: 1 });
    expect(sent()).toEqual(["create sv_42", "cancel", "remove"]);
  },
);

scenario(
  "a program that looks up a volume which cannot be imported fails in preview with the array's own criterion",
  {
    program: inCheckout("examples/look-up"),
    eternus: {},
    powerstore: {
      sources: {
        volumes: [
          {
            id: "sv_42",
            name: "erp-db",
            remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
            wwn: "naa.60060160000000000000000000000042",
            sizeBytes: 1024 ** 3,
            importableCriteria: "Host_Volume_Offline",
          },
        ],
      },
    },
  },
  async ({ preview, sent }) => {
    const { ok, output } = await preview();
    expect(ok).toBe(false);
    expect(output).toContain("importable_criteria is Host_Volume_Offline");
    expect(sent()).toEqual([]);
  },
);
