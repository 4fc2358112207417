import { describe, expect, test } from "vitest";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const ready = { error: undefined, state: { state: "Ready_For_Cutover" } };
const complete = { error: undefined, state: { state: "Import_Completed" } };
const hourMs = 3_600_000;
// The copy of 200 GiB takes 85 minutes.
const slow = { bytesPerSecond: 40 * 1024 ** 2 };

describe("a login that ends while a copy is waited for", () => {
  test.each(["401", "403", "redirect to a login page"] as const)(
    "is renewed in silence: the array shows it as %s",
    async (staleLogin) => {
      const { array, up, later, sent } = await oneImport({ ...slow, staleLogin });
      later(0.5 * hourMs, () => array.endLogins());
      later(hourMs, () => array.endLogins());
      const { warnings, ...told } = await up(toCompletion);
      expect(told).toMatchObject(complete);
      expect(warnings.join()).not.toContain("log in");
      // Logging in is one request of the two that have this path: the other reads the roles of the user.
      const logins = array.requests.filter(({ path, rawQuery }) => path.endsWith("/login_session") && rawQuery === "");
      expect(logins).toHaveLength(3);
      expect(sent()).toEqual(["create", "cutover"]);
    },
  );

  test("by idling out between two reads is renewed", async () => {
    const { up, sent } = await oneImport({ ...slow, idleTimeoutSeconds: 30 });
    expect(await up(toCompletion)).toMatchObject(complete);
    expect(sent()).toEqual(["create", "cutover"]);
  });

  test("right before the cutover is renewed, and the cutover goes out once", async () => {
    const { array, up } = await oneImport();
    array.faults.add({
      when: { method: "POST", path: /\/cutover$/ },
      do: {
        kind: "custom",
        play({ handle, send }) {
          array.endLogins();
          send(handle());
        },
      },
    });
    expect(await up(toCompletion)).toMatchObject(complete);
    expect(array.acts().filter(({ path, status }) => path.endsWith("/cutover") && status === 204)).toHaveLength(1);
  });

  test("shown as a web page with 200 is renewed", async () => {
    const { array, up } = await oneImport();
    const page = array.faults.add({ when: { method: "GET", path: /import_session\/./, nth: 3 }, do: { kind: "html" } });
    expect(await up(volume)).toMatchObject(ready);
    expect(page.struck).toBe(1);
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
  ] as const)("fails no import: %s", async (_, fault) => {
    const { array, up, sent } = await oneImport();
    const trouble = array.faults.add({
      when: { method: "GET", path: /import_session\//, nth: 2 },
      times: 6,
      do: fault,
    });
    expect(await up(volume)).toMatchObject(ready);
    expect(trouble.struck).toBe(6);
    expect(sent()).toEqual(["create"]);
  });

  test("because its management restarts loses nothing", async () => {
    const { array, clock, up, later, sent } = await oneImport(slow);
    later(0.5 * hourMs, () => clock.whileBusy(array.restart()));
    expect(await up(volume)).toMatchObject(ready);
    expect(sent()).toEqual(["create"]);
  });

  test("because it is off the network for an hour is waited for, and the row shows it", async () => {
    const { array, clock, up, later } = await oneImport(slow);
    later(0.25 * hourMs, () => clock.whileBusy(array.refuseConnections()));
    later(1.25 * hourMs, () => clock.whileBusy(array.acceptConnections()));
    const { rows, ...told } = await up(volume);
    expect(told).toMatchObject(ready);
    expect(rows).toContainEqual(expect.stringMatching(/^retrying: /));
  });
});

describe("an array that stays hard to reach", () => {
  const always = Number.POSITIVE_INFINITY;

  test("from the start fails the run after a few minutes, with the failure itself and nothing sent", async () => {
    // So that it is the run that finds out, and not the check before it.
    const { array, clock, up, sent } = await oneImport({}, { preflight: "off" });
    array.faults.add({
      when: { method: "GET", path: /import_session/ },
      times: always,
      do: { kind: "status", status: 500 },
    });
    const startMs = clock.nowMs();
    expect((await up(volume)).error).toMatch(/the array answered 500/);
    expect(clock.nowMs() - startMs).toBeLessThan(600_000);
    expect(sent()).toEqual([]);
    array.faults.clear();
  });

  test("in the middle of a copy fails the run at its deadline, with the last failure", async () => {
    const { array, up, state } = await oneImport(slow);
    array.faults.add({
      when: { method: "GET", path: /import_session/, nth: 10 },
      times: always,
      do: { kind: "status", status: 503 },
    });
    const { error } = await up({ ...volume, timeouts: { create: "1h" } });
    expect(error).toMatch(/timed out .*the last request failed: .* 503/);
    expect(state()?.state).not.toBe("Not_Observed_Yet");
    array.faults.clear();
  });
});

describe("an array that refuses the user", () => {
  test("ends the run at once, with what to configure", async () => {
    const { array, up, sent } = await oneImport();
    await up(volume);
    array.faults.add({ when: { path: /login_session/ }, times: 5, do: { kind: "status", status: 401 } });
    array.endLogins();
    expect((await up(toCompletion)).error).toContain("password");
    expect(sent()).toEqual(["create"]);
    array.faults.clear();
  });

  test("the cutover alone says so, after one new login", async () => {
    const { array, up } = await oneImport();
    await up(volume);
    const logins = () => array.requests.filter(({ path }) => path.endsWith("/login_session")).length;
    let before = 0;
    array.faults.add({
      when: { path: /\/cutover$/ },
      do: {
        kind: "custom",
        play({ send }) {
          before = logins();
          send({ status: 403 });
        },
      },
    });
    array.faults.add({ when: { path: /\/cutover$/ }, times: 5, do: { kind: "status", status: 403 } });
    expect((await up(toCompletion)).error).toMatch(/403.*role/);
    expect(logins() - before).toBe(1);
  });
});
