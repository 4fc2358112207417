import { describe, expect, test } from "vitest";
import { hostWork } from "../../../provider/powerstore/import-session/plan/forward.ts";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume, agentlessVolume } = simulatedSources;

describe("the gates of an agentless import", () => {
  test("are passed one by one, each after the work on the hosts is said to be done", async () => {
    const it = await migration();
    const toCompletion = { ...agentlessVolume, targetState: "Import_Completed" } as const;
    expect(await it.create(toCompletion)).toMatchObject({ state: "Mirror_Enabled", held: hostWork.sourceStopped });
    expect(it.sent()).toEqual(["create"]);

    const stopped = { ...toCompletion, hostSteps: { sourceStopped: true } };
    expect(await it.update(stopped)).toMatchObject({ state: "Ready_To_Start_Copy", held: hostWork.destinationStarted });
    expect(it.sent()).toEqual(["create", "enable_destination_volume"]);

    const started = { ...toCompletion, hostSteps: { sourceStopped: true, destinationStarted: true } };
    const done = await it.update(started);
    expect(done).toMatchObject({ state: "Import_Completed" });
    expect(it.sent()).toEqual(["create", "enable_destination_volume", "start_copy", "cutover"]);
    expect(done.actions.map(({ act }) => act)).toEqual(it.sent());
    expect(done.held).toBeUndefined();
  });

  test("stay shut for work that comes out of order: a started destination opens the second only", async () => {
    const it = await migration();
    const state = await it.create({ ...agentlessVolume, hostSteps: { destinationStarted: true } });
    expect(state).toMatchObject({ state: "Mirror_Enabled", held: hostWork.sourceStopped });
    expect(it.sent()).toEqual(["create"]);
  });

  test("are no gates to a target before them, whatever is done on the hosts", async () => {
    const it = await migration();
    const steps = { sourceStopped: true, destinationStarted: true };
    expect(await it.create({ ...agentlessVolume, hostSteps: steps, targetState: "Mirror_Enabled" })).toMatchObject({
      state: "Mirror_Enabled",
    });
    expect(it.recorded?.state.held).toBeUndefined();
    expect(it.sent()).toEqual(["create"]);
    await it.update({ ...agentlessVolume, hostSteps: steps, targetState: "Ready_To_Start_Copy" });
    expect(it.sent()).toEqual(["create", "enable_destination_volume"]);
  });

  test("are sent once although the array takes a while to show it", async () => {
    const it = await migration({ timings: { actionLagMs: 300_000 } });
    await it.create({ ...agentlessVolume, hostSteps: { sourceStopped: true, destinationStarted: true } });
    expect(it.sent()).toEqual(["create", "enable_destination_volume", "start_copy"]);
  });

  test("that a person passed on the array's own console are passed", async () => {
    const it = await migration();
    const { sessionId } = await it.create(agentlessVolume);
    it.array.operator.enableDestinationVolume(sessionId);
    it.array.operator.startCopy(sessionId);
    expect(await it.update(agentlessVolume)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create"]);
  });
});

describe("a paused copy", () => {
  test("is paused when declared, held as a success, and resumed when declared otherwise", async () => {
    const it = await migration();
    const state = await it.create({ ...volume, paused: true });
    expect(state).toMatchObject({ state: "Paused", held: "held: paused as declared; set paused to false to go on" });
    expect(it.sent()).toEqual(["create", "pause"]);
    expect(await it.update({ ...volume, paused: false })).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create", "pause", "resume"]);
  });

  test("is left alone when somebody paused it on the console, held as a success, until the program says otherwise", async () => {
    const it = await migration();
    it.after(60_000, () => it.array.operator.pause(it.array.sessions()[0]?.id ?? ""));
    const held = "held: paused on the array; set paused to false to resume the copy";
    expect(await it.create(volume)).toMatchObject({ state: "Paused", held });
    expect(await it.update(volume)).toMatchObject({ state: "Paused", held });
    expect(it.said).toContain(`warning: ${held}`);
    expect(it.sent()).toEqual(["create"]);
    expect(await it.update({ ...volume, paused: false })).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create", "resume"]);
  });

  test("is resumed when somebody pauses it on the console although the program says that it goes on", async () => {
    const it = await migration();
    it.after(60_000, () => it.array.operator.pause(it.array.sessions()[0]?.id ?? ""));
    expect(await it.create({ ...volume, paused: false })).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.sent()).toEqual(["create", "resume"]);
  });

  test("that is over before it can be paused is a success", async () => {
    const it = await migration();
    it.array.faults.add({
      when: { method: "POST", path: /\/pause$/ },
      do: {
        kind: "custom",
        play({ request, handle, send }) {
          it.array.setState(request.path.split("/")[4] ?? "", "Ready_For_Cutover");
          send(handle());
        },
      },
    });
    expect(await it.create({ ...volume, paused: true })).toMatchObject({ state: "Ready_For_Cutover" });
  });

  test("holds back the cutover as well", async () => {
    const it = await migration();
    await it.create(volume);
    const state = await it.update({ ...volume, paused: true, targetState: "Import_Completed" });
    expect(state).toMatchObject({ state: "Ready_For_Cutover", held: expect.stringContaining("paused") });
    expect(it.sent()).toEqual(["create"]);
  });
});

