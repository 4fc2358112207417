import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { bench, stackOn } from "../eternus/rec-session-group/group.ts";
import { migration } from "../powerstore/import-session/migration.ts";
import { simulatedSources } from "../powerstore/import-session/samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const minuteMs = 60_000;
const always = Number.POSITIVE_INFINITY;
const never = new AbortController().signal;

/** Twenty waiting defects of other systems, and the files with the tests that would fail if this one had them. */
const whereTested: Readonly<Record<string, readonly string[]>> = {
  W1: ["core/settle", "faults/waiting-defects"],
  W2: ["core/settle", "faults/waiting-defects"],
  W3: ["core/settle", "faults/waiting-defects"],
  W4: ["core/settle", "core/look", "core/hooks", "faults/waiting-defects"],
  W5: ["core/settle", "faults/waiting-defects"],
  W6: ["core/settle-acts", "core/settle-looks", "core/pace"],
  W7: ["core/settle-looks", "core/hooks-failing", "faults/waiting-defects"],
  W8: ["core/settle", "faults/waiting-defects"],
  W9: ["core/hooks-failing", "faults/waiting-defects"],
  W10: ["core/hooks-failing", "faults/waiting-defects"],
  W11: ["core/hooks", "core/settle-acts", "faults/waiting-defects"],
  W12: ["core/clock", "core/settle-interruption", "core/http-broken", "core/interruption"],
  W13: ["core/retry-after", "core/refusal", "core/settle-acts", "core/settle-looks", "core/http-trust"],
  W14: ["core/settle-looks", "core/errors", "core/clock", "core/retry-after", "faults/waiting-defects"],
  W15: ["core/login", "core/login-refused", "core/http-broken", "core/settle-acts"],
  W16: ["core/http-broken", "core/inputs", "core/connect-array"],
  W17: ["core/hooks-failing", "core/settle-acts", "faults/waiting-defects"],
  W18: ["core/look", "core/hooks-failing", "faults/waiting-defects"],
  W19: ["core/retry-after", "core/json"],
  W20: ["core/settle-interruption", "faults/waiting-defects"],
};

test.each(Object.entries(whereTested))("%s has a test by its name in %j", (defect, files) => {
  for (const file of files) {
    const text = readFileSync(new URL(`../${file}.test.ts`, import.meta.url), "utf8");
    // In the name of a test, and not W1 for W12; this list itself has no colon or comma behind it in a text.
    expect(text, file).toMatch(new RegExp(`"(W\\d+, )*${defect}(, W\\d+)*: [^\\n]{20,}`));
  }
});

test("all twenty are listed", () => {
  expect(Object.keys(whereTested)).toEqual(Array.from({ length: 20 }, (_, index) => `W${index + 1}`));
});

describe("on an ETERNUS", () => {
  test("W1: a suspend that has not ended when the time is up is a time-out and is recorded as no suspend", async () => {
    const product = await bench({ sessions: [{ id: 1 }], behaviour: { suspendDrainMs: 10 * 3_600_000 } });
    const stack = stackOn(product);
    const { error } = await stack.up({ copySessionIds: [1], timeouts: { create: "10m" } });
    expect(error).toContain("the deadline passed");
    expect(stack.state).toMatchObject({ consistent: false, destinationUsable: false });
    expect(await stack.preview({ copySessionIds: [1] })).toMatchObject({ changes: true });
  });

  test("W2: a session that does not become equivalent in time is not suspended all the same", async () => {
    const { array, ...product } = await bench({ sessions: [{ id: 1, phase: "Copying" }] });
    array.halt(1);
    const { error } = await stackOn(product).up({ copySessionIds: [1], timeouts: { create: "10m" } });
    expect(error).toBeDefined();
    expect(array.acts()).toEqual([]);
    expect(array.session(1)?.status).not.toBe("Suspend");
  });

  test("W8: a job that failed without a word and with code 0 ends the run soon, and not as a success", async () => {
    const { array, ...product } = await bench({ sessions: [{ id: 1 }], behaviour: { failureShape: "absent" } });
    array.failNext(1, "suspend", "0000", "");
    const { error } = await stackOn(product).up({ copySessionIds: [1] });
    expect(error).toContain("copy session 1 failed");
    expect(product.clock.nowMs() - Date.UTC(2030, 0, 1)).toBeLessThan(10 * minuteMs);
  });

  test("W14: one failed look at a job does not make the job a failed one", async () => {
    const { array, ...product } = await bench({ sessions: [{ id: 1 }] });
    array.faults.add({ when: { method: "GET", path: /job/, nth: 2 }, do: { kind: "status", status: 500 } });
    const stack = stackOn(product);
    expect((await stack.up({ copySessionIds: [1] })).error).toBeUndefined();
    expect(stack.state).toMatchObject({ failures: [], consistent: true });
  });

  test("W17: two groups of one array do not share their failures", async () => {
    const { array, ...product } = await bench({ sessions: [{ id: 1 }, { id: 2 }] });
    array.failNext(1, "suspend", "5300", "Copy path error");
    const [one, other] = [stackOn(product), stackOn(product)];
    const [failed, done] = await Promise.all([one.up({ copySessionIds: [1] }), other.up({ copySessionIds: [2] })]);
    expect([failed.error, done.error]).toEqual([expect.stringContaining("5300"), undefined]);
    expect(one.state?.failures).toHaveLength(1);
    expect(other.state).toMatchObject({ failures: [], consistent: true });
  });
});

