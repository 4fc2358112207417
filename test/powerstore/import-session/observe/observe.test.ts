import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../../provider/powerstore/import-session/naming.ts";
import { assumeImport, observeImport } from "../../../../provider/powerstore/import-session/observe/observe.ts";
import { waveMembers } from "../../../../provider/powerstore/import-session/observe/wave.ts";
import { newRun, type ObservedImport } from "../../../../provider/powerstore/import-session/observed.ts";
import type { ImportTarget } from "../../../../provider/powerstore/import-session/target.ts";
import type { WireSession } from "../../../../provider/powerstore/wire.ts";
import { sampleNew, sampleObserved, sampleRecord, sampleSession, sampleTarget, sampleUrn } from "../samples.ts";
import { arrayShowing } from "../shown-array.ts";

const nowMs = Date.UTC(2030, 0, 1);
const reading = { signal: new AbortController().signal, nowMs };
const origin = "https://powerstore.example.com";

function observing(sessions: readonly WireSession[], waves = waveMembers()) {
  const array = arrayShowing(sessions);
  return (target: ImportTarget, before?: ObservedImport) =>
    observeImport({ arrays: () => array, waves }, target, before, reading);
}

const mine = sampleSession("Copy_In_Progress", {
  name: "erp-prod-orders",
  description: ownershipMark(sampleUrn),
  source_resource_id: "sv_42",
  remote_system_id: "rs-1",
});

describe("a session that is recorded", () => {
  test("is read by its id, with the sessions of its members", async () => {
    const group = sampleSession("In_Progress", { destination_resource_type: "volume_group" });
    const member = sampleSession("Queued", { id: "8", parent_session_id: "7" });
    const observed = await observing([group, member, sampleSession("Queued", { id: "9" })])(sampleTarget());
    expect(observed).toMatchObject({ session: group, members: [member], endpoint: origin, atMs: nowMs });
  });

  test("is gone if it is not found where it was recorded, and nowhere else", async () => {
    const on = (endpoint: string | undefined) =>
      observing([])(sampleTarget({}, { recorded: { id: "7", state: sampleRecord({ endpoint }) } }));
    expect(await on(origin)).toMatchObject({ session: undefined });
    expect(await on(undefined)).toMatchObject({ session: undefined });
    await expect(on("https://elsewhere")).rejects.toMatchObject({ kind: "identity" });
  });

  test("that vanishes in the middle of a run has not moved to another array", async () => {
    const target = sampleTarget({}, { recorded: { id: "7", state: sampleRecord({ endpoint: "https://elsewhere" }) } });
    const before = sampleObserved(sampleSession("Queued"));
    expect(await observing([])(target, before)).toMatchObject({ session: undefined });
  });
});

describe("a session that is new", () => {
  test("is looked for by its name, and is the run's own from when it is found", async () => {
    const observed = await observing([mine])(sampleNew());
    expect(observed).toMatchObject({ session: { id: "7" }, run: { sessionId: "7", foundAtMs: nowMs } });
    expect(await observing([])(sampleNew())).toMatchObject({ session: undefined, run: { sessionId: undefined } });
  });

  test.each<[string, Partial<WireSession>, string]>([
    ["carries no mark of this resource", { description: "mine" }, "does not carry the mark"],
    ["imports another source", { source_resource_id: "sv_9" }, "imports sv_9"],
    ["is of another type", { type: "Agentless" }, "is Agentless"],
    ["would not wait at a gate", { automatic_cutover: true }, "was created with automaticCutover: true"],
    ["imports from another remote system", { remote_system_id: "rs-2" }, "imports from remote system rs-2"],
  ])("has its name taken by one that %s", async (_, changes, says) => {
    await expect(observing([{ ...mine, ...changes }])(sampleNew())).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringContaining(says),
    });
  });

  test.each(["Failed", "Cancelled"])("is not what a failed attempt has left: %s", async (state) => {
    const observed = await observing([{ ...mine, state }])(sampleNew());
    expect(observed).toMatchObject({ session: { state }, run: { sessionId: undefined, foundAtMs: undefined } });
  });

  test("is read by its id once it is created, and is nobody's find then", async () => {
    const before = sampleObserved(undefined, [], { run: { ...newRun("7"), hasSent: true, isJustCreated: true } });
    const { run } = await observing([mine])(sampleNew(), before);
    expect(run).toMatchObject({ sessionId: "7", foundAtMs: undefined, isJustCreated: false });
  });
});

