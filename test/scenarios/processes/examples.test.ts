import { fileURLToPath } from "node:url";
import { expect } from "vitest";
import { scaledClock, startPowerStore } from "../../arrays/index.ts";
import { expectDone } from "../expectations.ts";
import { everyEngineScenario, processScenario } from "../scenario.ts";

const inCheckout = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));
const sessions = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" }) as const);
const bothArrays = { powerstore: {}, eternus: { sessions } };

everyEngineScenario(
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

processScenario(
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

everyEngineScenario(
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

processScenario(
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

processScenario(
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

processScenario(
  "a cutover weekend: suspended, copied, held before the window, canary, all, resumed",
  { program: inCheckout("examples/weekend-cutover"), ...bothArrays },
  async (world) => {
    const { configure, preview, up, destroy, sent, powerstore, eternus } = world;
    const moment = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString();
    await configure({ "weekend-cutover:windowOpens": moment(2) });
    expect((await expectDone(up(), { create: 4 })).outputs).toMatchObject({ readyForCutover: true, complete: false });
    const [suspend, first, second, ...later] = sent();
    expect([suspend, [first, second].sort(), later]).toEqual([
      "suspend 12,13,14",
      ["create sv_42", "create sv_43"],
      ["create res_7"],
    ]);

    await configure({ "weekend-cutover:stage": "canary" });
    expect((await expectDone(up(), { create: 1, same: 4 })).diagnostics.join()).toContain(
      "when the cutover window opens",
    );
    await configure({ "weekend-cutover:windowOpens": moment(-1) });
    await expectDone(up(), { update: 1, same: 4 });
    const own = () => powerstore.sessions().filter(({ parent_session_id }) => parent_session_id === null);
    expect(own().map(({ state }) => state)).toEqual(["Ready_For_Cutover", "Ready_For_Cutover", "Import_Completed"]);

    await configure({ "weekend-cutover:stage": "cutover" });
    expect((await expectDone(up(), { create: 2, same: 5 })).outputs).toMatchObject({ complete: true });
    await configure({ "weekend-cutover:stage": "done" });
    const plan = await expectDone(preview(), { update: 1, same: 6 });
    expect(plan.diagnostics.join()).toContain("discards writes on 3 destinations");
    await expectDone(up(), { update: 1, same: 6 });
    expect(eternus.sessions().map(({ status }) => status)).toEqual(["Active", "Active", "Active"]);
    await expectDone(destroy(), { delete: 7 });
    expect(sent().filter((act) => act === "cancel")).toEqual([]);
    expect(powerstore.sessions()).toEqual([]);
  },
);

processScenario(
  "a failover is rehearsed, then made, and brought back without losing what was written on the second site",
  { program: inCheckout("examples/failover-rehearsal"), eternus: { sessions } },
  async (world) => {
    const { configure, up, destroy, sent } = world;
    const stage = async (name: string, changes: object) => {
      const already = sent().length;
      await configure({ "failover-rehearsal:stage": name });
      const { outputs } = await expectDone(up(), changes);
      return { outputs, acts: [...sent().slice(already)].sort() };
    };
    expect((await stage("normal", { create: 1 })).acts).toEqual([]);
    const rehearsal = await stage("rehearse", { update: 1 });
    expect(rehearsal).toMatchObject({ outputs: { consistent: true, usable: true }, acts: ["suspend 12,13,14"] });
    const reversed = await stage("takeOver", { update: 1 });
    expect(reversed.acts).toEqual(each("resume", "reverse"));
    expect(reversed.outputs).toMatchObject({ equivalent: true });
    expect((await stage("handBack", { update: 1 })).acts).toEqual(["suspend 12,13,14"]);
    expect((await stage("normal", { update: 1 })).acts).toEqual(each("resume", "reverse"));
    await expectDone(destroy(), { delete: 1 });
  },
);

processScenario(
  "a program imports into several arrays, each by its name",
  { program: inCheckout("examples/several-arrays"), powerstore: {} },
  async (world) => {
    const west = await startPowerStore({ clock: scaledClock({ factor: 60 }), bytesPerSecond: 1024 ** 4 });
    try {
      const { powerstore: east, configure, up, destroy } = world;
      const arrays = Object.fromEntries(
        Object.entries({ east, west }).map(([name, { endpoint, username, password, caCertificate }]) => [
          name,
          { endpoint, username, password, caCertificate, ...pace },
        ]),
      );
      await configure({ "powerstore:arrays": { secret: JSON.stringify(arrays) } });
      const { outputs } = await expectDone(up(), { create: 2 });
      expect(outputs.states).toEqual(["Ready_For_Cutover", "Ready_For_Cutover"]);
      expect(east.sessions()).toMatchObject([{ source_resource_id: "sv_42" }]);
      expect(west.sessions()).toMatchObject([{ source_resource_id: "sv_43" }]);
      expect((await expectDone(up(), { same: 2 })).outputs.onWest).toEqual([
        "several-arrays-dev-erp-log: Ready_For_Cutover",
      ]);
      await expectDone(destroy(), { delete: 2 });
      expect([...east.sessions(), ...west.sessions()]).toEqual([]);
      expect(west.logins).toBe(0);
    } finally {
      await west.close();
    }
  },
);

const pace = { pollMinimumSeconds: 0.05, pollMaximumSeconds: 0.5 };

function each(...acts: readonly string[]): readonly string[] {
  return acts.flatMap((act) => [12, 13, 14].map((id) => `${act} ${id}`));
}
