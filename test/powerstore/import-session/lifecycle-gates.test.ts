import { describe, expect, test } from "vitest";
import { hostWork } from "../../../provider/powerstore/import-session/plan/forward.ts";
import { type OneImport, oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;

/** What a run left: how it failed, where the session is, and what holds it there. */
const left = ({ error, state }: Awaited<ReturnType<OneImport["up"]>>) => ({
  error,
  state: state?.state,
  held: state?.held,
});

describe("the gates of an agentless import", () => {
  test("are passed one by one, each after the work on the hosts is said to be done", async () => {
    const { up, state, sent } = await oneImport();
    const toCompletion = { ...agentlessVolume, targetState: "Import_Completed" } as const;
    expect(left(await up(toCompletion))).toEqual({ state: "Mirror_Enabled", held: hostWork.sourceStopped });
    expect(sent()).toEqual(["create"]);

    const stopped = { ...toCompletion, hostSteps: { sourceStopped: true } };
    const atStart = { state: "Ready_To_Start_Copy", held: hostWork.destinationStarted };
    expect(left(await up(stopped))).toEqual(atStart);
    expect(sent()).toEqual(["create", "enable_destination_volume"]);

    const started = { ...toCompletion, hostSteps: { sourceStopped: true, destinationStarted: true } };
    expect(left(await up(started))).toEqual({ state: "Import_Completed" });
    expect(sent()).toEqual(["create", "enable_destination_volume", "start_copy", "cutover"]);
    expect(state()?.actions.map(({ act }) => act)).toEqual(sent());
  });

  test("stay shut for work that comes out of order: a started destination opens the second only", async () => {
    const { up, sent } = await oneImport();
    const held = { state: "Mirror_Enabled", held: hostWork.sourceStopped };
    expect(left(await up({ ...agentlessVolume, hostSteps: { destinationStarted: true } }))).toEqual(held);
    expect(sent()).toEqual(["create"]);
  });

  test("are no gates to a target before them, whatever is done on the hosts", async () => {
    const { up, sent } = await oneImport();
    const worked = { ...agentlessVolume, hostSteps: { sourceStopped: true, destinationStarted: true } };
    expect(left(await up({ ...worked, targetState: "Mirror_Enabled" }))).toEqual({ state: "Mirror_Enabled" });
    expect(sent()).toEqual(["create"]);
    await up({ ...worked, targetState: "Ready_To_Start_Copy" });
    expect(sent()).toEqual(["create", "enable_destination_volume"]);
  });

  test("are sent once although the array takes a while to show it", async () => {
    const { up, sent } = await oneImport({ timings: { actionLagMs: 300_000 } });
    await up({ ...agentlessVolume, hostSteps: { sourceStopped: true, destinationStarted: true } });
    expect(sent()).toEqual(["create", "enable_destination_volume", "start_copy"]);
  });

  test("that a person passed on the array's own console are passed", async () => {
    const { array, up, sent } = await oneImport();
    const { sessionId = "" } = (await up(agentlessVolume)).state ?? {};
    array.operator.enableDestinationVolume(sessionId);
    array.operator.startCopy(sessionId);
    expect(left(await up(agentlessVolume))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create"]);
  });
});

describe("a paused copy", () => {
  test("is paused when declared, held as a success, and resumed when declared otherwise", async () => {
    const { up, sent } = await oneImport();
    const held = { state: "Paused", held: "held: paused as declared; set paused to false to go on" };
    expect(left(await up({ ...volume, paused: true }))).toEqual(held);
    expect(sent()).toEqual(["create", "pause"]);
    expect(left(await up({ ...volume, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "pause", "resume"]);
  });

  test("is left alone when somebody paused it on the console, held as a success, until the program says otherwise", async () => {
    const { array, up, later, sent } = await oneImport();
    later(60_000, () => array.operator.pause(array.sessions()[0]?.id ?? ""));
    const held = "held: paused on the array; set paused to false to resume the copy";
    const paused = { error: undefined, state: { state: "Paused", held }, warnings: [held] };
    expect(await up(volume)).toMatchObject({ did: "create", ...paused });
    expect(await up(volume)).toMatchObject({ did: "nothing", ...paused });
    expect(sent()).toEqual(["create"]);
    expect(left(await up({ ...volume, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "resume"]);
  });

  test("is resumed when somebody pauses it on the console although the program says that it goes on", async () => {
    const { array, up, later, sent } = await oneImport();
    later(60_000, () => array.operator.pause(array.sessions()[0]?.id ?? ""));
    expect(left(await up({ ...volume, paused: false }))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create", "resume"]);
  });

  test("that is over before it can be paused is a success", async () => {
    const { array, up } = await oneImport();
    array.faults.add({
      when: { method: "POST", path: /\/pause$/ },
      do: {
        kind: "custom",
        play({ request, handle, send }) {
          array.setState(request.path.split("/")[4] ?? "", "Ready_For_Cutover");
          send(handle());
        },
      },
    });
    expect(left(await up({ ...volume, paused: true }))).toEqual({ state: "Ready_For_Cutover" });
  });

  test("holds back the cutover as well", async () => {
    const { up, sent } = await oneImport();
    await up(volume);
    const told = await up({ ...volume, paused: true, targetState: "Import_Completed" });
    expect(left(told)).toEqual({ state: "Ready_For_Cutover", held: expect.stringContaining("paused") });
    expect(sent()).toEqual(["create"]);
  });
});

describe("a scheduled import", () => {
  const hourMs = 3_600_000;
  const soon = { timeouts: { create: "1h", update: "1h" } };
  const startingAt = (ms: number) => ({ ...volume, scheduledTimestamp: new Date(ms).toISOString() });

  test("is waited for until it starts, and on to its target", async () => {
    const { clock, up, sent } = await oneImport();
    const startMs = clock.nowMs() + 5 * hourMs;
    expect(left(await up(startingAt(startMs)))).toEqual({ state: "Ready_For_Cutover" });
    expect(clock.nowMs()).toBeGreaterThan(startMs);
    expect(sent()).toEqual(["create"]);
  });

  test("is moved in place when its start changes, once", async () => {
    const { array, clock, up, state, sent } = await oneImport();
    const startMs = clock.nowMs() + 5 * hourMs;
    const early = await up({ ...startingAt(startMs), ...soon });
    expect(early).toMatchObject({
      error: expect.stringContaining("the deadline passed"),
      state: { state: "Scheduled" },
    });
    const moved = startingAt(startMs + 2 * hourMs);
    expect((await up({ ...moved, ...soon })).error).toContain("the deadline passed");
    expect(sent()).toEqual(["create", "reschedule"]);
    expect(array.session(state()?.sessionId ?? "").scheduled_timestamp).toMatch(/^2030-01-01T07:00:00/);
    expect(left(await up(moved))).toEqual({ state: "Ready_For_Cutover" });
    expect(clock.nowMs()).toBeGreaterThan(startMs + 2 * hourMs);
    expect(sent()).toEqual(["create", "reschedule"]);
  });

  test("is not asked for again once it has passed: one that was put off by hand stays where it is", async () => {
    const { array, clock, up, state, sent } = await oneImport();
    const startMs = clock.nowMs() + 2 * hourMs;
    await up({ ...startingAt(startMs), ...soon });
    array.operator.reschedule(state()?.sessionId ?? "", new Date(startMs + 5 * hourMs).toISOString());
    await clock.advance(2 * hourMs);
    expect(left(await up(startingAt(startMs)))).toEqual({ state: "Ready_For_Cutover" });
    expect(clock.nowMs()).toBeGreaterThan(startMs + 5 * hourMs);
    expect(sent()).toEqual(["create"]);
  });

  test("is not moved once it has started", async () => {
    const { clock, up, sent } = await oneImport();
    await up(volume);
    await up(startingAt(clock.nowMs() + hourMs));
    expect(sent()).toEqual(["create"]);
  });

  test("whose start has passed when it is made anew starts at once", async () => {
    const { array, clock, up, recorded, sent } = await oneImport();
    const startMs = clock.nowMs() + hourMs;
    await up(startingAt(startMs));
    array.setState(recorded()?.id ?? "", "Cancelled", { stays: true });
    array.operator.remove(recorded()?.id ?? "");
    const again = await up(startingAt(startMs));
    expect([again.did, left(again)]).toEqual(["replace", { state: "Ready_For_Cutover" }]);
    expect(sent()).toEqual(["create", "create"]);
  });
});
