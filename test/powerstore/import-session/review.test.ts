import { describe, expect, test } from "vitest";
import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { creationInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { announceImport, refuseImport, reviewImport } from "../../../provider/powerstore/import-session/review.ts";
import type { RecordedImport } from "../../../provider/powerstore/import-session/state.ts";
import { sampleInputs, sampleRecord, sampleUrn } from "./samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const review = (
  state: Partial<RecordedImport>,
  inputs: Partial<ImportSessionInputs> = {},
  changed: readonly string[] = Object.keys(inputs),
) => reviewImport({ recorded: { id: "7", state: sampleRecord(state) }, inputs: sampleInputs(inputs), changed, nowMs });
const irreversible = "cutover: irreversible; source sv_42 is no longer kept in sync";

describe("nothing to do", () => {
  test.each([
    ["Ready_For_Cutover", undefined],
    ["Ready_For_Cutover", "Mirror_Enabled"],
    ["Import_Completed", "Import_Completed"],
    ["Import_Completed", undefined],
  ] as const)("is no change: %s, wanted %s", (state, targetState) => {
    expect(review({ state }, { targetState }, [])).toEqual({
      changes: false,
      replaces: [],
      plan: undefined,
      warnings: [],
    });
  });

  test("is no change although destroy would use force: it was announced when it was declared", () => {
    expect(review({}, { forceCancel: true }, [])).toMatchObject({ changes: false, warnings: [] });
  });

  test("is no change while a gate holds, and says so", () => {
    const held = review({}, { targetState: "Import_Completed", cutoverApproval: "" }, []);
    expect(held).toEqual({
      changes: false,
      replaces: [],
      plan: 'held until approved: set cutoverApproval to "7"',
      warnings: [],
    });
  });
});

