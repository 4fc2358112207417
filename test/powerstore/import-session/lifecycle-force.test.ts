import { describe, expect, test } from "vitest";
import type { ImportSessionInputs } from "../../../provider/powerstore/import-session/inputs.ts";
import { type Migration, migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { agentlessVolume, agentlessGroup, volume } = simulatedSources;
const hostSteps = { sourceStopped: true, destinationStarted: true };

/** A session whose source or hosts do not follow when it is taken back. */
async function unreachable(it: Migration, inputs: ImportSessionInputs): Promise<string> {
  const { sessionId } = await it.create({ ...inputs, ...(inputs.type === "Agentless" ? { hostSteps } : {}) });
  it.array.setConditions(sessionId, { hostsReachable: false });
  return sessionId;
}

describe("a graceful cancel that fails on the array", () => {
  test.each([
    { inputs: agentlessGroup, shows: "Cancel_Failed" },
    { inputs: agentlessVolume, shows: "Cancel_Required" },
  ])("is an error that says so, once: $shows", async ({ inputs, shows }) => {
    const it = await migration();
    const id = await unreachable(it, inputs);
    await expect(it.destroy(inputs)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(
        new RegExp(
          `the graceful cancel failed: the session is ${shows}.*forceCancel or forceCancelAfter.*paused: true and cutoverApproval: ""`,
        ),
      ),
    });
    expect(it.sent().filter((act) => act === "cancel")).toHaveLength(1);
    expect(it.array.session(id).state).toBe(shows);
  });

  test.each([agentlessGroup, agentlessVolume])("is forced at once where forceCancelAfter allows it", async (inputs) => {
    const it = await migration();
    await unreachable(it, inputs);
    await it.destroy({ ...inputs, forceCancelAfter: 3_600_000 });
    expect(it.sent().slice(-3)).toEqual(["cancel", "cancel with force", "remove"]);
    expect(it.said.filter((text) => text.startsWith("warning: force cancel"))).toHaveLength(1);
    expect(it.array.sessions()).toEqual([]);
  });

  test("is tried again by the next destroy, when the hosts can be reached", async () => {
    const it = await migration();
    const id = await unreachable(it, agentlessVolume);
    await expect(it.destroy(agentlessVolume)).rejects.toMatchObject({ kind: "stuck" });
    it.array.setConditions(id, { hostsReachable: true });
    await it.destroy(agentlessVolume);
    expect(it.sent().slice(-3)).toEqual(["cancel", "cancel", "remove"]);
  });

  test("of a volume without agents shows as Failed: its record is removed, as the array allows", async () => {
    const it = await migration();
    await unreachable(it, volume);
    await it.destroy(volume);
    expect(it.array.sessions()).toEqual([]);
  });
});

describe("a cancel that the array refuses", () => {
  const inTheWay = {
    status: 422,
    body: { messages: [{ code: "0xE1", severity: "Error", message_l10n: "A host is in the way." }] },
  };
  const refuse = (it: Migration, times: number) =>
    it.array.faults.add({
      when: { method: "POST", path: /\/cancel$/ },
      times,
      do: { kind: "status", ...inTheWay },
    });

  test("is an error in the array's words, once", async () => {
    const it = await migration();
    await it.create(volume);
    refuse(it, 5);
    await expect(it.destroy(volume)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining(
        "the graceful cancel failed: the array answered 422 0xE1: A host is in the way. Mend",
      ),
    });
    expect(it.sent()).toEqual(["create", "cancel"]);
  });

  test("in passing is tried again, and not answered with force", async () => {
    const it = await migration();
    await it.create(volume);
    refuse(it, 2);
    await it.destroy({ ...volume, forceCancelAfter: 3_600_000 });
    expect(it.sent()).toEqual(["create", "cancel", "cancel", "cancel", "remove"]);
  });

  test("for as long as forceCancelAfter is forced then, and no sooner", async () => {
    const it = await migration();
    await it.create(volume);
    it.array.faults.add({
      when: { method: "POST", path: /\/cancel$/ },
      times: 50,
      do: {
        kind: "custom",
        play: ({ request, handle, send }) => send(request.body === undefined ? inTheWay : handle()),
      },
    });
    await it.destroy({ ...volume, forceCancelAfter: 600_000 });
    const acts = it.array.acts();
    expect(new Set(it.sent().slice(1, -2))).toEqual(new Set(["cancel"]));
    expect(it.sent().slice(-2)).toEqual(["cancel with force", "remove"]);
    const [first, forced] = [acts[1]?.atMs ?? 0, acts.at(-2)?.atMs ?? 0];
    expect(forced - first).toBeGreaterThanOrEqual(600_000);
    expect(forced - first).toBeLessThan(720_000);
  });

  test.each([
    { status: 403, kind: "permission" },
    { status: 404, kind: "notFound" },
  ])("with $status is no failed cancel: it ends the run as $kind, and nothing is forced", async ({ status, kind }) => {
    const it = await migration();
    await it.create(volume);
    const cancel = { method: "POST", path: /\/cancel$/ };
    it.array.faults.add({ when: cancel, times: 5, do: { kind: "status", status } });
    await expect(it.destroy({ ...volume, forceCancelAfter: 3_600_000 })).rejects.toMatchObject({ kind });
    expect(it.sent()).not.toContain("cancel with force");
  });

  test("with force as well is an error in the array's words", async () => {
    const it = await migration();
    await it.create(volume);
    refuse(it, 5);
    await expect(it.destroy({ ...volume, forceCancel: true })).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(/cancelling with force failed: .*A host is in the way/),
    });
    expect(it.sent()).toEqual(["create", "cancel with force"]);
  });
});

