import { describe, expect, test } from "vitest";
import { migration } from "../migration.ts";
import { sampleUrn, simulatedSources } from "../samples.ts";

const copy = { ...simulatedSources.group, wave: { part: "copy" } } as const;

function cutoverOf(sessionId: string, hold = "", others: readonly string[] = []) {
  const members = [sessionId, ...others].map((id) => ({ sessionId: id }));
  const wave = { part: "cutover" as const, hold, isApprovalAsked: false, members };
  return { resourceUrn: `${sampleUrn}-cutover`, sessionId, targetState: "Import_Completed" as const, wave };
}

describe("the two resources of a wave that have the same session", () => {
  test("say nothing of each other's mark, and the copy removes what it made", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    await it.create(cutoverOf(sessionId));
    expect(it.said.join()).not.toContain("mark of another");
    it.recall({ id: sessionId, state: { sessionId, state: "Ready_For_Cutover", adopted: false, actions: [] } });
    await it.destroy(copy);
    expect(it.sent()).toEqual(["create", "cutover", "remove"]);
  });

  test("agree that the copy is done while the cutover goes on, and after one that did not wholly succeed", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    for (const state of ["Import_Cutover_Incomplete", "Import_Completed_With_Errors", "Import_Completed"] as const) {
      it.array.setState(sessionId, state, { stays: true });
      expect(await it.diff(copy, copy), state).toMatchObject({ changes: false });
    }
    it.array.setState(sessionId, "Import_Cutover_Incomplete", { stays: true });
    expect(await it.diff(simulatedSources.group, simulatedSources.group)).toMatchObject({ changes: true });
  });

  test("keep a copy that is ready and not found any more: it may have been cut over and cleared away", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    it.array.setState(sessionId, "Import_Completed", { stays: true });
    it.array.operator.remove(sessionId);
    expect(await it.diff(copy, copy)).toMatchObject({ changes: false, replaces: [] });
    expect((await it.diff(copy, copy)).said.join()).toContain("If it was cut over, nothing is lost");
    expect(await it.read(copy)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(await it.diff(simulatedSources.group, simulatedSources.group)).toMatchObject({ replaces: ["state"] });
  });

  test("make a copy anew that was not ready when it vanished", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    it.array.setState(sessionId, "Cancelled", { stays: true });
    it.array.operator.remove(sessionId);
    it.recall({ id: sessionId, state: { sessionId, state: "Copy_In_Progress", adopted: false, actions: [] } });
    expect(await it.diff(copy, copy)).toMatchObject({ changes: true, replaces: ["state"] });
    expect(await it.read(copy)).toBeUndefined();
  });
});

describe("the hold of a wave", () => {
  test("is recorded as gone once the cutover was made by hand", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    const held = cutoverOf(sessionId, "w-b is Paused");
    expect(await it.create(held)).toMatchObject({ state: "Ready_For_Cutover", held: "held: w-b is Paused" });
    expect(await it.diff(held, held)).toMatchObject({ changes: false });
    it.array.setState(sessionId, "Import_Completed", { stays: true });
    await it.clock.advance(60_000);
    expect(await it.diff(held, held)).toMatchObject({ changes: true });
    expect(await it.update(held)).toMatchObject({ state: "Import_Completed" });
    expect(await it.diff(held, held)).toMatchObject({ changes: false });
  });
});

describe("right before the cutover of a wave", () => {
  const another = { ...simulatedSources.volume, resourceUrn: `${sampleUrn}-another`, wave: { part: "copy" } } as const;

  test.each(["Paused", "Failed", "Cancelled", "Copy_In_Progress"] as const)(
    "a member that the array shows %s holds it, whatever was recorded of it",
    async (state) => {
      const it = await migration();
      const { sessionId } = await it.create(copy);
      const { sessionId: other } = await it.create(another);
      it.array.setState(other, state, { stays: true });
      const held = await it.create(cutoverOf(sessionId, "", [other]));
      expect(held.held).toMatch(new RegExp(`held: session ${other} of the wave is .*, not ready for the cutover`));
      expect(it.sent()).toEqual(["create", "create"]);
    },
  );

  test("a member that is gone holds it, and says what to do", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    const { sessionId: other } = await it.create(another);
    it.array.setState(other, "Cancelled", { stays: true });
    it.array.operator.remove(other);
    const held = await it.create(cutoverOf(sessionId, "", [other]));
    expect(held.held).toContain("is not on the array any more; if it was cut over, take its member out of the wave");
    expect(it.sent()).toEqual(["create", "create"]);
  });

  test("members that this process has not been told of hold it: a list that is recorded no more is never taken for an empty one", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    const { wave, ...cutover } = cutoverOf(sessionId);
    const { members: _, ...recorded } = wave;
    expect(await it.create({ ...cutover, wave: recorded })).toMatchObject({
      held: expect.stringContaining("does not know the other members"),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("members that were checked before in the same process are looked at, though they are not recorded", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    const { sessionId: other } = await it.create(another);
    const whole = cutoverOf(sessionId, "", [other]);
    const recorded = await it.check(whole);
    expect(recorded).toEqual({ ...whole, wave: { part: "cutover", hold: "", isApprovalAsked: false } });
    it.array.setState(other, "Paused", { stays: true });
    expect(await it.create({ ...cutoverOf(sessionId), wave: { ...whole.wave, members: undefined } })).toMatchObject({
      held: `held: session ${other} of the wave is Paused, not ready for the cutover`,
    });
    it.array.setState(other, "Ready_For_Cutover", { stays: true });
    expect(await it.update({ ...whole, wave: { ...whole.wave, members: undefined } })).toMatchObject({
      state: "Import_Completed",
    });
  });

  test("another list of members is no change by itself, nor is one that an older release has recorded", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    const held = cutoverOf(sessionId, "w-b is Paused", ["8"]);
    await it.create(held);
    const { wave, ...cutover } = held;
    const { members: _, ...recorded } = wave;
    expect(await it.diff(held, { ...cutover, wave: recorded })).toMatchObject({ changes: false });
    expect(await it.diff({ ...cutover, wave: recorded }, cutoverOf(sessionId, "w-b is Paused", ["9"]))).toMatchObject({
      changes: false,
    });
  });

  test("members that are ready, being cut over or past it do not", async () => {
    const it = await migration();
    const { sessionId } = await it.create(copy);
    const { sessionId: other } = await it.create(another);
    it.array.setState(other, "Import_Completed", { stays: true });
    expect(await it.create(cutoverOf(sessionId, "", [other]))).toMatchObject({ state: "Import_Completed" });
  });
});

test("a copy that may have been cut over and cleared away is not made again by editing it", async () => {
  const it = await migration();
  const { sessionId } = await it.create(copy);
  it.array.setState(sessionId, "Import_Completed", { stays: true });
  it.array.operator.remove(sessionId);
  for (const state of ["Ready_For_Cutover", "Cutover_In_Progress", "Import_Cutover_Incomplete"]) {
    it.recall({ id: sessionId, state: { sessionId, state, adopted: false, actions: [] } });
    expect(await it.diff(copy, copy), state).toMatchObject({ changes: false, replaces: [] });
    await expect(it.diff(copy, { ...copy, description: "another" }), state).rejects.toThrow("or gone");
  }
});