describe("something to do is a change although no input changed", () => {
  test("a gate that has opened meanwhile", () => {
    const gate = { targetState: "Import_Completed", cutoverWindow: { notBefore: nowMs } } as const;
    expect(review({ held: "held until then" }, gate, [])).toEqual({
      changes: true,
      replaces: [],
      plan: "would send cutover",
      warnings: [irreversible],
    });
  });

  test("a session left on its way by a run that did not finish", () => {
    expect(review({ state: "Copy_In_Progress" }, {}, [])).toEqual({
      changes: true,
      replaces: [],
      plan: "would wait: copying",
      warnings: [],
    });
  });

  test("a session that was made and not looked at since", () => {
    expect(review({ state: "Not_Observed_Yet" }, {}, [])).toMatchObject({ changes: true, replaces: [] });
  });

  test("a state this release does not know", () => {
    expect(review({ state: "Half_Way_There" }, {}, [])).toMatchObject({
      changes: true,
      replaces: [],
      plan: expect.stringContaining("Half_Way_There"),
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
  ])("a dead end that is not replaced: %s", (state) => {
    expect(review({ state }, {}, [])).toMatchObject({ changes: true, replaces: [], plan: `the session is ${state}` });
  });
});

describe("what an update would send", () => {
  test("is shown, with what is at stake", () => {
    expect(review({}, { targetState: "Import_Completed" })).toEqual({
      changes: true,
      replaces: [],
      plan: "would send cutover",
      warnings: [irreversible],
    });
  });

  test.each([
    [{ state: "Paused" }, { paused: false }, "would send resume"],
    [{ state: "Copy_In_Progress" }, { paused: true }, "would send pause"],
    [
      { state: "Mirror_Enabled", sessionType: "Agentless" },
      { hostSteps: { sourceStopped: true } },
      "would send enable_destination_volume",
    ],
    [
      { state: "Ready_To_Start_Copy", sessionType: "Agentless" },
      { hostSteps: { destinationStarted: true } },
      "would send start_copy",
    ],
    [{ state: "Scheduled" }, { scheduledTimestamp: nowMs + 1 }, "would send reschedule"],
    [{ state: "Import_Cutover_Incomplete" }, { targetState: "Import_Completed" }, "would send cutover"],
    [{}, { targetState: "Mirror_Enabled" }, "Ready_For_Cutover: nothing to send"],
  ] as const)("from %j with %j: %s", (state, inputs, plan) => {
    expect(review(state, inputs)).toMatchObject({ changes: true, replaces: [], plan });
  });

  test("does not pretend that a schedule is moved which nobody moved", () => {
    expect(review({ state: "Scheduled" }, { scheduledTimestamp: nowMs + 1 }, [])).toMatchObject({
      plan: "would wait: scheduled",
    });
  });

  test("says that destroy would use force from now on, also when nothing is sent", () => {
    expect(review({}, { forceCancel: true })).toMatchObject({
      changes: true,
      warnings: ["destroy would cancel with force: no rollback if the source or the hosts cannot be reached"],
    });
    expect(review({}, { forceCancelAfter: 60_000 })).toMatchObject({
      changes: true,
      warnings: [
        "destroy would cancel with force if a graceful cancel fails: no rollback if the source or the hosts cannot be reached",
      ],
    });
  });

  test("does not threaten with a cutover that a shut gate keeps back", () => {
    expect(
      review({ state: "Copy_In_Progress" }, { targetState: "Import_Completed", cutoverApproval: "" }),
    ).toMatchObject({ warnings: [] });
  });

  test("is not known while an input is not known, but that there is something is", () => {
    const reviewed = reviewImport({
      recorded: { id: "7", state: sampleRecord() },
      inputs: undefined,
      changed: ["targetState"],
      nowMs,
    });
    expect(reviewed).toEqual({ changes: true, replaces: [], warnings: [] });
  });
});

describe("another session", () => {
  test.each(creationInputs.filter((name) => name !== "scheduledTimestamp"))("is needed when %s changes", (name) => {
    expect(review({}, {}, [name])).toEqual({
      changes: true,
      replaces: [name],
      plan: "another session",
      warnings: [`replaced because of ${name}: the session is cancelled and the copy starts again`],
    });
  });

  test("is needed when another one is adopted, and on another array", () => {
    expect(review({ adopted: true }, { sessionId: "8" }, ["sessionId"])).toMatchObject({ replaces: ["sessionId"] });
    expect(review({}, { array: "east" }, ["array"])).toMatchObject({ replaces: ["array"] });
  });

  test("is needed also while inputs are not known", () => {
    const reviewed = reviewImport({
      recorded: { id: "7", state: sampleRecord() },
      inputs: undefined,
      changed: ["sourceResourceId"],
      nowMs,
    });
    expect(reviewed).toMatchObject({ replaces: ["sourceResourceId"] });
  });

  test("is not needed for what is done with the session", () => {
    const names = [
      "targetState",
      "paused",
      "hostSteps",
      "cutoverWindow",
      "cutoverApproval",
      "forceCancel",
      "forceCancelAfter",
      "timeouts",
      "scheduledTimestamp",
    ];
    expect(review({}, {}, names)).toMatchObject({ changes: true, replaces: [] });
  });

  test("is not needed when the recorded session is now named by its id", () => {
    const changed = ["sessionId", "remoteSystemId", "sourceResourceId", "type"];
    const inputs = { resourceUrn: sampleUrn, sessionId: "7" };
    expect(reviewImport({ recorded: { id: "7", state: sampleRecord() }, inputs, changed, nowMs })).toMatchObject({
      replaces: [],
    });
  });

  test.each(["Failed", "Cancelled"])(
    "takes the place of one that is %s, and preview says that the copy starts again",
    (state) => {
      expect(review({ state }, {}, [])).toMatchObject({
        changes: true,
        replaces: ["state"],
        warnings: [`replaced because of state (${state}): the session is cancelled and the copy starts again`],
      });
    },
  );

  test.each(["Failed", "Cancelled"])("never takes the place of an adopted one that is %s", (state) => {
    expect(review({ state, adopted: true }, {}, [])).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("a new resource announces", () => {
  test("what is created and how far it goes", () => {
    expect(announceImport(sampleInputs(), nowMs)).toEqual({
      plan: "create session erp-prod-orders, bring it to Ready_For_Cutover",
      warnings: [],
    });
    expect(announceImport(sampleInputs({ sessionName: "erp-db" }), nowMs).plan).toBe(
      "create session erp-db, bring it to Ready_For_Cutover",
    );
  });

  test("what is adopted, and a cutover with it", () => {
    const inputs = { resourceUrn: sampleUrn, sessionId: "7", targetState: "Import_Completed" } as const;
    expect(announceImport(inputs, nowMs)).toEqual({
      plan: "adopt session 7, bring it to Import_Completed",
      warnings: ["cutover: irreversible; the source is no longer kept in sync"],
    });
  });

  test("no cutover that a gate keeps back, an empty approval among them", () => {
    const inputs = sampleInputs({ targetState: "Import_Completed" });
    expect(announceImport(inputs, nowMs).warnings).toEqual([irreversible]);
    expect(announceImport({ ...inputs, cutoverApproval: "" }, nowMs).warnings).toEqual([]);
    expect(announceImport({ ...inputs, cutoverWindow: { notBefore: nowMs + 1 } }, nowMs).warnings).toEqual([]);
  });

  test("that destroy would use force", () => {
    expect(announceImport(sampleInputs({ forceCancel: true }), nowMs).warnings).toHaveLength(1);
    expect(announceImport(sampleInputs({ forceCancelAfter: 1 }), nowMs).warnings).toHaveLength(1);
  });
});

describe("a target that moves back", () => {
  const targets = ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover", "Import_Completed"] as const;
  const moves = targets.flatMap((from, before) => targets.map((to, after) => ({ from, to, isBack: after < before })));

  test.each(moves)("from $from to $to is refused: $isBack", ({ from, to, isBack }) => {
    const refused = refuseImport(sampleInputs({ targetState: from }), sampleInputs({ targetState: to }), nowMs);
    expect(refused).toEqual(
      isBack
        ? [{ property: "targetState", reason: `cannot move back from ${from} to ${to}: an import only goes forward` }]
        : [],
    );
  });

  test("is refused as well when it moves by being left out, and not when Ready_For_Cutover is only spelt out", () => {
    expect(refuseImport(sampleInputs({ targetState: "Import_Completed" }), sampleInputs(), nowMs)).toHaveLength(1);
    expect(refuseImport(sampleInputs(), sampleInputs({ targetState: "Ready_For_Cutover" }), nowMs)).toEqual([]);
    expect(refuseImport(sampleInputs({ targetState: "Ready_For_Cutover" }), sampleInputs(), nowMs)).toEqual([]);
  });

  test.each([
    { sourceResourceId: "sv_43" },
    { remoteSystemId: "rs-2" },
    { sessionName: "again" },
    { type: "Agentless" },
    { array: "east" },
  ] as const)("is taken together with %j, which means another session", (change) => {
    const before = sampleInputs({ targetState: "Import_Completed" });
    expect(refuseImport(before, sampleInputs({ targetState: "Mirror_Enabled", ...change }), nowMs)).toEqual([]);
  });

  test("is refused although the schedule changes: that is the same session", () => {
    const before = sampleInputs({ targetState: "Import_Completed", scheduledTimestamp: nowMs + 1 });
    const after = sampleInputs({ targetState: "Mirror_Enabled", scheduledTimestamp: nowMs + 2 });
    expect(refuseImport(before, after, nowMs)).toHaveLength(1);
  });

  test("means nothing to a new resource", () => {
    expect(refuseImport(undefined, sampleInputs({ targetState: "Mirror_Enabled" }), nowMs)).toEqual([]);
  });
});

describe("a start in the past", () => {
  const at = (scheduledTimestamp: number | undefined) => sampleInputs({ scheduledTimestamp });
  const refusal = [{ property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" }];

  test("is refused for a new resource", () => {
    expect(refuseImport(undefined, at(nowMs), nowMs)).toEqual(refusal);
    expect(refuseImport(undefined, at(0), nowMs)).toEqual(refusal);
    expect(refuseImport(undefined, at(nowMs + 1), nowMs)).toEqual([]);
  });

  test("is refused when it is moved there", () => {
    expect(refuseImport(at(nowMs + 1), at(nowMs - 1), nowMs)).toEqual(refusal);
    expect(refuseImport(at(undefined), at(nowMs - 1), nowMs)).toEqual(refusal);
  });

  test("is taken when it has merely passed since", () => {
    expect(refuseImport(at(nowMs - 1), at(nowMs - 1), nowMs)).toEqual([]);
  });
});
