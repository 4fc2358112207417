import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
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
        /Could not bring import session .*the deadline passed while copying.*Run the command again/,
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

describe("a deadline that has passed already", () => {
  test("sends nothing, nor logs in", async () => {
    const it = await migration();
    await expect(it.create(volume, { timeoutMs: 0 })).rejects.toMatchObject({ kind: "timeout" });
    expect([it.array.requests, it.records]).toEqual([[], []]);
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

  test.each(["interruption", "deadline"] as const)(
    "while the login before the cutover is renewed holds the cutover back: %s",
    async (end) => {
      const it = await migration();
      await it.create(volume);
      const interruption = new AbortController();
      const isCutover = { method: "POST", path: /\/cutover$/ };
      // The login ends after the look.
      it.array.faults.add({
        when: isCutover,
        do: {
          kind: "custom",
          play({ handle, send }) {
            it.array.endLogins();
            send(handle());
          },
        },
      });
      it.array.faults.add({
        when: { path: /login_session$/ },
        do: {
          kind: "custom",
          async play({ handle, send }) {
            if (end === "interruption") interruption.abort();
            else await it.clock.advance(61_000);
            send(handle());
          },
        },
      });
      const run = it.update(toCompletion, { signal: interruption.signal, timeoutMs: 60_000 });
      await expect(run).rejects.toMatchObject({ kind: end === "interruption" ? "cancelled" : "timeout" });
      const cutovers = it.array.acts().filter(({ path }) => path.endsWith("/cutover"));
      expect(cutovers.map(({ status }) => status)).toEqual([401]);
      expect(it.array.session(it.recorded?.id ?? "").state).toBe("Ready_For_Cutover");
      expect(it.recorded?.state.actions.map(({ act }) => act)).toEqual(["create"]);
    },
  );

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
