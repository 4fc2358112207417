import { describe, expect, test } from "vitest";
import { hostWork } from "../../../../provider/powerstore/import-session/plan/held.ts";
import { sampleSession } from "../samples.ts";
import { diffed, previewedAtMs } from "./previewing.ts";

const bothSteps = `${hostWork.sourceStopped}; later ${hostWork.destinationStarted}`;

const cutover = "cut over (irreversible): source sv_42 will no longer be kept in sync";
const unapproved = 'held until approved: set cutoverApproval to { code: "7" }';
const toCompletion = { targetState: "Import_Completed" } as const;
const unchanged = { changed: [] };
const minuteMs = 60_000;

/** What is shown, without what is as for every diff. */
const shown = async (...asked: Parameters<typeof diffed>) => {
  const { changes, text } = await diffed(...asked);
  return { changes, row: text.row, warnings: text.warnings };
};

describe("nothing to do", () => {
  test.each([
    ["Ready_For_Cutover", "Ready_For_Cutover"],
    ["Ready_For_Cutover", "Mirror_Enabled"],
    ["Import_Completed", "Import_Completed"],
    ["Import_Completed", "Ready_For_Cutover"],
  ] as const)("is no change: %s, wanted %s", async (state, targetState) => {
    expect(await diffed({ state }, { targetState }, unchanged)).toMatchObject({ changes: false, replaces: [] });
    expect(await shown({ state }, { targetState }, unchanged)).toEqual({
      changes: false,
      row: undefined,
      warnings: [],
    });
  });

  test("is no change although destroy would use force: it was announced when it was declared", async () => {
    expect(await shown({}, { forceCancel: true }, unchanged)).toEqual({ changes: false, row: undefined, warnings: [] });
  });

  test("is no change while a gate holds, and says so", async () => {
    const inputs = { ...toCompletion, cutoverApproval: { code: "" } };
    expect(await shown({ held: unapproved }, inputs, unchanged)).toEqual({
      changes: false,
      row: unapproved,
      warnings: [unapproved],
    });
  });
});

describe("what is recorded as held", () => {
  const inputs = { ...toCompletion, cutoverApproval: { code: "" } };

  test("is a change where the record does not say so: a refresh may have met a state that it did not know", async () => {
    expect(await shown({}, inputs, unchanged)).toMatchObject({ changes: true });
    expect(await shown({ held: unapproved }, inputs, unchanged)).toMatchObject({ changes: false });
  });

  test("is a change where somebody has done by hand what it was held for", async () => {
    const done = { ...unchanged, shown: [sampleSession("Import_Completed")] };
    expect(await shown({ held: unapproved }, inputs, done)).toMatchObject({ changes: true });
  });
});

describe("a gate that holds stands in the warnings", () => {
  test.each([
    [{}, { ...toCompletion, cutoverApproval: { code: "no" } }, unapproved],
    [{ state: "Paused" }, {}, "held: paused on the array; set paused to false to resume the copy"],
    [{ state: "Paused" }, { paused: true }, "held: paused as declared; set paused to false to continue"],
    [{ state: "Mirror_Enabled", sessionType: "Agentless" }, {}, bothSteps],
  ] as const)("%j with %j", async (state, inputs, reason) => {
    const held = { ...state, held: reason };
    expect(await shown(held, inputs, unchanged)).toEqual({ changes: false, row: reason, warnings: [reason] });
    expect(await shown(held, inputs, { changed: ["timeouts"] })).toEqual({
      changes: true,
      row: reason,
      warnings: [reason],
    });
  });
});

describe("something to do is a change although no input changed", () => {
  test("a gate that has opened meanwhile", async () => {
    const gate = { ...toCompletion, cutoverWindow: { notBefore: previewedAtMs } };
    expect(await shown({ held: "held until then" }, gate, unchanged)).toEqual({
      changes: true,
      row: cutover,
      warnings: [cutover],
    });
  });

  test("a session left on its way by a run that did not finish", async () => {
    expect(await shown({ state: "Copy_In_Progress" }, {}, unchanged)).toEqual({
      changes: true,
      row: "wait: copying; then rest at Ready_For_Cutover",
      warnings: [],
    });
  });

  test("a session that was created and not read since", async () => {
    expect(await shown({ state: "Not_Observed_Yet" }, toCompletion, unchanged)).toEqual({
      changes: true,
      row: `wait: the session was not read yet; then ${cutover}`,
      warnings: [cutover],
    });
  });

  test("a state this release does not know", async () => {
    expect(await shown({ state: "Half_Way_There" }, {}, unchanged)).toMatchObject({
      changes: true,
      row: expect.stringContaining("Half_Way_There"),
    });
  });

  test.each([
    "Cancel_Required",
    "Cancel_Failed",
    "Cleanup_Required",
    "Cleanup_Failed",
    "Invalid",
    "Import_Completed_With_Errors",
    "Import_Cutover_Incomplete",
  ])("a dead end that is not replaced: %s", async (state) => {
    const row = expect.stringMatching(`^would fail: the session is ${state}\\. [A-Z]`);
    expect(await diffed({ state }, {}, unchanged)).toMatchObject({ changes: true, replaces: [] });
    expect(await shown({ state }, {}, unchanged)).toEqual({ changes: true, row, warnings: [row] });
  });
});

