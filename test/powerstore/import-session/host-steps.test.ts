import { describe, expect, test } from "vitest";
import { hostWork } from "../../../provider/powerstore/import-session/plan/held.ts";
import { oneImport } from "../one-import.ts";
import { left } from "./left.ts";
import { simulatedSources } from "./samples.ts";

const bothSteps = `${hostWork.sourceStopped}; later ${hostWork.destinationStarted}`;

const { agentlessVolume } = simulatedSources;

describe("the gates of an agentless import", () => {
  test("are passed one by one, each once the program declares the work on the hosts done", async () => {
    const { up, state, sent } = await oneImport();
    const toCompletion = { ...agentlessVolume, targetState: "Import_Completed" } as const;
    expect(left(await up(toCompletion))).toEqual({ state: "Mirror_Enabled", held: bothSteps });
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

  test("stay closed for work that comes out of order: a started destination opens only the second", async () => {
    const { up, sent } = await oneImport();
    const held = { state: "Mirror_Enabled", held: hostWork.sourceStopped };
    expect(left(await up({ ...agentlessVolume, hostSteps: { destinationStarted: true } }))).toEqual(held);
    expect(sent()).toEqual(["create"]);
  });

  test("do not open for a target before them, whatever is done on the hosts", async () => {
    const { up, sent } = await oneImport();
    const worked = { ...agentlessVolume, hostSteps: { sourceStopped: true, destinationStarted: true } };
    expect(left(await up({ ...worked, targetState: "Mirror_Enabled" }))).toEqual({ state: "Mirror_Enabled" });
    expect(sent()).toEqual(["create"]);
    await up({ ...worked, targetState: "Ready_To_Start_Copy" });
    expect(sent()).toEqual(["create", "enable_destination_volume"]);
  });

  test("are each passed by one request, although the array takes a while to show it", async () => {
    const { up, sent } = await oneImport({ timings: { actionLagMs: 300_000 } });
    await up({ ...agentlessVolume, hostSteps: { sourceStopped: true, destinationStarted: true } });
    expect(sent()).toEqual(["create", "enable_destination_volume", "start_copy"]);
  });

  test("count as passed when a person passed them on the array's own console", async () => {
    const { array, up, sent } = await oneImport();
    const { sessionId = "" } = (await up(agentlessVolume)).state ?? {};
    array.operator.enableDestinationVolume(sessionId);
    array.operator.startCopy(sessionId);
    expect(left(await up(agentlessVolume))).toEqual({ state: "Ready_For_Cutover" });
    expect(sent()).toEqual(["create"]);
  });
});
