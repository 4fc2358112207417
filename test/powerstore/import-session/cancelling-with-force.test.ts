import { describe, expect, test } from "vitest";
import type { PowerStoreOptions } from "../../arrays/index.ts";
import { type OneImport, oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { agentlessVolume, agentlessGroup, group, volume } = simulatedSources;
const hostSteps = { sourceStopped: true, destinationStarted: true };
const destroyed = { did: "delete", error: undefined, state: undefined };
const cancel = { method: "POST", path: /\/cancel$/ };
const warningsOfForce = (warnings: readonly string[]) => warnings.filter((text) => text.startsWith("force cancel: "));

/** A session at its target. */
async function ready(inputs: object, options: PowerStoreOptions = {}) {
  const it = await oneImport(options);
  await it.up({ ...inputs, ...("type" in inputs && inputs.type === "Agentless" ? { hostSteps } : {}) });
  return { ...it, id: it.recorded()?.id ?? "" };
}

/** One whose source or hosts do not follow when it is cancelled. */
async function unreachable(inputs: object, options: PowerStoreOptions = {}) {
  const it = await ready(inputs, options);
  it.array.setConditions(it.id, { hostsReachable: false });
  return it;
}

describe("a graceful cancel that fails on the array", () => {
  test.each([
    { inputs: agentlessGroup, shows: "Cancel_Failed" },
    { inputs: agentlessVolume, shows: "Cancel_Required" },
  ])("is an error that reports it, once: $shows", async ({ inputs, shows }) => {
    const { array, id, destroy, sent } = await unreachable(inputs);
    expect((await destroy()).error).toMatch(
      new RegExp(
        `the graceful cancel failed: the session is ${shows}.*forceCancel or forceCancelAfter.*paused: true and cutoverApproval: {}`,
      ),
    );
    expect(sent().filter((act) => act === "cancel")).toHaveLength(1);
    expect(array.session(id).state).toBe(shows);
  });

  test.each([agentlessGroup, agentlessVolume])("is forced at once where forceCancelAfter allows it", async (inputs) => {
    const { array, destroy, sent } = await unreachable({ ...inputs, forceCancelAfter: "50m" });
    const { error, warnings } = await destroy();
    expect(error).toBeUndefined();
    expect(sent().slice(-3)).toEqual(["cancel", "cancel with force", "remove"]);
    expect(warningsOfForce(warnings)).toHaveLength(1);
    expect(array.sessions()).toEqual([]);
  });

  test.each([agentlessVolume, group])(
    "is tried again by the next destroy, when the hosts can be reached",
    async (inputs) => {
      const { array, id, destroy, sent } = await unreachable(inputs);
      expect((await destroy()).error).toContain("the graceful cancel failed");
      array.setConditions(id, { hostsReachable: true });
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent().slice(-3)).toEqual(["cancel", "cancel", "remove"]);
    },
  );

  test("of a volume without agents shows as Failed: its record is removed, as the array allows, with a warning", async () => {
    const { array, destroy } = await unreachable(volume);
    const { error, warnings } = await destroy();
    expect(error).toBeUndefined();
    expect(warnings).toContainEqual(expect.stringContaining("ended as Failed"));
    expect(array.sessions()).toEqual([]);
  });
});

describe("a cancel that the array refuses", () => {
  const inTheWay = {
    status: 422,
    body: { messages: [{ code: "0xE1", severity: "Error", message_l10n: "A host is in the way." }] },
  };
  const refuse = ({ array }: OneImport, times: number) =>
    array.faults.add({ when: cancel, times, do: { kind: "status", ...inTheWay } });

  test("is an error in the array's words, once", async () => {
    const it = await ready(volume);
    refuse(it, 5);
    expect((await it.destroy()).error).toContain(
      "the graceful cancel failed: the array answered 422 0xE1: A host is in the way.",
    );
    expect(it.sent()).toEqual(["create", "cancel"]);
  });

  test("in passing is tried again, and not answered with force", async () => {
    const it = await ready({ ...volume, forceCancelAfter: "50m" });
    refuse(it, 2);
    expect(await it.destroy()).toMatchObject(destroyed);
    expect(it.sent()).toEqual(["create", "cancel", "cancel", "cancel", "remove"]);
  });

  test("for as long as forceCancelAfter is forced then, and no sooner", async () => {
    const { array, destroy, sent } = await ready({ ...volume, forceCancelAfter: "10m" });
    array.faults.add({
      when: cancel,
      times: 50,
      do: {
        kind: "custom",
        play: ({ request, handle, send }) => send(request.body === undefined ? inTheWay : handle()),
      },
    });
    expect(await destroy()).toMatchObject(destroyed);
    const acts = array.acts();
    expect(new Set(sent().slice(1, -2))).toEqual(new Set(["cancel"]));
    expect(sent().slice(-2)).toEqual(["cancel with force", "remove"]);
    const [first, forced] = [acts[1]?.atMs ?? 0, acts.at(-2)?.atMs ?? 0];
    expect(forced - first).toBeGreaterThanOrEqual(600_000);
    expect(forced - first).toBeLessThan(720_000);
  });

  test.each([
    { status: 403, reads: /the array answered 403.*role/ },
    { status: 404, reads: /the array answered 404/ },
  ])("with $status is no failed cancel: it ends the run, and nothing is forced", async ({ status, reads }) => {
    const { array, destroy, sent } = await ready({ ...volume, forceCancelAfter: "50m" });
    array.faults.add({ when: cancel, times: 5, do: { kind: "status", status } });
    const { error } = await destroy();
    expect(error).toMatch(reads);
    expect(error).not.toContain("the graceful cancel failed");
    expect(sent()).not.toContain("cancel with force");
  });

  test("with force as well is an error in the array's words", async () => {
    const it = await ready({ ...volume, forceCancel: true });
    refuse(it, 5);
    expect((await it.destroy()).error).toMatch(/cancelling with force failed: .*A host is in the way/);
    expect(it.sent()).toEqual(["create", "cancel with force"]);
  });
});

