import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const hourMs = 3_600_000;
// The copy of 200 GiB takes 85 minutes.
const slow = { bytesPerSecond: 40 * 1024 ** 2 };

describe("a deadline that passes", () => {
  test("is an error, never a success, and what was seen last is recorded for the next run to go on from", async () => {
    const it = await migration(slow);
    await expect(it.create(toCompletion, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringMatching(
        /Could not bring import session .*the deadline passed while copying.*run `pulumi up` again/,
      ),
    });
    expect(it.recorded).toMatchObject({
      id: it.array.sessions()[0]?.id,
      state: { state: "Copy_In_Progress", progressPercentage: expect.any(Number) },
    });
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover"]);
    expect(it.recorded?.state.actions.map(({ act }) => act)).toEqual(["create", "cutover"]);
  });

  test("passes no later than it should", async () => {
    const it = await migration(slow);
    const startMs = it.clock.nowMs();
    await expect(it.create(volume, { timeoutMs: hourMs })).rejects.toThrow();
    expect(it.clock.nowMs() - startMs).toBe(hourMs);
  });

  test("while the session is taken back leaves it for the next destroy to go on with", async () => {
    const it = await migration({ timings: { rollbackMs: 5 * hourMs } });
    await it.create(volume);
    await expect(it.destroy(volume, { timeoutMs: hourMs })).rejects.toMatchObject({ kind: "timeout" });
    await it.destroy(volume);
    expect(it.sent()).toEqual(["create", "cancel", "remove"]);
  });
});