describe("what an update would send", () => {
  test.each([
    [{}, toCompletion, cutover, [cutover]],
    [{ state: "Paused" }, { paused: false }, "resume the copy; then rest at Ready_For_Cutover", []],
    [{ state: "Paused" }, { ...toCompletion, paused: false }, `resume the copy; then ${cutover}`, [cutover]],
    [
      { state: "Copy_In_Progress" },
      { paused: true },
      "pause the copy; then held: paused as declared; set paused to false to continue",
      [],
    ],
    [
      { state: "Mirror_Enabled", sessionType: "Agentless" },
      { hostSteps: { sourceStopped: true, destinationStarted: false } },
      `enable the destination volume; then ${hostWork.destinationStarted}`,
      [],
    ],
    [
      { state: "Ready_To_Start_Copy", sessionType: "Agentless" },
      { hostSteps: { sourceStopped: true, destinationStarted: true } },
      "start the copy; then rest at Ready_For_Cutover",
      [],
    ],
    [
      { state: "Import_Cutover_Incomplete" },
      toCompletion,
      "cut over the members that are left (irreversible): source sv_42 will no longer be kept in sync",
      ["cut over the members that are left (irreversible): source sv_42 will no longer be kept in sync"],
    ],
    [{}, { targetState: "Ready_For_Cutover" }, "Ready_For_Cutover: nothing to send", []],
    [
      { state: "Copy_In_Progress" },
      { ...toCompletion, cutoverApproval: { code: "" } },
      `wait: copying; then ${unapproved}`,
      [],
    ],
    [{ state: "Cutover_In_Progress" }, toCompletion, "wait: cutting over", []],
  ] as const)("from %j with %j is %s", async (state, inputs, row, warnings) => {
    expect(await shown(state, inputs)).toEqual({ changes: true, row, warnings });
  });

  test("within a window is shown with both ends, and the cutover as a warning", async () => {
    const cutoverWindow = { notBefore: previewedAtMs + minuteMs, notAfter: previewedAtMs + 2 * minuteMs };
    const condition = "ready between 2030-01-01T00:01:00Z and 2030-01-01T00:02:00Z";
    const held = "held: the cutover window is open from 2030-01-01T00:01:00Z to 2030-01-01T00:02:00Z only";
    expect(await shown({ state: "Copy_In_Progress" }, { ...toCompletion, cutoverWindow })).toEqual({
      changes: true,
      row: `wait: copying; then if ${condition}: ${cutover}; otherwise ${held}`,
      warnings: [`if ${condition}: ${cutover}`],
    });
  });

  test("of a session that is being cancelled ends in a failure, and says what then", async () => {
    const fails =
      'would fail: the session is Cancelled. To throw its copy away and copy again from the beginning, set copyAgain: "7" and run `pulumi up`. To give the import up, destroy the resource.';
    expect(await shown({ state: "Cancel_In_Progress" }, {}, unchanged)).toEqual({
      changes: true,
      row: `wait: being cancelled; then ${fails}`,
      warnings: [fails],
    });
  });
});

describe("a scheduled start", () => {
  const scheduled = { state: "Scheduled" };

  test("is moved where the program moves it, and only to where it is still ahead", async () => {
    const before = { scheduledTimestamp: previewedAtMs + 5 * minuteMs };
    expect(await shown(scheduled, { scheduledTimestamp: previewedAtMs + minuteMs }, { before })).toMatchObject({
      row: "move the start to 2030-01-01T00:01:00Z; then rest at Ready_For_Cutover",
    });
    expect(await shown(scheduled, { scheduledTimestamp: previewedAtMs }, { before })).toMatchObject({
      row: "wait: scheduled; then rest at Ready_For_Cutover",
    });
  });

  test("that nobody moved is left alone by what is recorded, and moved back where the array shows another", async () => {
    const inputs = { scheduledTimestamp: previewedAtMs + minuteMs };
    const there = [sampleSession("Scheduled", { scheduled_timestamp: "2030-01-02T00:00:00Z" })];
    expect(await shown(scheduled, inputs, unchanged)).toMatchObject({
      row: "wait: scheduled; then rest at Ready_For_Cutover",
    });
    expect(await shown(scheduled, inputs, { ...unchanged, shown: there })).toMatchObject({
      changes: true,
      row: "move the start to 2030-01-01T00:01:00Z; then rest at Ready_For_Cutover",
    });
  });
});

