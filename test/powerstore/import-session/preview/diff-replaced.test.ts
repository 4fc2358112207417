import { describe, expect, test } from "vitest";
import { creationInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { reviewImport } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import { announceImport } from "../../../../provider/powerstore/import-session/preview/outlook.ts";
import { sampleInputs, sampleRecord, sampleUrn } from "../samples.ts";
import { review, reviewedAtMs } from "./diffing.ts";

const irreversible = "cutover: irreversible; source sv_42 no longer kept in sync";

describe("another session", () => {
  test.each(creationInputs.filter((name) => name !== "scheduledTimestamp"))("is needed when %s changes", (name) => {
    expect(review({}, {}, [name])).toEqual({
      changes: true,
      replaces: [name],
      plan: `replaced because of ${name}: session 7 is cancelled, and the copy starts again`,
      warnings: [`replaced because of ${name}: session 7 is cancelled, and the copy starts again`],
    });
  });

  test("is needed when another one is adopted, and on another array", () => {
    expect(review({ adopted: true }, { sessionId: "8" }, ["sessionId"])).toMatchObject({ replaces: ["sessionId"] });
    expect(review({}, { array: "east" }, ["array"])).toMatchObject({ replaces: ["array"] });
  });

  test("is needed also while inputs are not known", () => {
    const reviewed = reviewImport({
      recorded: { id: "7", state: sampleRecord() },
      isGone: false,
      inputs: undefined,
      changed: ["sourceResourceId"],
      nowMs: reviewedAtMs,
    });
    expect(reviewed).toMatchObject({ replaces: ["sourceResourceId"] });
  });

  test("in the place of an adopted one says that the adopted one is cancelled", () => {
    expect(review({ adopted: true }, {}, ["sessionId"]).warnings).toEqual([
      "replaced because of sessionId: adopted session 7 is cancelled, and the copy starts again",
    ]);
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
    const reviewed = {
      recorded: { id: "7", state: sampleRecord() },
      isGone: false,
      inputs,
      changed,
      nowMs: reviewedAtMs,
    };
    expect(reviewImport(reviewed)).toMatchObject({ replaces: [] });
  });

  test.each(["Failed", "Cancelled"])(
    "takes the place of one that is %s, and preview says that the copy starts again",
    (state) => {
      expect(review({ state }, {}, [])).toMatchObject({
        changes: true,
        replaces: ["state"],
        warnings: [`replaced because of state (${state}): another session is made, and the copy starts again`],
      });
    },
  );

  test.each(["Failed", "Cancelled"])("never takes the place of an adopted one that is %s", (state) => {
    expect(review({ state, adopted: true }, {}, [])).toMatchObject({ changes: true, replaces: [] });
  });
});

describe("a new resource announces", () => {
  test("what is created and how far it goes", () => {
    expect(announceImport(sampleInputs(), reviewedAtMs)).toEqual({
      plan: "create session erp-prod-orders, bring it to Ready_For_Cutover",
      warnings: [],
    });
    expect(announceImport(sampleInputs({ sessionName: "erp-db" }), reviewedAtMs).plan).toBe(
      "create session erp-db, bring it to Ready_For_Cutover",
    );
  });

  test("what is adopted, and a cutover with it", () => {
    const inputs = { resourceUrn: sampleUrn, sessionId: "7", targetState: "Import_Completed" } as const;
    expect(announceImport(inputs, reviewedAtMs)).toEqual({
      plan: "adopt session 7, bring it to Import_Completed; cutover: irreversible; the source no longer kept in sync",
      warnings: ["cutover: irreversible; the source no longer kept in sync"],
    });
  });

  test("no cutover that a gate keeps back, an empty approval among them", () => {
    const inputs = sampleInputs({ targetState: "Import_Completed" });
    expect(announceImport(inputs, reviewedAtMs).warnings).toEqual([irreversible]);
    expect(announceImport({ ...inputs, cutoverApproval: "" }, reviewedAtMs).warnings).toEqual([]);
  });

  test("a cutover whose window opens while the copy may still run", () => {
    const cutoverWindow = { notBefore: reviewedAtMs + 3_600_000, notAfter: reviewedAtMs + 7_200_000 };
    const limits = "(not before 2030-01-01T01:00:00Z, not after 2030-01-01T02:00:00Z)";
    const text = `cutover ${limits}: irreversible; source sv_42 no longer kept in sync`;
    expect(announceImport(sampleInputs({ targetState: "Import_Completed", cutoverWindow }), reviewedAtMs)).toEqual({
      plan: `create session erp-prod-orders, bring it to Ready_For_Cutover; then ${text}`,
      warnings: [text],
    });
  });

  test("a window that has closed: no run will cut over", () => {
    const cutoverWindow = { notAfter: reviewedAtMs };
    const closed = "held: the cutover window closed at 2030-01-01T00:00:00Z";
    expect(announceImport(sampleInputs({ targetState: "Import_Completed", cutoverWindow }), reviewedAtMs)).toEqual({
      plan: `create session erp-prod-orders, bring it to Ready_For_Cutover; then ${closed}`,
      warnings: [closed],
    });
  });

  test("where people are waited for", () => {
    const agentless = sampleInputs({ type: "Agentless", hostIds: ["h"] });
    expect(announceImport(agentless, reviewedAtMs).plan).toBe(
      "create session erp-prod-orders, bring it to Mirror_Enabled; then held: stop the application on the source, then set hostSteps.sourceStopped to true",
    );
    expect(announceImport({ ...agentless, hostSteps: { sourceStopped: true } }, reviewedAtMs).plan).toContain(
      "bring it to Ready_To_Start_Copy; then held: start the application on the destination volume",
    );
    const done = { sourceStopped: true, destinationStarted: true };
    expect(announceImport({ ...agentless, hostSteps: done }, reviewedAtMs).plan).toBe(
      "create session erp-prod-orders, bring it to Ready_For_Cutover",
    );
  });

  test("when it starts, and that it is paused", () => {
    const inputs = sampleInputs({
      scheduledTimestamp: reviewedAtMs + 60_000,
      paused: true,
      targetState: "Import_Completed",
    });
    expect(announceImport(inputs, reviewedAtMs)).toEqual({
      plan: "create session erp-prod-orders, start at 2030-01-01T00:01:00Z, bring it to Ready_For_Cutover; then the copy is paused",
      warnings: [],
    });
  });

  test("that destroy would use force", () => {
    expect(announceImport(sampleInputs({ forceCancel: true }), reviewedAtMs).warnings).toHaveLength(1);
    expect(announceImport(sampleInputs({ forceCancelAfter: 1 }), reviewedAtMs).warnings).toHaveLength(1);
  });
});