describe("force", () => {
  test("is sent at once with forceCancel, announced, and nothing graceful before it", async () => {
    const it = await migration();
    await unreachable(it, agentlessGroup);
    await it.destroy({ ...agentlessGroup, forceCancel: true });
    expect(it.sent().slice(-2)).toEqual(["cancel with force", "remove"]);
    expect(it.said).toContain("warning: force cancel: no rollback if the source or the hosts cannot be reached");
  });

  test("that was refused while a cancel was at work is sent again when that cancel has failed, however quickly", async () => {
    const it = await migration({ timings: { rollbackMs: 1_800_000 } });
    const { sessionId } = await it.create(agentlessVolume);
    it.array.faults.add({
      when: { method: "POST", path: /\/cancel$/, nth: 2 },
      do: {
        kind: "custom",
        play({ handle, send }) {
          const answer = handle();
          it.array.setState(sessionId, "Cancel_Required");
          send(answer);
        },
      },
    });
    await it.destroy({ ...agentlessVolume, forceCancelAfter: 60_000 });
    expect(it.array.sessions()).toEqual([]);
    expect(it.sent().slice(-4)).toEqual(["cancel", "cancel with force", "cancel with force", "remove"]);
  });

  test("is not sent at once when the array only touches the record before it begins to cancel", async () => {
    const it = await migration({ timings: { rollbackMs: 600_000 } });
    const { sessionId } = await it.create(agentlessVolume);
    it.array.setState(sessionId, "Cancel_Required", { stays: true });
    it.array.faults.add({
      when: { method: "POST", path: /\/cancel$/ },
      do: {
        kind: "custom",
        play({ send }) {
          it.array.disguise(sessionId, { last_update_timestamp: "2031-01-01T00:00:00Z" });
          it.after(300_000, () => {
            it.array.disguise(sessionId, {});
            it.array.operator.cancel(sessionId);
          });
          send({ status: 204 });
        },
      },
    });
    await it.destroy({ ...agentlessVolume, forceCancelAfter: 3_600_000 });
    expect(it.sent().slice(-2)).toEqual(["cancel", "remove"]);
  });

  test("is never sent unless it is declared", async () => {
    const it = await migration({ timings: { rollbackMs: 1_800_000 } });
    await unreachable(it, agentlessGroup);
    await expect(it.destroy(agentlessGroup)).rejects.toThrow();
    expect(it.sent()).not.toContain("cancel with force");
  });

  test("comes after forceCancelAfter when a cancel does not end, once, and is not insisted on", async () => {
    const it = await migration({ timings: { rollbackMs: 1_800_000 } });
    await it.create(volume);
    await it.destroy({ ...volume, forceCancelAfter: 600_000 });
    expect(it.sent()).toEqual(["create", "cancel", "cancel with force", "remove"]);
    const [graceful, forced] = it.array.acts().slice(1);
    expect((forced?.atMs ?? 0) - (graceful?.atMs ?? 0)).toBeGreaterThanOrEqual(600_000);
    // The array takes no cancel while it cancels; that is no failure of the one under way.
    expect(forced?.status).toBe(422);
  });

  test("comes after forceCancelAfter also when an earlier run sent the graceful cancel, or its answer was lost", async () => {
    const it = await migration({ timings: { rollbackMs: 1_800_000 } });
    await it.create(volume);
    await expect(it.destroy(volume, { timeoutMs: 60_000 })).rejects.toMatchObject({ kind: "timeout" });
    await it.destroy({ ...volume, forceCancelAfter: 600_000 });
    expect(it.sent()).toEqual(["create", "cancel", "cancel with force", "remove"]);

    const other = await migration({ timings: { rollbackMs: 1_800_000 } });
    await other.create(volume);
    other.array.faults.add({ when: { method: "POST", path: /\/cancel$/ }, do: { kind: "lose-answer" } });
    await other.destroy({ ...volume, forceCancelAfter: 600_000 });
    expect(other.sent()).toEqual(["create", "cancel", "cancel with force", "remove"]);
  });

  test("is tried again in Cancel_Failed when it was only refused because the cancel was under way", async () => {
    const it = await migration({ timings: { rollbackMs: 1_800_000 } });
    await unreachable(it, agentlessGroup);
    await it.destroy({ ...agentlessGroup, forceCancelAfter: 600_000 }, { timeoutMs: 6 * 3_600_000 });
    expect(it.sent().slice(-4)).toEqual(["cancel", "cancel with force", "cancel with force", "remove"]);
    expect(it.array.sessions()).toEqual([]);
  });
});

describe("a cleanup", () => {
  test("that does not help is an error, once", async () => {
    const it = await migration();
    const id = await unreachable(it, agentlessVolume);
    it.array.setState(id, "Cleanup_Required", { stays: true });
    await expect(it.destroy(agentlessVolume)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining("the cleanup failed: the session is Cleanup_Required again"),
    });
    expect(it.sent().filter((act) => act === "cleanup")).toHaveLength(1);
  });
});

describe("a cancel on an array that is hard to reach", () => {
  test("is sent again after a 503, when the array says so", async () => {
    const it = await migration();
    await it.create(volume);
    it.array.faults.add({
      when: { path: /\/cancel$/ },
      do: { kind: "status", status: 503, headers: { "retry-after": "45" } },
    });
    await it.destroy(volume);
    const [first, second] = it.array.acts().filter(({ path }) => path.endsWith("/cancel"));
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(45_000);
  });

  test.each(["lose-answer", "reset"] as const)("works once although its answer came as: %s", async (kind) => {
    const it = await migration();
    await it.create(volume);
    it.array.faults.add({ when: { path: /\/cancel$/ }, do: { kind } });
    await it.destroy(volume);
    expect(it.array.acts().filter(({ path, handled }) => path.endsWith("/cancel") && handled)).toHaveLength(1);
    expect(it.array.sessions()).toEqual([]);
  });
});
