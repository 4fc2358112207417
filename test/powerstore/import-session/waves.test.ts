import { describe, expect, test } from "vitest";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import type { OneResource } from "../../engine/direct/one-resource.ts";
import { oneImport } from "../one-import.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { group, volume } = simulatedSources;
const copy = { ...group, wave: { part: "copy" } } as const;
const unchanged = { did: "nothing", error: undefined, replaces: [] };
const complete = { error: undefined, state: { state: "Import_Completed" } };

/** The three resources of a wave of two, each in a stack of its own: the copies, and the cutover of the first. */
async function wave() {
  const it = await oneImport();
  const cutover = it.another({ urn: `${sampleUrn}-cutover` });
  const another = it.another({ urn: `${sampleUrn}-another` });
  await it.up(copy);
  const id = it.recorded()?.id ?? "";
  const createAnother = async () => {
    await another.up({ ...volume, wave: { part: "copy" } });
    return another.recorded()?.id ?? "";
  };
  return { ...it, id, cutover, createAnother };
}

function cutoverOf(sessionId: string, hold = "", others: readonly string[] = []) {
  const members = [sessionId, ...others].map((id) => ({ sessionId: id }));
  return {
    sessionId,
    targetState: "Import_Completed",
    wave: { part: "cutover", hold, isApprovalAsked: false, members },
  };
}

/** The same as it is recorded: the members are not. */
function recordedCutoverOf(sessionId: string, hold = "") {
  const { wave, ...inputs } = cutoverOf(sessionId, hold);
  const { members: _, ...recorded } = wave;
  return { ...inputs, wave: recorded };
}

/** Changes what is on record. */
function recall(stack: OneResource<RecordedImport>, changes: { readonly inputs?: object; readonly outputs?: object }) {
  const record = stack.recorded();
  if (record === undefined) throw new Error("nothing is recorded");
  stack.recall({
    ...record,
    inputs: { ...(changes.inputs ?? record.inputs) },
    outputs: { ...record.outputs, ...changes.outputs },
  });
}

/** Takes the member out of the wave: the session is that of a single import. */
function leaveWave(stack: OneResource<RecordedImport>) {
  recall(stack, { inputs: group, outputs: { wave: undefined } });
}

describe("the two resources of a wave that have the same session", () => {
  test("do not warn of each other's mark, and the copy removes what it created", async () => {
    const { id, cutover, destroy, said, sent } = await wave();
    await cutover.up(cutoverOf(id));
    expect([...said(), ...cutover.said()].join()).not.toContain("mark of another");
    expect(await destroy()).toMatchObject({ did: "delete", error: undefined });
    expect(sent()).toEqual(["create", "cutover", "remove"]);
  });

  test("agree that the copy is done while the cutover goes on, and after one that did not wholly succeed", async () => {
    const { id, array, preview, ...it } = await wave();
    for (const state of ["Import_Cutover_Incomplete", "Import_Completed_With_Errors", "Import_Completed"] as const) {
      array.setState(id, state, { stays: true });
      expect(await preview(copy), state).toMatchObject({ did: "nothing", error: undefined });
    }
    array.setState(id, "Import_Cutover_Incomplete", { stays: true });
    leaveWave({ preview, ...it });
    expect(await preview(group)).toMatchObject({ did: "update" });
  });

  test("keep a copy that was ready and is not found any more: it may have been cut over and cleared away", async () => {
    const { id, array, ...it } = await wave();
    array.setState(id, "Import_Completed", { stays: true });
    array.operator.remove(id);
    const { said, ...planned } = await it.preview(copy);
    expect(planned).toMatchObject(unchanged);
    expect(said.join()).toContain("If it was cut over, nothing is lost");
    await it.refresh();
    expect(it.state()).toMatchObject({ state: "Ready_For_Cutover" });
    leaveWave(it);
    expect(await it.preview(group)).toMatchObject({ replaces: ["state"] });
  });

  test("create a copy again that was not ready when it vanished", async () => {
    const { id, array, ...it } = await wave();
    array.setState(id, "Cancelled", { stays: true });
    array.operator.remove(id);
    recall(it, { outputs: { state: "Copy_In_Progress" } });
    expect(await it.preview(copy)).toMatchObject({ did: "replace", replaces: ["state"] });
    await it.refresh();
    expect(it.recorded()).toBeUndefined();
  });
});

