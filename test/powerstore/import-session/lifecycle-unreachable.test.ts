import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const hourMs = 3_600_000;
// The copy of 200 GiB takes 85 minutes.
const slow = { bytesPerSecond: 40 * 1024 ** 2 };

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
    const it = await migration();
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

  test("from the start is given up after a few minutes, with the failure itself and nothing sent", async () => {
    const it = await migration();
    it.array.faults.add({
      when: { method: "GET", path: /import_session/ },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 500 },
    });
    const startMs = it.clock.nowMs();
    await expect(it.create(volume)).rejects.toMatchObject({ kind: "failing" });
    expect(it.clock.nowMs() - startMs).toBeLessThan(600_000);
    expect(it.sent()).toEqual([]);
    it.array.faults.clear();
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
      message: expect.stringMatching(/the last request failed: .* 503/),
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
    const it = await migration();
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
