import { readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { startEternus } from "../arrays/index.ts";
import { providerHere } from "../engine/direct/host.ts";
import { configFor } from "../engine/direct/one-resource.ts";
import { virtualTime } from "../engine/time.ts";
import { groupUrn, oneGroup } from "../eternus/one-group.ts";
import { simulatedSources } from "../powerstore/import-session/samples.ts";
import { oneImport } from "../powerstore/one-import.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const minuteMs = 60_000;
const always = Number.POSITIVE_INFINITY;

/** Twenty waiting defects of other systems, and the files with the tests that would fail if this one had them. */
const whereTested: Readonly<Record<string, readonly string[]>> = {
  W1: ["core/reconcile/reconcile", "faults/waiting-defects"],
  W2: ["core/reconcile/reconcile", "faults/waiting-defects"],
  W3: ["core/reconcile/reconcile", "faults/waiting-defects"],
  W4: [
    "core/pulumi/hooks-runs",
    "core/pulumi/service",
    "core/reconcile/read-with-retry",
    "core/reconcile/reconcile",
    "faults/waiting-defects",
  ],
  W5: ["core/reconcile/reconcile", "faults/waiting-defects"],
  W6: ["core/reconcile/pause", "core/reconcile/reconcile-actions", "core/reconcile/reconcile-reads"],
  W7: ["core/pulumi/hooks-failing", "core/reconcile/reconcile-reads", "faults/waiting-defects"],
  W8: ["core/reconcile/reconcile", "faults/waiting-defects"],
  W9: ["core/pulumi/hooks-failing", "faults/waiting-defects"],
  W10: ["core/pulumi/hooks-failing", "faults/waiting-defects"],
  W11: [
    "core/pulumi/hooks-preview",
    "core/pulumi/hooks-runs",
    "core/pulumi/service",
    "core/reconcile/reconcile-actions",
    "faults/waiting-defects",
  ],
  W12: [
    "core/async/clock",
    "core/http/http-broken",
    "core/pulumi/hooks-failing",
    "core/pulumi/interruption",
    "core/reconcile/reconcile-interruption",
  ],
  W13: [
    "core/array/settings",
    "core/http/error-response",
    "core/http/http-trust",
    "core/http/retry-after",
    "core/reconcile/reconcile-actions",
    "core/reconcile/reconcile-reads",
  ],
  W14: [
    "core/async/clock",
    "core/errors",
    "core/http/retry-after",
    "core/reconcile/read-with-retry",
    "core/reconcile/reconcile-reads",
    "faults/waiting-defects",
  ],
  W15: ["core/array/login-refused", "core/array/login", "core/http/http-broken", "core/reconcile/reconcile-actions"],
  W16: ["core/array/connection", "core/http/http-broken", "core/pulumi/own-inputs"],
  W17: ["core/pulumi/hooks-failing", "core/reconcile/reconcile-actions", "faults/waiting-defects"],
  W18: [
    "core/errors",
    "core/pulumi/hooks-failing",
    "core/reconcile/read-with-retry",
    "core/reconcile/run-resource-read-delete",
    "faults/waiting-defects",
  ],
  W19: ["core/http/parse-answer", "core/http/retry-after"],
  W20: ["core/reconcile/reconcile-interruption", "faults/waiting-defects"],
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
    const behaviour = { suspendDrainMs: 10 * 3_600_000 };
    const { up, preview } = await oneGroup({ sessions: [{ id: 1 }], behaviour });
    expect(await up({ copySessionIds: [1], targetState: "Suspend", timeouts: { create: "10m" } })).toMatchObject({
      error: expect.stringContaining("timed out"),
      state: { consistent: false, destinationUsable: false },
    });
    expect((await preview({ copySessionIds: [1], targetState: "Suspend" })).did).toBe("update");
  });

  test("W2: a session that does not become equivalent in time is not suspended all the same", async () => {
    const { array, up } = await oneGroup({ sessions: [{ id: 1, phase: "Copying" }] });
    array.halt(1);
    const { error } = await up({ copySessionIds: [1], targetState: "Suspend", timeouts: { create: "10m" } });
    expect(error).toBeDefined();
    expect(array.acts()).toEqual([]);
    expect(array.session(1)?.status).not.toBe("Suspend");
  });

  test("W8: a job that failed without a word and with code 0 ends the run soon, and not as a success", async () => {
    const { array, clock, up } = await oneGroup({ sessions: [{ id: 1 }], behaviour: { failureShape: "absent" } });
    array.failNext(1, "suspend", "0000", "");
    const { error } = await up({ copySessionIds: [1], targetState: "Suspend" });
    expect(error).toContain("copy session 1 failed");
    expect(clock.nowMs() - Date.UTC(2030, 0, 1)).toBeLessThan(10 * minuteMs);
  });

  test("W14: one failed read of a job does not make it a failed job", async () => {
    const { array, up } = await oneGroup({ sessions: [{ id: 1 }] });
    array.faults.add({ when: { method: "GET", path: /job/, nth: 2 }, do: { kind: "status", status: 500 } });
    expect(await up({ copySessionIds: [1], targetState: "Suspend" })).toMatchObject({
      error: undefined,
      state: { failures: [], consistent: true },
    });
  });

  test("W17: two groups of one array, in one provider, do not share their failures", async () => {
    const time = virtualTime(1);
    const array = await startEternus({ clock: time.arrays, sessions: [{ id: 1 }, { id: 2 }] });
    const config = configFor("eternus", array);
    const options = { time, environment: {}, config, onLog: () => {}, onLine: () => {} };
    const { provider, stop } = await providerHere(options, (log) => log);
    onTestFinished(async () => {
      await stop();
      await array.close();
    });
    array.failNext(1, "suspend", "5300", "Copy path error");
    const __provider = 'exports.handler=()=>require("pulumi-storage-migration/provider").recSessionGroup';
    const create = (id: number) => {
      const urn = `${groupUrn}-${id}`;
      return provider.create(urn, { copySessionIds: [id], targetState: "Suspend", resourceUrn: urn, __provider });
    };
    const [failed, done] = await Promise.all([create(1), create(2)]);
    expect(failed).toMatchObject({ outputs: { failures: [{ id: 1, code: "5300" }] } });
    expect(failed.initErrors?.join()).toContain("5300");
    expect(done).toMatchObject({ outputs: { failures: [], consistent: true } });
    expect(done.initErrors ?? []).toEqual([]);
  });
});

