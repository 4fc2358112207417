import { describe, expect, test } from "vitest";
import type { RecordedImport } from "../../../provider/powerstore/import-session/recorded.ts";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;

/** A session that was recorded on one array, and the configuration pointed at another since. */
async function pointedElsewhere(changes: Partial<RecordedImport> = {}) {
  const one = await migration();
  const state = await one.create(volume);
  const other = await migration();
  other.recall({ id: state.sessionId, state: { ...state, ...changes } });
  return { one, other };
}

describe("a session that is not found at another address than the recorded one", () => {
  test("is recorded with the address of its array", async () => {
    const { one } = await pointedElsewhere();
    expect(one.recorded?.state.endpoint).toBe(one.array.endpoint);
  });

  test.each(["destroy", "read"] as const)("is not taken for gone: %s", async (hook) => {
    const { one, other } = await pointedElsewhere();
    await expect(other[hook](volume)).rejects.toMatchObject({
      kind: "identity",
      message: expect.stringContaining(`it was recorded on ${one.array.endpoint}`),
    });
    expect([one.sent(), other.sent()]).toEqual([["create"], []]);
  });

  test("is not taken for complete by an update because it was: this is another array", async () => {
    const { other } = await pointedElsewhere({ state: "Import_Completed" });
    await expect(other.update(volume)).rejects.toMatchObject({ kind: "identity" });
  });

  test("is not replaced by a preview", async () => {
    const { other } = await pointedElsewhere();
    await expect(other.diff(volume, volume)).rejects.toMatchObject({ kind: "identity" });
  });

  test("is gone for a record of an older release, which does not know the address", async () => {
    const { other } = await pointedElsewhere({ endpoint: undefined });
    expect(await other.read(volume)).toBeUndefined();
    await expect(other.destroy(volume)).resolves.toBeUndefined();
  });
});

describe("a session that is found at another address than the recorded one", () => {
  test("is the same session: the array has moved, and that is recorded", async () => {
    const it = await migration();
    const state = await it.create(volume);
    it.recall({ id: state.sessionId, state: { ...state, endpoint: "https://192.0.2.1" } });
    expect(await it.read(volume)).toMatchObject({ sessionId: state.sessionId, endpoint: it.array.endpoint });
  });

  test("is taken back, and that it vanishes on the way is no error", async () => {
    const it = await migration();
    const state = await it.create(volume);
    it.recall({ id: state.sessionId, state: { ...state, endpoint: "https://192.0.2.1" } });
    await it.destroy(volume);
    expect(it.sent()).toEqual(["create", "cancel", "remove"]);
    expect(it.array.sessions()).toEqual([]);
  });
});