test("the hold of a wave is recorded, and recorded as gone once the cutover was made by hand", async () => {
  const { id, array, clock, cutover } = await wave();
  const held = cutoverOf(id, "w-b is Paused");
  expect(await cutover.up(held)).toMatchObject({
    error: undefined,
    state: { state: "Ready_For_Cutover", held: "held: w-b is Paused" },
  });
  expect(await cutover.preview(held)).toMatchObject(unchanged);
  array.setState(id, "Import_Completed", { stays: true });
  await clock.advance(60_000);
  expect(await cutover.preview(held)).toMatchObject({ did: "update" });
  expect(await cutover.up(held)).toMatchObject(complete);
  expect(await cutover.preview(held)).toMatchObject(unchanged);
});

describe("right before the cutover of a wave", () => {
  test.each(["Paused", "Failed", "Cancelled", "Copy_In_Progress"] as const)(
    "a member that the array shows %s holds it, whatever was recorded of it",
    async (state) => {
      const { id, array, cutover, createAnother, sent } = await wave();
      const other = await createAnother();
      array.setState(other, state, { stays: true });
      const held = await cutover.up(cutoverOf(id, "", [other]));
      expect(held.state?.held).toMatch(
        new RegExp(`held: session ${other} of the wave is .*, not ready for the cutover`),
      );
      expect(sent()).toEqual(["create", "create"]);
    },
  );

  test("a member that is gone holds it, and the reason says what to do", async () => {
    const { id, array, cutover, createAnother, sent } = await wave();
    const other = await createAnother();
    array.setState(other, "Cancelled", { stays: true });
    array.operator.remove(other);
    const held = await cutover.up(cutoverOf(id, "", [other]));
    expect(held.state?.held).toContain(
      "is not on the array any more; if it was cut over, take its member out of the wave",
    );
    expect(sent()).toEqual(["create", "create"]);
  });

  test("members that this process was not given hold it: a list that is not recorded is never taken for an empty one", async () => {
    const { id, cutover, sent } = await wave();
    const held = await cutover.up(recordedCutoverOf(id));
    expect(held.state?.held).toContain("does not know the other members");
    expect(sent()).toEqual(["create"]);
  });

  test("members that were checked before in the same process are read, though they are not recorded", async () => {
    const { id, array, cutover, createAnother } = await wave();
    const other = await createAnother();
    array.setState(other, "Paused", { stays: true });
    const held = await cutover.up(cutoverOf(id, "", [other]));
    expect(held.state?.held).toBe(`held: session ${other} of the wave is Paused, not ready for the cutover`);
    expect(cutover.recorded()?.inputs).toMatchObject(recordedCutoverOf(id));
    expect(JSON.stringify(cutover.recorded())).not.toContain('"members":[{"sessionId":"');
    array.setState(other, "Ready_For_Cutover", { stays: true });
    expect(await cutover.up(cutoverOf(id, "", [other]))).toMatchObject(complete);
  });

  test("another list of members is no change by itself, nor is one that an older release has recorded", async () => {
    const { id, cutover } = await wave();
    const held = cutoverOf(id, "w-b is Paused", ["8"]);
    await cutover.up(held);
    expect(await cutover.preview(cutoverOf(id, "w-b is Paused", ["9"]))).toMatchObject(unchanged);
    recall(cutover, { inputs: held, outputs: { wave: held.wave } });
    expect(await cutover.preview(recordedCutoverOf(id, "w-b is Paused"))).toMatchObject(unchanged);
  });

  test("members that are ready, being cut over or past it do not hold it", async () => {
    const { id, array, cutover, createAnother } = await wave();
    const other = await createAnother();
    array.setState(other, "Import_Completed", { stays: true });
    expect(await cutover.up(cutoverOf(id, "", [other]))).toMatchObject(complete);
  });
});

test("a copy that may have been cut over and cleared away is not created again by editing it", async () => {
  const { id, array, ...it } = await wave();
  array.setState(id, "Import_Completed", { stays: true });
  array.operator.remove(id);
  for (const [state, why] of [
    ["Ready_For_Cutover", "or gone"],
    ["Cutover_In_Progress", "its cutover is under way"],
    ["Import_Cutover_Incomplete", "a cutover is for ever"],
  ] as const) {
    recall(it, { outputs: { state } });
    expect(await it.preview(copy), state).toMatchObject(unchanged);
    expect((await it.preview({ ...copy, sessionName: "another" })).error, state).toContain(why);
  }
});
