import { expect } from "vitest";
import type { Declaration } from "./declaration.ts";
import { expectDone, expectFailed } from "./expectations.ts";
import { agentlessVolume, replication, volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import { wave } from "./wave.ts";

const hourMs = 3_600_000;
const toCompletion = { targetState: "Import_Completed" } as const;
const iso = (atMs: number) => new Date(atMs).toISOString();

scenario(
  "S9: a window is open only when the array's clock says so too, and a difference between the clocks is told",
  { powerstore: {}, aheadMs: -6 * hourMs },
  async ({ declare, nowMs, preview, up, recorded, sent }) => {
    const opened = (hours: number) =>
      volume({ ...toCompletion, cutoverWindow: { notBefore: iso(nowMs() - hours * hourMs) } });
    await declare(opened(1));
    const clocks =
      /the array's clock shows .*Z and this machine's .*Z: a cutover window is open only when it is by both/;
    expect((await expectDone(preview(), { create: 1 })).diagnostics.join("\n")).toMatch(clocks);
    const ran = await expectDone(up(), { create: 1 });
    expect(ran.diagnostics.join("\n")).toMatch(clocks);
    const held =
      /^held until .* by the array's clock, which is \dh\d\dm behind this machine's, when the cutover window opens$/;
    expect((await recorded("erp")).outputs).toMatchObject({
      state: "Ready_For_Cutover",
      held: expect.stringMatching(held),
    });
    expect(sent()).toEqual(["create sv_42"]);
    await declare(opened(8));
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);

scenario(
  "S11: forceCancelAfter is refused where the delete times out first, by default and as declared",
  { powerstore: {} },
  async ({ declare, preview, up, sent }) => {
    const late = /forceCancelAfter.*is not over when the delete times out.*raise customTimeouts\.delete/;
    await declare(volume({ forceCancelAfter: "1h" }));
    await expectFailed(preview(), late);
    await declare(volume({ forceCancelAfter: "30m" }, { customTimeouts: { delete: "20m" } }));
    await expectFailed(up(), late);
    expect(sent()).toEqual([]);
    await declare(volume({ forceCancelAfter: "1h" }, { customTimeouts: { delete: "2h" } }));
    await expectDone(preview(), { create: 1 });
  },
);

type Changes = Partial<Pick<Extract<Declaration, { kind: "ImportSession" }>, "args" | "withoutValue">>;

/** A volume that is to be cut over, with a gate. */
function gated({ args, withoutValue = {} }: Changes): Declaration {
  return { kind: "ImportSession", name: "erp", withoutValue, args: { ...volume().args, ...toCompletion, ...args } };
}

const shutForms: readonly [string, Changes][] = [
  ["undefined", { withoutValue: { cutoverApproval: "undefined" } }],
  ["an output without a value", { withoutValue: { cutoverApproval: "output" } }],
  ["null", { args: JSON.parse('{ "cutoverApproval": null }') }],
  ["a blank text", { args: { cutoverApproval: "" } }],
  ["{}", { args: { cutoverApproval: {} } }],
  ["a blank code", { args: { cutoverApproval: { code: "" } } }],
  ["a code that is null", { args: JSON.parse('{ "cutoverApproval": { "code": null } }') }],
  ["another code", { args: { cutoverApproval: { code: "yes" } } }],
];

scenario(
  "G3: an approval that is named and has no value is shut, however that is said, and only the session's id opens it",
  { powerstore: {} },
  async ({ declare, preview, up, recorded, sent }) => {
    for (const [index, [form, changes]] of shutForms.entries()) {
      await declare(gated(changes));
      expect((await preview()).output, form).toContain("held until approved: set cutoverApproval to { code: ");
      const { ok } = await up();
      expect([ok, sent()], form).toEqual([true, ["create sv_42"]]);
      expect((await recorded("erp")).outputs, `${index} ${form}`).toMatchObject({ state: "Ready_For_Cutover" });
    }
    const { id } = await recorded("erp");
    await declare(gated({ args: { cutoverApproval: { code: id } } }));
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);

scenario(
  "G3: a window that is named and has no value is refused, and the approval of 0.1.0 is still taken",
  { powerstore: {} },
  async ({ declare, preview, up, recorded, sent }) => {
    const unset = /cutoverWindow.*needs notBefore, notAfter or both/;
    for (const as of ["undefined", "output"] as const) {
      await declare(gated({ withoutValue: { cutoverWindow: as } }));
      await expectFailed(preview(), unset);
      await expectFailed(up(), unset);
    }
    await declare(volume());
    await expectDone(up(), { create: 1 });
    await declare(volume({ ...toCompletion, cutoverApproval: (await recorded("erp")).id }));
    await expectDone(up(), { update: 1 });
    expect(sent()).toEqual(["create sv_42", "cutover"]);
  },
);

scenario(
  "G4: every gate that is shut is named, on the row and in the record, in preview and run alike",
  { powerstore: {} },
  async ({ declare, nowMs, preview, up, recorded }) => {
    const opens = iso(nowMs() + 240 * hourMs);
    const shut = { ...toCompletion, cutoverApproval: {}, cutoverWindow: { notBefore: opens } };
    const window = `held until ${opens.replace(".000Z", "Z")}, when the cutover window opens`;
    await declare(volume(shut));
    await expectDone(up(), { create: 1 });
    const { id, outputs } = await recorded("erp");
    const held = `held until approved: set cutoverApproval to { code: "${id}" }; ${window}`;
    expect(outputs).toMatchObject({ held });
    expect((await preview()).output).toContain(held);
    await declare(volume({ ...shut, paused: true }));
    await expectDone(up(), { update: 1 });
    const paused = `held: paused as declared; set paused to false to continue; ${held}`;
    expect((await recorded("erp")).outputs).toMatchObject({ held: paused });
    expect((await preview()).output).toContain(paused);
  },
);

scenario(
  "G4: a session that waits for the hosts names what is shut further on",
  { powerstore: {} },
  async ({ declare, preview, up, recorded }) => {
    await declare(
      agentlessVolume({ ...toCompletion, cutoverApproval: {}, cutoverWindow: { notAfter: "2040-01-01T00:00:00Z" } }),
    );
    const steps =
      /held: stop the application on the source.*; later held: start the application on the destination.*; later held until approved.*; later held outside the cutover window to 2040-01-01T00:00:00Z/;
    expect((await expectDone(preview(), { create: 1 })).output).toMatch(steps);
    await expectDone(up(), { create: 1 });
    expect((await recorded("erp")).outputs).toMatchObject({
      state: "Mirror_Enabled",
      held: expect.stringMatching(steps),
    });
  },
);

scenario(
  "G5: a window without a zone, or upside down, is found in the first preview, whatever the target",
  { powerstore: {} },
  async ({ declare, preview, up, sent }) => {
    const [early, late] = ["2030-01-10T22:00:00Z", "2030-01-11T22:00:00Z"];
    for (const targetState of ["Ready_For_Cutover", "Import_Completed"] as const) {
      await declare(volume({ targetState, cutoverWindow: { notBefore: "2030-01-10T22:00:00" } }));
      await expectFailed(preview(), /cutoverWindow\.notBefore.*with a zone/);
      await declare(volume({ targetState, cutoverWindow: { notBefore: late, notAfter: early } }));
      await expectFailed(preview(), /cutoverWindow\.notAfter.*must be later than notBefore/);
      await expectFailed(up(), /cutoverWindow\.notAfter.*must be later than notBefore/);
    }
    expect(sent()).toEqual([]);
  },
);

/** With inputs that the types of the program would refuse. */
function given(declaration: Declaration, changes: { readonly args?: object; readonly options?: object }): Declaration {
  const args = { ...declaration.args, ...changes.args };
  return JSON.parse(JSON.stringify({ ...declaration, options: changes.options, args }));
}

const window = { notBefore: "2030-01-10T22:00:00Z" };
const mapping = { volumeWwn: "naa.1", hostIds: ["h"], hostGroupId: "g" };

const misspelt: readonly [Declaration, RegExp][] = [
  [given(volume(), { args: { cutoverWindw: window } }), /cutoverWindw.*did you mean cutoverWindow\?/],
  [
    given(volume(), { args: { cutoverWindow: { ...window, notAftr: "" } } }),
    /cutoverWindow\.notAftr.*did you mean notAfter\?/,
  ],
  [given(volume(), { args: { cutoverApproval: { cod: "" } } }), /cutoverApproval\.cod.*did you mean code\?/],
  [
    given(agentlessVolume(), { args: { hostSteps: { sourceStoped: true } } }),
    /hostSteps\.sourceStoped.*did you mean sourceStopped\?/,
  ],
  [
    given(agentlessVolume({ hostIds: [] }), { args: { memberMappings: [mapping] } }),
    /memberMappings\[0\]\.hostGroupId\b.*did you mean hostGroupIds\?/,
  ],
  [given(volume(), { options: { customTimeouts: { delet: "2h" } } }), /timeouts\.delet\b.*did you mean delete\?/],
  [
    given(replication([1]), { args: { waitForEquivalnt: false } }),
    /waitForEquivalnt.*did you mean waitForEquivalent\?/,
  ],
];

scenario("G1: a misspelt gate without a value is refused, too", { powerstore: {} }, async (world) => {
  const { declare, preview, up, sent } = world;
  for (const as of ["undefined", "output"] as const) {
    await declare(gated({ withoutValue: { cutoverAproval: as } }));
    const says = /cutoverAproval.*did you mean cutoverApproval\?/;
    for (const run of [preview, up]) await expectFailed(run(), says);
  }
  expect(sent()).toEqual([]);
});

scenario(
  "G1: unknown inputs at any depth are errors that name the nearest known one, in preview and run alike",
  { powerstore: {}, eternus: {} },
  async ({ declare, preview, up, sent }) => {
    for (const [declaration, error] of misspelt) {
      await declare(declaration);
      await expectFailed(preview(), error);
      await expectFailed(up(), error);
    }
    expect(sent()).toEqual([]);
  },
);

const unsafeWaves: readonly [object, RegExp][] = [
  [{ cutoverWindw: {} }, /cutoverWindw is not an input of this resource; did you mean cutoverWindow\?/],
  [{ cutoverAproval: "" }, /cutoverAproval .*did you mean cutoverApproval\?/],
  [{ cutoverWindow: { notBefor: "" } }, /cutoverWindow\.notBefor .*did you mean notBefore\?/],
  [{ defaults: { forceCancl: true } }, /defaults\.forceCancl .*did you mean forceCancel\?/],
  [{ members: { a: { sourceResourceId: "sv_42", cutoverWindow: {} } } }, /members\.a\.cutoverWindow is not an input/],
  [{ cutover: "false" }, /cutover must be true, false or "canary"/],
  [{ cutover: "all" }, /cutover must be true, false or "canary"/],
];

scenario(
  "G1, G2: a wave refuses inputs that it does not know, and any cutover but the declared words",
  { powerstore: {} },
  async ({ declare, preview, up, sent }) => {
    for (const [args, error] of unsafeWaves) {
      await declare(wave({ cutover: true, ...args }));
      await expectFailed(preview(), error);
      await expectFailed(up(), error);
    }
    expect(sent()).toEqual([]);
  },
);