describe("on a PowerStore", () => {
  test("W3: a copy that has stalled for long is no success, however often it was looked at", async () => {
    const it = await migration({ bytesPerSecond: 0 });
    await expect(it.create(volume, { timeoutMs: 6 * minuteMs })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.recorded?.state.state).toBe("Copy_In_Progress");
    expect(it.sent()).toEqual(["create"]);
  });

  test("W4: a session that vanishes while it is waited for is an error, and its id stays recorded", async () => {
    const it = await migration({ bytesPerSecond: 1024 ** 2 });
    it.after(5 * minuteMs, () => {
      it.array.faults.add({
        when: { method: "GET", path: /import_session/ },
        times: always,
        do: {
          kind: "custom",
          play: ({ request, send }) =>
            send(request.path.endsWith("import_session") ? { status: 200, body: [] } : { status: 404 }),
        },
      });
    });
    await expect(it.create(volume)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(/does not exist any more/),
    });
    expect(it.recorded?.id).toBe(it.array.sessions()[0]?.id);
    expect(it.sent()).toEqual(["create"]);
  });

  test("W5: every look sees progress, and the deadline is kept to the millisecond all the same", async () => {
    const it = await migration({ bytesPerSecond: 1024 ** 2 });
    const startMs = it.clock.nowMs();
    await expect(it.create(volume, { timeoutMs: 20 * minuteMs })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.clock.nowMs() - startMs).toBe(20 * minuteMs);
  });

  test("W7: an array that is away for minutes after the cutover was taken costs no cutover and no id", async () => {
    const it = await migration({ timings: { cutoverMs: 2 * minuteMs } });
    await it.create(volume);
    it.array.faults.add({
      when: { method: "POST", path: /cutover/ },
      do: {
        kind: "custom",
        async play({ handle, send }) {
          send(handle());
          void it.clock.sleep(1000, never).then(() => it.clock.whileBusy(it.array.refuseConnections()));
          void it.clock.sleep(15 * minuteMs, never).then(() => it.clock.whileBusy(it.array.acceptConnections()));
        },
      },
    });
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "cutover"]);
  });

  test("W8: a session that failed without a word ends the run at once, and not as a success", async () => {
    const it = await migration({ bytesPerSecond: 1024 ** 2 });
    it.after(5 * minuteMs, () => {
      const [session] = it.array.sessions();
      if (session !== undefined) it.array.disguise(session.id, { state: "Failed", error: null });
    });
    const startMs = it.clock.nowMs();
    await expect(it.create(volume)).rejects.toMatchObject({ kind: "stuck" });
    expect(it.clock.nowMs() - startMs).toBeLessThan(10 * minuteMs);
  });

  test.each([
    ["W9", "timeout"],
    ["W10", "permission"],
  ] as const)(
    "W9, W10: a create that ends with an error after the session was made has its id (%s: %s)",
    async (_, kind) => {
      const it = await migration({ bytesPerSecond: 0 });
      const status = kind === "permission" ? 403 : 503;
      it.array.faults.add({
        when: { method: "GET", path: /_session\/./ },
        times: always,
        do: { kind: "status", status },
      });
      await expect(it.create(volume, { timeoutMs: 30 * minuteMs })).rejects.toMatchObject({ kind });
      it.array.faults.clear();
      expect(it.recorded?.id).toBe(it.array.sessions()[0]?.id);
    },
  );

  test("W11: what is sent is decided by a fresh look, and not by what is recorded", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.array.operator.cutover(sessionId);
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create"]);
  });

  test("W18: a session that is not found is not taken for one that is done", async () => {
    const it = await migration();
    const { sessionId } = await it.create(volume);
    it.recall({
      id: "another",
      state: { ...(it.recorded?.state ?? { state: "", adopted: false, actions: [] }), sessionId },
    });
    await expect(it.update(toCompletion)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringMatching(/does not exist any more/),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("W20: after an interruption no further request leaves, and nobody sleeps on", async () => {
    const it = await migration({ bytesPerSecond: 0 });
    const interrupt = new AbortController();
    it.after(5 * minuteMs, () => interrupt.abort());
    await expect(it.create(volume, { signal: interrupt.signal })).rejects.toMatchObject({ kind: "cancelled" });
    const asked = it.array.requests.length;
    await it.clock.sleep(10 * minuteMs, never);
    expect([it.array.requests.length, it.clock.sleeping]).toEqual([asked, 0]);
  });
});