describe("on a PowerStore", () => {
  const within = (create: string) => ({ ...volume, timeouts: { create } });

  test("W3: a copy that has stalled for long is no success, however often it was read", async () => {
    const { up, sent } = await oneImport({ bytesPerSecond: 0 });
    expect(await up(within("6m"))).toMatchObject({
      error: expect.stringContaining("timed out"),
      state: { state: "Copy_In_Progress" },
    });
    expect(sent()).toEqual(["create"]);
  });

  test("W4: a session that vanishes while it is waited for is an error, and its id stays recorded", async () => {
    const { array, up, later, recorded, sent } = await oneImport({ bytesPerSecond: 1024 ** 2 });
    later(5 * minuteMs, () => {
      array.faults.add({
        when: { method: "GET", path: /import_session/ },
        times: always,
        do: {
          kind: "custom",
          play: ({ request, send }) =>
            send(request.path.endsWith("import_session") ? { status: 200, body: [] } : { status: 404 }),
        },
      });
    });
    expect((await up(volume)).error).toContain("does not exist any more");
    expect(recorded()?.id).toBe(array.sessions()[0]?.id);
    expect(sent()).toEqual(["create"]);
  });

  test("W5: every read sees progress, and the deadline is kept to the millisecond all the same", async () => {
    const { clock, up } = await oneImport({ bytesPerSecond: 1024 ** 2 });
    const startMs = clock.nowMs();
    expect((await up(within("20m"))).error).toContain("timed out");
    expect(clock.nowMs() - startMs).toBe(20 * minuteMs);
  });

  test("W7: an array that is away for minutes after the cutover was taken costs no cutover and no id", async () => {
    const { array, clock, up, later, sent } = await oneImport({ timings: { cutoverMs: 2 * minuteMs } });
    await up(volume);
    array.faults.add({
      when: { method: "POST", path: /cutover/ },
      do: {
        kind: "custom",
        play({ handle, send }) {
          send(handle());
          later(1000, () => clock.whileBusy(array.refuseConnections()));
          later(15 * minuteMs, () => clock.whileBusy(array.acceptConnections()));
        },
      },
    });
    expect(await up(toCompletion)).toMatchObject({ error: undefined, state: { state: "Import_Completed" } });
    expect(sent()).toEqual(["create", "cutover"]);
  });

  test("W8: a session that failed without a word ends the run at once, and not as a success", async () => {
    const { array, clock, up, later } = await oneImport({ bytesPerSecond: 1024 ** 2 });
    later(5 * minuteMs, () => array.disguise(array.sessions()[0]?.id ?? "", { state: "Failed", error: null }));
    const startMs = clock.nowMs();
    expect((await up(volume)).error).toContain("the session is Failed");
    expect(clock.nowMs() - startMs).toBeLessThan(10 * minuteMs);
  });

  test.each([
    ["W9", 503, /timed out/],
    ["W10", 403, /the array answered 403/],
  ] as const)(
    "W9, W10: a create that ends with an error after the session was created has its id (%s: %s)",
    async (_, status, message) => {
      const { array, up, recorded } = await oneImport({ bytesPerSecond: 0 });
      array.faults.add({
        when: { method: "GET", path: /import_session\/./ },
        times: always,
        do: { kind: "status", status },
      });
      expect((await up(within("30m"))).error).toMatch(message);
      array.faults.clear();
      expect(recorded()?.id).toBe(array.sessions()[0]?.id);
    },
  );

  test("W11: what is sent is decided by a fresh read, and not by what is recorded", async () => {
    const { array, up, recorded, sent } = await oneImport();
    await up(volume);
    array.operator.cutover(recorded()?.id ?? "");
    expect(await up(toCompletion)).toMatchObject({ error: undefined, state: { state: "Import_Completed" } });
    expect(sent()).toEqual(["create"]);
  });

  test("W18: a session that is not found is not taken for one that is done", async () => {
    // So that the update itself finds out, and not the diff before it.
    const { up, recall, recorded, sent } = await oneImport({}, { preflight: "off" });
    await up(volume);
    const { inputs = {}, outputs = {} } = recorded() ?? {};
    recall({ id: "another", inputs, outputs: { ...outputs, sessionId: "another" } });
    expect((await up(toCompletion)).error).toContain("does not exist any more");
    expect(sent()).toEqual(["create"]);
  });

  test("W20: after an interruption no further request leaves, and nobody sleeps on", async () => {
    const { array, clock, up, interruptAfter } = await oneImport({ bytesPerSecond: 0 });
    interruptAfter(5 * minuteMs);
    expect((await up(volume)).error).toContain("interrupted");
    const asked = array.requests.length;
    await clock.advance(10 * minuteMs);
    expect([array.requests.length, clock.sleeping]).toEqual([asked, 0]);
  });
});
