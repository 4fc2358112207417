import { describe, expect, test } from "vitest";
import type { ScriptedFault } from "../../arrays/index.ts";
import { oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const hourMs = 3_600_000;
// The copy of 200 GiB takes 85 minutes.
const slow = { bytesPerSecond: 40 * 1024 ** 2 };

describe("a deadline that passes", () => {
  const soon = { timeouts: { create: "1h" } };

  test("is an error, never a success, and what was read last is recorded for the next run to resume from", async () => {
    const { array, up, state, sent } = await oneImport(slow);
    expect(await up({ ...toCompletion, ...soon })).toMatchObject({
      did: "create",
      error: expect.stringMatching(/could not bring import session .*timed out while copying.*Run the command again/),
    });
    expect(state()).toMatchObject({
      sessionId: array.sessions()[0]?.id,
      state: "Copy_In_Progress",
      progressPercentage: expect.any(Number),
    });
    expect(await up(toCompletion)).toMatchObject({ error: undefined, state: { state: "Import_Completed" } });
    expect(sent()).toEqual(["create", "cutover"]);
    expect(state()?.actions.map(({ act }) => act)).toEqual(["create", "cutover"]);
  });

  test("passes no later than it should", async () => {
    const { clock, up } = await oneImport(slow);
    const startMs = clock.nowMs();
    expect((await up({ ...volume, ...soon })).error).toContain("timed out");
    expect(clock.nowMs() - startMs).toBe(hourMs);
  });

  test("while the session is cancelled leaves it for the next destroy to finish", async () => {
    const { up, destroy, state, sent } = await oneImport({ timings: { rollbackMs: 1.5 * hourMs } });
    await up({ ...volume, timeouts: { delete: "1h" } });
    expect((await destroy()).error).toContain("timed out");
    expect(state()).toBeDefined();
    expect(await destroy()).toMatchObject({ did: "delete", error: undefined, state: undefined });
    expect(sent()).toEqual(["create", "cancel", "remove"]);
  });
});

describe("an interruption", () => {
  test("keeps the id and what was read last, and the next update continues", async () => {
    const { array, up, interruptAfter, sent } = await oneImport(slow);
    interruptAfter(0.5 * hourMs);
    expect(await up(toCompletion)).toMatchObject({
      error: expect.stringContaining("the run was interrupted while copying"),
      state: { sessionId: array.sessions()[0]?.id, state: "Copy_In_Progress" },
    });
    expect(await up(toCompletion)).toMatchObject({ did: "update", state: { state: "Import_Completed" } });
    expect(sent()).toEqual(["create", "cutover"]);
  });

  test("while the session is created keeps its id: the run waits for the answer", async () => {
    const { array, up, sent } = await oneImport();
    const ctrlC = new AbortController();
    array.faults.add(meanwhile({ method: "POST", path: "/api/rest/import_session" }, () => ctrlC.abort()));
    expect(await up(volume, { signal: ctrlC.signal })).toMatchObject({
      error: expect.stringContaining("the run was interrupted"),
      state: { sessionId: array.sessions()[0]?.id, actions: [{ act: "create" }] },
    });
    expect(await up(volume)).toMatchObject({ did: "update", error: undefined });
    expect(sent()).toEqual(["create"]);
  });

  test("while it is cut over leaves the cutover in the audit trail, and the next update does not send it again", async () => {
    const { array, up, state, sent } = await oneImport();
    await up(volume);
    const ctrlC = new AbortController();
    array.faults.add(meanwhile(isCutover, () => ctrlC.abort()));
    expect((await up(toCompletion, { signal: ctrlC.signal })).error).toContain("the run was interrupted");
    expect(state()?.actions.map(({ act }) => act)).toEqual(["create", "cutover"]);
    expect(await up(toCompletion)).toMatchObject({ error: undefined, state: { state: "Import_Completed" } });
    expect(sent()).toEqual(["create", "cutover"]);
  });

  test.each(["interruption", "deadline"] as const)(
    "while the login before the cutover is renewed holds the cutover back: %s",
    async (end) => {
      const { array, clock, up, state } = await oneImport();
      await up(volume);
      const ctrlC = new AbortController();
      // The login ends after the read.
      const renewing = meanwhile({ path: /login_session$/ }, () =>
        end === "interruption" ? ctrlC.abort() : clock.advance(61_000),
      );
      array.faults.add(
        meanwhile(isCutover, () => {
          array.endLogins();
          array.faults.add(renewing);
        }),
      );
      const { error } = await up({ ...toCompletion, timeouts: { update: "1m" } }, { signal: ctrlC.signal });
      expect(error).toContain(end === "interruption" ? "the run was interrupted" : "timed out");
      const cutovers = array.acts().filter(({ path }) => path.endsWith("/cutover"));
      expect(cutovers.map(({ status }) => status)).toEqual([401]);
      expect(array.session(state()?.sessionId ?? "").state).toBe("Ready_For_Cutover");
      expect(state()?.actions.map(({ act }) => act)).toEqual(["create"]);
    },
  );

  test("before it began sends nothing, nor logs in", async () => {
    const { array, up, state } = await oneImport();
    expect(await up(volume, { signal: AbortSignal.abort() })).toMatchObject({
      did: "nothing",
      error: "update canceled",
    });
    expect([array.requests, state()]).toEqual([[], undefined]);
  });

  test("after which nothing was recorded, not even the id, makes no second session", async () => {
    const { array, up, loseMachineAfter, recorded, sent } = await oneImport(slow);
    loseMachineAfter(hourMs);
    await up(toCompletion);
    expect(recorded()).toMatchObject({ id: "", pending: "creating" });
    expect(await up(toCompletion)).toMatchObject({
      did: "create",
      error: undefined,
      state: { state: "Import_Completed", adopted: false },
    });
    expect(sent()).toEqual(["create", "cutover"]);
    expect(array.sessions()).toHaveLength(1);
  });
});

const isCutover = { method: "POST", path: /\/cutover$/ };

/** Has something happen right before the array gets to see the next such request. */
function meanwhile(when: ScriptedFault["when"], happen: () => void | Promise<void>): ScriptedFault {
  return {
    when,
    do: {
      kind: "custom",
      async play({ handle, send }) {
        await happen();
        send(handle());
      },
    },
  };
}
