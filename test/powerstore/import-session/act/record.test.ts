import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../../provider/core/reconcile/audit-log.ts";
import { recordImport } from "../../../../provider/powerstore/import-session/act/record.ts";
import { newRun, runAfterRead } from "../../../../provider/powerstore/import-session/observed.ts";
import type { ImportTarget } from "../../../../provider/powerstore/import-session/target.ts";
import { sampleNew, sampleObserved, sampleRecord, sampleSession, sampleTarget } from "../samples.ts";

const entry = { act: "pause", at: "2030-01-01T00:00:00.000Z", reason: "Copy_In_Progress, wanted Import_Completed" };
const noted = { entries: [entry], step: undefined };
const gone = sampleObserved(undefined);

describe("a session that is read", () => {
  test("is recorded with its log, and with what holds it", () => {
    const observed = sampleObserved(sampleSession("Paused"), [], { endpoint: "https://a" });
    const step = { kind: "held", reason: "held: paused" } as const;
    expect(recordImport(observed, sampleTarget(), { ...noted, step })).toMatchObject({
      id: "7",
      state: { sessionId: "7", state: "Paused", held: "held: paused", endpoint: "https://a", actions: [entry] },
    });
    expect(recordImport(observed, sampleTarget(), noted)?.state.held).toBeUndefined();
  });

  test.each([
    ["7", true],
    [undefined, false],
  ])("is adopted where the program names it: %s", (sessionId, adopted) => {
    const observed = sampleObserved(sampleSession("Paused"));
    expect(recordImport(observed, sampleTarget({ sessionId }), noted)?.state.adopted).toBe(adopted);
  });
});

describe("a session that an earlier run has created", () => {
  const nowMs = Date.UTC(2030, 0, 1);
  const session = sampleSession("Queued");
  const found = sampleObserved(session, [], { run: runAfterRead(newRun(undefined), session, nowMs) });

  test("is the resource's own from when it is found, and the log says so first", () => {
    expect(recordImport(found, sampleNew(), noted)).toMatchObject({
      id: "7",
      state: {
        actions: [{ act: "found", at: "2030-01-01T00:00:00.000Z", reason: "created by a run that was lost" }, entry],
      },
    });
  });

  test("was not lost where this run itself has sent something", () => {
    const run = runAfterRead({ ...newRun(undefined), hasSent: true }, session, nowMs);
    expect(recordImport({ ...found, run }, sampleNew(), noted)?.state.actions).toEqual([entry]);
  });

  test.each(["Failed", "Cancelled"])("and that is %s is nobody's: it is removed to make room", (state) => {
    const left = sampleSession(state);
    const run = runAfterRead(newRun(undefined), left, nowMs);
    expect(recordImport(sampleObserved(left, [], { run }), sampleNew(), noted)).toBeUndefined();
  });
});

describe("a session that is not there", () => {
  test("is nothing to record before it is created, and by its id as soon as it is", () => {
    const nothing = sampleObserved(undefined, [], { run: newRun(undefined) });
    expect(recordImport(nothing, sampleNew(), noted)).toBeUndefined();
    const run = { ...newRun("9"), isJustCreated: true };
    expect(recordImport({ ...nothing, run }, sampleNew(), noted)).toMatchObject({
      id: "9",
      state: { sessionId: "9", state: "Not_Observed_Yet", adopted: false, actions: [entry] },
    });
    // The array does not list it yet: what was recorded stays.
    expect(recordImport({ ...nothing, run: newRun("9") }, sampleNew(), noted)).toBeUndefined();
  });

  test("is gone where it was recorded under way", () => {
    expect(recordImport(gone, sampleTarget(), noted)).toBeUndefined();
  });

  test.each([
    ["Import_Completed", {}],
    ["Ready_For_Cutover", { wave: { part: "copy" } }],
    ["Import_Cutover_Incomplete", { wave: { part: "copy" } }],
  ] as const)("stays recorded where nothing is lost with it: %s with %j", (state, inputs) => {
    const recorded = { id: "7", state: sampleRecord({ state, progressPercentage: 100 }) };
    expect(recordImport(gone, sampleTarget(inputs, { recorded }), noted)).toEqual(recorded);
  });
});

describe("the first cutover", () => {
  const at = "2030-01-01T00:00:05.000Z";
  const sent = { act: "cutover", at, reason: "", from: "Ready_For_Cutover" };
  const created = { act: "create", at: "2030-01-01T00:00:01.000Z", reason: "" };
  const ready = sampleObserved(sampleSession("Ready_For_Cutover"));
  const cutOverOf = (entries: readonly AuditEntry[], target: ImportTarget = sampleTarget(), observed = ready) =>
    recordImport(observed, target, { entries, step: undefined })?.state.cutOver;

  test("is taken from the log, unless the array rejected it", () => {
    expect(cutOverOf([created, sent])).toEqual({ at, from: "Ready_For_Cutover", by: "sent" });
    expect(cutOverOf([created, { ...sent, outcome: "lost" }])).toEqual({ at, from: "Ready_For_Cutover", by: "sent" });
    expect(cutOverOf([created, { ...sent, outcome: "rejected" }])).toBeUndefined();
  });

  test("stays what is recorded, whatever is sent or seen later, also while there is no session", () => {
    const cutOver = { at: "2029-01-01T00:00:00.000Z", by: "seen" } as const;
    const recorded = { id: "7", state: sampleRecord({ cutOver }) };
    expect(cutOverOf([sent], sampleTarget({}, { recorded }))).toEqual(cutOver);
    expect(cutOverOf([sent], sampleTarget({}, { recorded }), gone)).toEqual(cutOver);
  });

  test("is that of this session, not of the one that it replaces", () => {
    const predecessor = { id: "6", state: sampleRecord({ actions: [created, sent] }), kept: new Set<string>() };
    const later = { ...created, at: "2030-01-01T00:00:09.000Z" };
    expect(cutOverOf([created, sent, later], sampleNew({}, { predecessor }))).toBeUndefined();
    expect(cutOverOf([created, sent, later])).toBeUndefined();
    const adopting = sampleNew({ sessionId: "7" }, { predecessor });
    const state = recordImport(ready, adopting, { entries: [created, sent], step: undefined })?.state;
    expect(state?.actions.map(({ act }) => act)).toEqual(["create", "cutover", "adopted"]);
    expect(cutOverOf(state?.actions ?? [])).toBeUndefined();
    const found = { ...ready, run: { ...ready.run, foundAtMs: Date.UTC(2030, 0, 2) } };
    const again = recordImport(found, sampleNew({}, { predecessor }), { entries: [created, sent], step: undefined });
    expect(again?.state.actions.map(({ act }) => act)).toEqual(["create", "cutover", "found"]);
    expect(again?.state.cutOver).toBeUndefined();
  });

  test("that a run has seen itself is recorded with its own time", () => {
    const run = { ...ready.run, cutOver: { atMs: Date.UTC(2030, 0, 1), by: "seen" } as const };
    expect(cutOverOf([], sampleTarget(), { ...ready, run })).toEqual({ at: "2030-01-01T00:00:00.000Z", by: "seen" });
  });
});