describe("an interruption", () => {
  test("keeps the id and what was seen last, and the next update goes on", async () => {
    const it = await migration(slow);
    const interruption = new AbortController();
    it.after(0.5 * hourMs, () => interruption.abort());
    await expect(it.create(toCompletion, { signal: interruption.signal })).rejects.toMatchObject({
      kind: "cancelled",
      message: expect.stringContaining("the run was interrupted while copying"),
    });
    expect(it.recorded).toMatchObject({ id: it.array.sessions()[0]?.id, state: { state: "Copy_In_Progress" } });
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("while the session is made keeps its id: the request is seen to its answer", async () => {
    const it = await migration();
    const interruption = new AbortController();
    it.array.faults.add({
      when: { method: "POST", path: "/api/rest/import_session" },
      do: {
        kind: "custom",
        play({ handle, send }) {
          interruption.abort();
          send(handle());
        },
      },
    });
    await expect(it.create(volume, { signal: interruption.signal })).rejects.toMatchObject({ kind: "cancelled" });
    expect(it.recorded).toMatchObject({ id: it.array.sessions()[0]?.id, state: { actions: [{ act: "create" }] } });
    await it.update(volume);
    expect(it.sent()).toEqual(["create"]);
  });

  test("while it is cut over leaves the cutover in the audit trail, and the next update does not send it again", async () => {
    const it = await migration();
    await it.create(volume);
    const interruption = new AbortController();
    it.array.faults.add({
      when: { method: "POST", path: /\/cutover$/ },
      do: {
        kind: "custom",
        play({ handle, send }) {
          interruption.abort();
          send(handle());
        },
      },
    });
    await expect(it.update(toCompletion, { signal: interruption.signal })).rejects.toMatchObject({ kind: "cancelled" });
    expect(it.recorded?.state.actions.map(({ act }) => act)).toEqual(["create", "cutover"]);
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("before it began sends nothing, nor logs in", async () => {
    const it = await migration();
    await expect(it.create(volume, { signal: AbortSignal.abort() })).rejects.toMatchObject({ kind: "cancelled" });
    expect(it.array.requests).toEqual([]);
  });

  test("after which nothing was recorded, not even the id, makes no second session", async () => {
    const it = await migration(slow);
    await expect(it.create(toCompletion, { timeoutMs: hourMs })).rejects.toThrow();
    // The runner was killed: the next run starts with nothing.
    expect(await it.create(toCompletion)).toMatchObject({ state: "Import_Completed", adopted: false });
    expect(it.sent()).toEqual(["create", "cutover"]);
    expect(it.array.sessions()).toHaveLength(1);
  });
});

describe("a login that ends while a copy is waited for", () => {
  test.each(["401", "403", "redirect to a login page"] as const)(
    "is renewed in silence: the array shows it as %s",
    async (staleLogin) => {
      const it = await migration({ ...slow, staleLogin });
      it.after(0.5 * hourMs, () => it.array.endLogins());
      it.after(hourMs, () => it.array.endLogins());
      expect(await it.create(toCompletion)).toMatchObject({ state: "Import_Completed" });
      expect(it.array.requests.filter(({ path }) => path.endsWith("/login_session"))).toHaveLength(3);
      expect(it.sent()).toEqual(["create", "cutover"]);
    },
  );

  test("by idling out between two looks is renewed", async () => {
    const it = await migration({ ...slow, idleTimeoutSeconds: 30 });
    expect(await it.create(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("right before the cutover is renewed, and the cutover goes out once", async () => {
    const it = await migration();
    it.array.faults.add({
      when: { method: "POST", path: /\/cutover$/ },
      do: {
        kind: "custom",
        play({ handle, send }) {
          it.array.endLogins();
          send(handle());
        },
      },
    });
    await it.create(toCompletion);
    expect(it.array.acts().filter(({ path, status }) => path.endsWith("/cutover") && status === 204)).toHaveLength(1);
  });

  test("shown as a web page with 200 is renewed", async () => {
    const it = await migration({ loginsGivenUp: 1 });
    it.array.faults.add({ when: { method: "GET", path: /import_session\/./, nth: 3 }, do: { kind: "html" } });
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
  });
});

describe("an array that is hard to reach for a while", () => {
  test.each([
    ["503 with Retry-After", { kind: "status", status: 503, headers: { "retry-after": "30" } }],
    ["503", { kind: "status", status: 503 }],
    ["500", { kind: "status", status: 500 }],
    ["429", { kind: "status", status: 429 }],
    ["connections that break", { kind: "reset" }],
    ["answers that break off", { kind: "truncate" }],
    ["answers of the wrong form", { kind: "status", status: 200, body: { unexpected: true } }],
  ] as const)("fails no migration: %s", async (_, fault) => {
    const it = await migration();
    it.array.faults.add({ when: { method: "GET", path: /import_session/, nth: 4 }, times: 6, do: fault });
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create"]);
  });

  test("restarts its management without losing a thing", async () => {
    const it = await migration(slow);
    it.after(0.5 * hourMs, () => void it.clock.whileBusy(it.array.restart()));
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create"]);
  });

  test("is off the network for an hour", async () => {
    const it = await migration(slow);
    it.after(0.25 * hourMs, () => void it.clock.whileBusy(it.array.refuseConnections()));
    it.after(1.25 * hourMs, () => void it.clock.whileBusy(it.array.acceptConnections()));
    expect(await it.create(volume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.said.some((text) => text.startsWith("looking again: "))).toBe(true);
  });

  test("and stays so is said in the end, with the last failure", async () => {
    const it = await migration(slow);
    it.array.faults.add({
      when: { method: "GET", path: /import_session/, nth: 10 },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 503 },
    });
    await expect(it.create(volume, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringMatching(/the last look failed: .* 503/),
    });
    expect(it.recorded?.state.state).not.toBe("Not_Observed_Yet");
    it.array.faults.clear();
  });

  test("that refuses the user ends the run at once, with what to configure", async () => {
    const it = await migration();
    await it.create(volume);
    it.array.faults.add({ when: { path: /login_session/ }, times: 5, do: { kind: "status", status: 401 } });
    it.array.endLogins();
    await expect(it.update(toCompletion)).rejects.toMatchObject({
      kind: "authentication",
      message: expect.stringContaining("password"),
    });
    it.array.faults.clear();
  });

  test("that does not allow the cutover to this user says so, after one new login", async () => {
    const it = await migration({ loginsGivenUp: 1 });
    await it.create(volume);
    const logins = () => it.array.requests.filter(({ path }) => path.endsWith("/login_session")).length;
    const before = logins();
    it.array.faults.add({ when: { path: /\/cutover$/ }, times: 5, do: { kind: "status", status: 403 } });
    await expect(it.update(toCompletion)).rejects.toMatchObject({
      kind: "permission",
      message: expect.stringContaining("role"),
    });
    expect(logins() - before).toBe(1);
  });
});

describe("what an array may show", () => {
  test("a state word nobody knows is waited for till the deadline, which names it", async () => {
    const it = await migration();
    it.after(60_000, () => it.array.disguise(it.array.sessions()[0]?.id ?? "", { state: "Half_Way_There" }));
    await expect(it.create(toCompletion, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining('"Half_Way_There"'),
    });
    expect(it.recorded?.state.state).toBe("Half_Way_There");
    expect(it.sent()).toEqual(["create"]);
    it.array.disguise(it.recorded?.id ?? "", {});
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
  });

  test("and is not destroyed on a guess, not even with force", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.disguise(sessionId, { state: "Half_Way_There" });
    await expect(it.destroy({ ...volume, forceCancel: true }, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
      message: expect.stringContaining('"Half_Way_There"'),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("a live session that is not found once is looked for again and gone on with", async () => {
    const it = await migration();
    const { sessionId } = await it.create(agentlessVolume);
    const notFound = { kind: "status", status: 404, body: { messages: [] } } as const;
    it.array.faults.add({ when: { method: "GET", path: `/api/rest/import_session/${sessionId}` }, do: notFound });
    expect(await it.read(agentlessVolume)).toMatchObject({ sessionId });
    it.array.faults.add({ when: { method: "GET", path: `/api/rest/import_session/${sessionId}` }, do: notFound });
    expect(await it.update({ ...agentlessVolume, hostSteps: { sourceStopped: true } })).toMatchObject({
      state: "Ready_To_Start_Copy",
    });
  });

  test("a session that was removed is gone to a refresh, and an update says so", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.setState(sessionId, "Cancelled");
    it.array.operator.remove(sessionId);
    expect(await it.read(volume)).toBeUndefined();
    await expect(it.update(toCompletion)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining("pulumi refresh"),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("a refresh records what changed on the array and sends nothing", async () => {
    const it = await migration();
    const { sessionId, actions } = await it.create(volume);
    it.array.operator.cutover(sessionId);
    expect(await it.read(volume)).toMatchObject({ state: "Cutover_In_Progress", adopted: false, actions });
    expect(it.sent()).toEqual(["create"]);
  });

  test("keys nobody knows, and null for all that can be null", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    const nothing = {
      progress_percentage: null,
      error: null,
      description: null,
      destination_resource_id: null,
      brand_new: { a: [1] },
    };
    it.array.disguise(sessionId, nothing);
    const state = await it.read(volume);
    expect(state).toMatchObject({ state: "Ready_For_Cutover" });
    expect(state?.progressPercentage).toBeUndefined();
  });
});