describe("a session to adopt", () => {
  const adopting = { remoteSystemId: undefined, sourceResourceId: undefined, type: undefined, sessionId: "7" };

  test("is the run's own, and was there before it", async () => {
    const { run } = await observing([mine])(sampleNew(adopting));
    expect(run).toMatchObject({ sessionId: "7", foundAtMs: undefined });
  });

  test.each<[string, readonly WireSession[], object, string]>([
    ["does not exist", [], {}, "notFound"],
    ["belongs to a group", [{ ...mine, parent_session_id: "6" }], {}, "identity"],
    [
      "does not wait at the gate that is declared",
      [{ ...mine, automatic_cutover: true }],
      { cutoverApproval: { code: "" } },
      "input",
    ],
  ])("is refused if it %s", async (_, sessions, inputs, kind) => {
    await expect(observing(sessions)(sampleNew({ ...adopting, ...inputs }))).rejects.toMatchObject({ kind });
  });

  test("is not asked about again once the run has begun with it", async () => {
    expect(await observing([])(sampleNew(adopting), sampleObserved(mine))).toMatchObject({ session: undefined });
  });
});

describe("the cutover of a wave", () => {
  const wave = {
    part: "cutover" as const,
    hold: "",
    isApprovalAsked: false,
    members: [{ sessionId: "7" }, { sessionId: "8" }],
  };
  const inputs = { targetState: "Import_Completed" as const, sessionId: "7", wave };
  const ready = sampleSession("Ready_For_Cutover");
  const unready = async (sessions: readonly WireSession[], target: ImportTarget) =>
    (await observing(sessions)(target)).unready;

  test("asks the other members, and names the first that is not ready", async () => {
    const other = (state: string) => sampleSession(state, { id: "8" });
    expect(await unready([ready, other("Ready_For_Cutover")], sampleTarget(inputs))).toBeUndefined();
    expect(await unready([ready, other("Cutover_In_Progress")], sampleTarget(inputs))).toBeUndefined();
    expect(await unready([ready, other("Paused")], sampleTarget(inputs))).toBe(
      "held: session 8 of the wave is Paused, not ready for the cutover",
    );
    expect(await unready([ready], sampleTarget(inputs))).toContain(
      "session 8 of the wave is not on the array any more",
    );
  });

  test.each<[string, ImportTarget, string]>([
    ["before its own copy is ready", sampleTarget(inputs), "Copy_In_Progress"],
    [
      "while the wave holds it for another reason",
      sampleTarget({ ...inputs, wave: { ...wave, members: undefined, hold: "x" } }),
      "Ready_For_Cutover",
    ],
    ["of a refresh", sampleTarget(inputs, { operation: { kind: "read" } }), "Ready_For_Cutover"],
    ["of a destroy", sampleTarget(inputs, { operation: { kind: "delete" } }), "Ready_For_Cutover"],
    ["of its copy", sampleTarget({ wave: { part: "copy" } }), "Ready_For_Cutover"],
  ])("does not ask them %s", async (_, target, state) => {
    expect(await unready([sampleSession(state)], target)).toBeUndefined();
  });

  test("is held while this process does not know the others: a list that is not recorded is never taken for an empty one", async () => {
    const { members: _, ...recorded } = wave;
    const target = sampleTarget({ ...inputs, wave: recorded });
    expect(await unready([ready], target)).toContain("does not know the other members");
    const waves = waveMembers();
    waves.remember(sampleUrn, { wave });
    const observed = await observing([ready, sampleSession("Paused", { id: "8" })], waves)(target);
    expect(observed.unready).toContain("session 8 of the wave is Paused");
  });
});

describe("what was recorded, as if it were observed,", () => {
  test("is the session with its members, by its recorded id", () => {
    const members = [{ sessionId: "8", state: "Queued" }];
    const state = sampleRecord({ sessionId: "", state: "In_Progress", endpoint: origin, members });
    expect(assumeImport(sampleTarget({}, { recorded: { id: "7", state } }), undefined)).toMatchObject({
      session: { id: "7", state: "In_Progress" },
      members: [{ id: "8", state: "Queued" }],
      endpoint: origin,
      run: { sessionId: "7" },
    });
  });

  test("is nothing of what is new, and the beginning of what is to be adopted", () => {
    expect(assumeImport(sampleNew(), undefined)).toMatchObject({ session: undefined, run: { sessionId: undefined } });
    expect(assumeImport(sampleNew({ sessionId: "7" }), undefined)).toMatchObject({
      session: { id: "7", state: "Not_Observed_Yet" },
      run: { sessionId: "7" },
    });
    expect(assumeImport(sampleNew({}, { unknown: ["sessionId"] }), undefined)).toMatchObject({
      session: { id: "", state: "Not_Observed_Yet" },
    });
  });
});