describe("force", () => {
  test("is sent at once with forceCancel, announced, and nothing graceful before it", async () => {
    const { destroy, sent } = await unreachable({ ...agentlessGroup, forceCancel: true });
    const { warnings } = await destroy();
    expect(sent().slice(-2)).toEqual(["cancel with force", "remove"]);
    expect(warningsOfForce(warnings)).toEqual([expect.stringContaining("without a rollback")]);
  });

  test("that was refused while a cancel was at work is sent again when that cancel has failed, however quickly", async () => {
    const rollback = { timings: { rollbackMs: 1_800_000 } };
    const { array, id, destroy, sent } = await ready({ ...agentlessVolume, forceCancelAfter: "1m" }, rollback);
    array.faults.add({
      when: { ...cancel, nth: 2 },
      do: {
        kind: "custom",
        play({ handle, send }) {
          const answer = handle();
          array.setState(id, "Cancel_Required");
          send(answer);
        },
      },
    });
    expect(await destroy()).toMatchObject(destroyed);
    expect(array.sessions()).toEqual([]);
    expect(sent().slice(-4)).toEqual(["cancel", "cancel with force", "cancel with force", "remove"]);
  });

  test("is not sent at once when the array only touches the record before it begins to cancel", async () => {
    const rollback = { timings: { rollbackMs: 600_000 } };
    const { array, id, destroy, later, sent } = await ready({ ...agentlessVolume, forceCancelAfter: "50m" }, rollback);
    array.setState(id, "Cancel_Required", { stays: true });
    array.faults.add({
      when: cancel,
      do: {
        kind: "custom",
        play({ send }) {
          array.disguise(id, { last_update_timestamp: "2031-01-01T00:00:00Z" });
          later(300_000, () => {
            array.disguise(id, {});
            array.operator.cancel(id);
          });
          send({ status: 204 });
        },
      },
    });
    expect(await destroy()).toMatchObject(destroyed);
    expect(sent().slice(-2)).toEqual(["cancel", "remove"]);
  });

  test("is never sent unless it is declared", async () => {
    const { destroy, sent } = await unreachable(agentlessGroup, { timings: { rollbackMs: 1_800_000 } });
    expect((await destroy()).error).toContain("the graceful cancel failed");
    expect(sent()).not.toContain("cancel with force");
  });

  describe("after forceCancelAfter", () => {
    const slowly = { timings: { rollbackMs: 1_800_000 } };
    const inTenMinutes = { forceCancelAfter: "10m" };

    test("is sent when a cancel does not end, once, and not insisted on", async () => {
      const { array, destroy, sent } = await ready({ ...volume, ...inTenMinutes }, slowly);
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual(["create", "cancel", "cancel with force", "remove"]);
      const [graceful, forced] = array.acts().slice(1);
      expect((forced?.atMs ?? 0) - (graceful?.atMs ?? 0)).toBeGreaterThanOrEqual(600_000);
      // The array takes no cancel while it cancels; that is no failure of the one under way.
      expect(forced?.status).toBe(422);
    });

    test("is sent also when an earlier run sent the graceful cancel", async () => {
      const { destroy, interruptAfter, sent } = await ready({ ...volume, ...inTenMinutes }, slowly);
      interruptAfter(60_000);
      expect((await destroy()).error).toContain("interrupted");
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual(["create", "cancel", "cancel with force", "remove"]);
    });

    test("is sent also when the answer to the graceful cancel was lost", async () => {
      const { array, destroy, sent } = await ready({ ...volume, ...inTenMinutes }, slowly);
      array.faults.add({ when: cancel, do: { kind: "lose-answer" } });
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent()).toEqual(["create", "cancel", "cancel with force", "remove"]);
    });

    test("is tried again in Cancel_Failed when it was only refused because the cancel was under way", async () => {
      const patient = { ...agentlessGroup, ...inTenMinutes, timeouts: { delete: "6h" } };
      const { array, destroy, sent } = await unreachable(patient, slowly);
      expect(await destroy()).toMatchObject(destroyed);
      expect(sent().slice(-4)).toEqual(["cancel", "cancel with force", "cancel with force", "remove"]);
      expect(array.sessions()).toEqual([]);
    });
  });
});

describe("a cancel on an array that is hard to reach", () => {
  test("is sent again after a 503, when the array says so", async () => {
    const { array, destroy } = await ready(volume);
    array.faults.add({ when: cancel, do: { kind: "status", status: 503, headers: { "retry-after": "45" } } });
    expect(await destroy()).toMatchObject(destroyed);
    const [first, second] = array.acts().filter(({ path }) => path.endsWith("/cancel"));
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(45_000);
  });

  test.each(["lose-answer", "reset"] as const)("works once although its answer came as: %s", async (kind) => {
    const { array, destroy } = await ready(volume);
    array.faults.add({ when: cancel, do: { kind } });
    expect(await destroy()).toMatchObject(destroyed);
    expect(array.acts().filter(({ path, handled }) => path.endsWith("/cancel") && handled)).toHaveLength(1);
    expect(array.sessions()).toEqual([]);
  });
});