describe("a scheduled import", () => {
  const hourMs = 3_600_000;

  test("is waited for until it starts, and on to its target", async () => {
    const it = await migration();
    const startMs = it.clock.nowMs() + 5 * hourMs;
    const state = await it.create({ ...volume, scheduledTimestamp: startMs });
    expect(state).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.clock.nowMs()).toBeGreaterThan(startMs);
    expect(it.sent()).toEqual(["create"]);
  });

  test("is moved in place when its start changes, once", async () => {
    const it = await migration();
    const startMs = it.clock.nowMs() + 5 * hourMs;
    await expect(it.create({ ...volume, scheduledTimestamp: startMs }, { timeoutMs: hourMs })).rejects.toMatchObject({
      kind: "timeout",
    });
    expect(it.recorded?.state).toMatchObject({ state: "Scheduled" });
    const moved = { ...volume, scheduledTimestamp: startMs + 2 * hourMs };
    await expect(it.update(moved, { timeoutMs: hourMs })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.sent()).toEqual(["create", "reschedule"]);
    expect(it.array.session(it.recorded?.id ?? "").scheduled_timestamp).toMatch(/^2030-01-01T07:00:00/);
    await it.update(moved, { timeoutMs: 24 * hourMs });
    expect(it.clock.nowMs()).toBeGreaterThan(startMs + 2 * hourMs);
    expect(it.sent()).toEqual(["create", "reschedule"]);
  });

  test("is not asked for again once it has passed: one that was put off by hand stays where it is", async () => {
    const it = await migration();
    const startMs = it.clock.nowMs() + 2 * hourMs;
    const scheduled = { ...volume, scheduledTimestamp: startMs };
    await expect(it.create(scheduled, { timeoutMs: hourMs })).rejects.toMatchObject({ kind: "timeout" });
    it.array.operator.reschedule(it.recorded?.id ?? "", new Date(startMs + 5 * hourMs).toISOString());
    await it.clock.advance(2 * hourMs);
    expect(await it.update(scheduled)).toMatchObject({ state: "Ready_For_Cutover" });
    expect(it.clock.nowMs()).toBeGreaterThan(startMs + 5 * hourMs);
    expect(it.sent()).toEqual(["create"]);
  });

  test("is not moved once it has started", async () => {
    const it = await migration();
    await it.create(volume);
    await it.update({ ...volume, scheduledTimestamp: it.clock.nowMs() + hourMs });
    expect(it.sent()).toEqual(["create"]);
  });

  test("whose start has passed when it is made anew starts at once", async () => {
    const it = await migration();
    expect(await it.create({ ...volume, scheduledTimestamp: it.clock.nowMs() - 1 })).toMatchObject({
      state: "Ready_For_Cutover",
    });
  });
});
