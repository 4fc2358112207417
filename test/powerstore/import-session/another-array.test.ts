import { describe, expect, test } from "vitest";
import { type OneImport, oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;

/** What is on record, with some outputs changed. */
function recordOf({ recorded }: OneImport, changes: object = {}) {
  const record = recorded();
  if (record === undefined) throw new Error("nothing is recorded");
  return { ...record, outputs: { ...record.outputs, ...changes } };
}

/** A session that was recorded on one array, and the configuration pointed at another since. */
async function pointedElsewhere(changes: object = {}, settings: Readonly<Record<string, string>> = {}) {
  const one = await oneImport();
  await one.up(volume);
  const other = await oneImport({}, settings);
  other.recall(recordOf(one, changes));
  return { one, other };
}

describe("a session that is not found at another address than the recorded one", () => {
  test("is recorded with the address of its array", async () => {
    const { one } = await pointedElsewhere();
    expect(one.state()?.endpoint).toBe(one.array.endpoint);
  });

  test.each(["destroy", "refresh"] as const)("is not taken for gone: %s", async (command) => {
    const { one, other } = await pointedElsewhere();
    expect((await other[command]()).error).toContain(`it was recorded on ${one.array.endpoint}`);
    expect(other.recorded()?.id).toBe(one.recorded()?.id);
    expect([one.sent(), other.sent()]).toEqual([["create"], []]);
  });

  test.each(["preview", "up"] as const)("is not replaced: %s", async (command) => {
    const { one, other } = await pointedElsewhere();
    expect(await other[command](volume)).toMatchObject({
      replaces: [],
      error: expect.stringContaining(`it was recorded on ${one.array.endpoint}`),
    });
    expect(other.sent()).toEqual([]);
  });

  test("is not taken for complete by an update because it was: this is another array", async () => {
    // So that the update itself finds out, and not the diff before it.
    const { one, other } = await pointedElsewhere({ state: "Import_Completed" }, { preflight: "off" });
    expect(await other.up({ ...volume, forceCancel: true })).toMatchObject({
      did: "update",
      error: expect.stringContaining(`it was recorded on ${one.array.endpoint}`),
    });
  });

  test("is gone for a record of an older release, which does not know the address", async () => {
    const { other } = await pointedElsewhere({ endpoint: undefined });
    expect(await other.refresh()).toMatchObject({ error: undefined, state: undefined });
    const { other: another } = await pointedElsewhere({ endpoint: undefined });
    expect(await another.destroy()).toMatchObject({ did: "delete", error: undefined });
  });
});

describe("a session that is found at another address than the recorded one", () => {
  /** The same array, at an address that it did not have when it was recorded. */
  async function moved() {
    const it = await oneImport();
    await it.up(volume);
    it.recall(recordOf(it, { endpoint: "https://192.0.2.1" }));
    return it;
  }

  test("is the same session: the array has moved, and that is recorded", async () => {
    const it = await moved();
    const { sessionId } = it.state() ?? {};
    await it.refresh();
    expect(it.state()).toMatchObject({ sessionId, endpoint: it.array.endpoint });
  });

  test("is cancelled, and that it vanishes on the way is no error", async () => {
    const { array, destroy, sent } = await moved();
    expect(await destroy()).toMatchObject({ did: "delete", error: undefined });
    expect(sent()).toEqual(["create", "cancel", "remove"]);
    expect(array.sessions()).toEqual([]);
  });
});