describe("the preview is the plan of the run", () => {
  const group = sampleSession("In_Progress", { type: "Agentless", destination_resource_type: "volume_group" });
  const member = (id: string, state: string) => sampleSession(state, { id, type: "Agentless", parent_session_id: "7" });

  test("a group whose members copy waits for the copy, whatever of the work at the hosts is declared", async () => {
    const sessions = [group, member("8", "Copy_In_Progress"), member("9", "Copy_In_Progress")];
    expect(await shown({}, { type: "Agentless" }, { ...unchanged, shown: sessions })).toEqual({
      changes: true,
      row: "wait: copying (0 of 2 members there); then rest at Ready_For_Cutover",
      warnings: [],
    });
  });

  test("a group names how many of its members something is sent for", async () => {
    const sessions = [group, member("8", "Mirror_Enabled"), member("9", "In_Progress")];
    const hostSteps = { sourceStopped: true, destinationStarted: false };
    expect((await shown({}, { type: "Agentless", hostSteps }, { changed: ["hostSteps"], shown: sessions })).row).toBe(
      `enable the destination volume of 1 of 2 members; then enable the destination volume of 1 of 2 members; then ${hostWork.destinationStarted}`,
    );
  });

  test("a pause has no meaning for a session that rests before its copy", async () => {
    for (const targetState of ["Mirror_Enabled", "Ready_To_Start_Copy"] as const) {
      const inputs = {
        type: "Agentless",
        targetState,
        paused: true,
        hostSteps: { sourceStopped: true, destinationStarted: true },
      } as const;
      const { row } = await shown({ state: "In_Progress", sessionType: "Agentless" }, inputs, { changed: ["paused"] });
      expect(row).not.toContain("paus");
      expect(row).toMatch(new RegExp(`then rest at ${targetState}$`));
    }
  });
});

describe("a session that the array cuts over automatically", () => {
  const automatic = "automatic cutover (irreversible): source sv_42 will no longer be kept in sync";

  test("is waited for, and its cutover is a warning although nothing is sent", async () => {
    const there = [sampleSession("Copy_In_Progress", { automatic_cutover: true })];
    expect(await shown({}, toCompletion, { ...unchanged, shown: there })).toEqual({
      changes: true,
      row: "wait: copying",
      warnings: [automatic],
    });
    expect(await shown({ cutsOverByItself: true }, toCompletion, unchanged)).toEqual({
      changes: true,
      row: "wait: waiting for the automatic cutover",
      warnings: [automatic],
    });
  });

  test("does not rest where a program asks it to, and is not said to", async () => {
    const there = [sampleSession("Copy_In_Progress", { automatic_cutover: true })];
    const { row, warnings } = await shown({}, {}, { ...unchanged, shown: there });
    expect(row).toBe("wait: copying");
    expect(warnings).toEqual([
      automatic,
      "the array cuts over automatically: the session does not rest at Ready_For_Cutover",
    ]);
  });

  test.each(["Cutover_In_Progress", "Import_Completed", "Cancelled", "Failed"])(
    "is not warned of once it is %s",
    async (state) => {
      const there = [sampleSession(state, { automatic_cutover: true })];
      const { warnings } = await shown({}, toCompletion, { ...unchanged, shown: there });
      expect(warnings.join()).not.toContain("automatic");
    },
  );

  test("takes no gate that it would not wait at", async () => {
    const there = [sampleSession("Copy_In_Progress", { automatic_cutover: true })];
    const { refusal } = await diffed({}, { ...toCompletion, cutoverApproval: { code: "" } }, { shown: there });
    expect(refusal).toMatchObject({ kind: "input", message: expect.stringContaining("would not wait for") });
  });
});

test.each([
  [
    { forceCancel: true },
    "on destroy: the import is force-cancelled; if the source or the hosts are unreachable, it ends without a rollback",
  ],
  [
    { forceCancelAfter: 60_000 },
    "on destroy: the import is force-cancelled if the graceful cancel fails or takes too long; if the source or the hosts are unreachable, it ends without a rollback",
  ],
])("what destroy would do from now on is a warning, also when nothing is sent: %j", async (inputs, warning) => {
  expect(await shown({}, inputs)).toMatchObject({ changes: true, warnings: [warning] });
});

describe("what is not known yet", () => {
  const wave = ["wave"];

  test("forks the route, and warns of the cutover on its condition", async () => {
    const unknown = { changed: wave, unknown: wave };
    expect(await shown({}, toCompletion, unknown)).toEqual({
      changes: true,
      row: `if the wave does not hold it: ${cutover}; otherwise held by the wave`,
      warnings: [`if the wave does not hold it: ${cutover}`],
    });
  });

  test.each(["Import_Completed", "Cancelled", "Failed"])("puts nothing at stake for one that is %s", async (state) => {
    const { text } = await diffed({ state }, toCompletion, { changed: wave, unknown: wave });
    expect(text.warnings.join()).not.toContain("cut over");
  });

  test("is no change to a complete import if it only says when to cut over", async () => {
    const of = async (state: string, changed: readonly string[], unknown: readonly string[]) =>
      (await diffed({ state }, toCompletion, { changed, unknown })).changes;
    expect(await of("Import_Completed", ["wave", "cutoverWindow"], ["wave", "cutoverWindow"])).toBe(false);
    expect(await of("Import_Completed", ["wave", "cutoverWindow"], ["wave"])).toBe(false);
    expect(await of("Import_Completed", ["wave", "paused"], ["wave", "paused"])).toBe(true);
    expect(await of("Import_Completed", ["wave"], [])).toBe(true);
    expect(await of("Ready_For_Cutover", ["wave"], ["wave"])).toBe(true);
  });
});
