import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { replication, volume } from "../../scenarios/migration.ts";
import { threeVolumes, wave } from "../../scenarios/wave.ts";
import { openWorld, type Setting, type World } from "../../scenarios/world.ts";
import { noChanges } from "../engine.ts";
import { directEngine } from "./engine.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };

async function opened(setting: Setting): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), "direct-"));
  const world = await openWorld(directEngine, folder, setting);
  onTestFinished(async () => {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  });
  return world;
}

/** Strikes a copy that does not end. */
async function struck(world: World, ...hows: readonly ("Ctrl-C" | "kill provider" | "lose machine")[]) {
  const { powerstore, declare, up, during } = world;
  await declare(volume());
  const strikes = hows.map((how) => ({ how, now: new AbortController() }));
  const running = up({ interruptions: strikes.map(({ how, now }) => ({ how, when: now.signal })) });
  await during(running, () => powerstore.sessions()[0]?.state === "Copy_In_Progress");
  const asked = powerstore.requests.length;
  for (const { now } of strikes) now.abort();
  return { result: await running, askedSince: () => powerstore.requests.slice(asked).map(({ path }) => path) };
}

describe("the direct engine", () => {
  test("records what an interrupted run saw last, with its reasons, and gives the logins back", async () => {
    const world = await opened(neverEnds);
    const { result } = await struck(world, "Ctrl-C");
    expect(result).toMatchObject({ ok: false, changes: noChanges });
    expect(await world.recorded("erp")).toMatchObject({
      id: expect.stringMatching(/./),
      outputs: { state: "Copy_In_Progress", __provider: expect.stringContaining("pulumi-storage-migration/provider") },
      initErrors: [expect.stringContaining("the run was interrupted")],
    });
    expect(world.powerstore.logins).toBe(0);
  });

  test("waits for nothing after the second Ctrl-C, but to give the logins back", async () => {
    const world = await opened(neverEnds);
    const { result } = await struck(world, "Ctrl-C", "Ctrl-C");
    expect(result.ok).toBe(false);
    expect(await world.recorded("erp")).toMatchObject({ id: "", pending: "creating" });
    expect(world.powerstore.logins).toBe(0);
  });

  test("hears nothing more of a provider that was killed, and nothing of it goes on", async () => {
    const world = await opened(neverEnds);
    const { result, askedSince } = await struck(world, "kill provider");
    expect(result.diagnostics).toEqual(["error: Connection dropped", "error: update failed"]);
    await expect(world.recorded("erp")).rejects.toThrow("not recorded");
    expect(askedSince()).toEqual([]);
    expect(world.powerstore.logins).toBe(1);
  });

  test("leaves a pending create when the machine is lost, and the next up finds what it made", async () => {
    const world = await opened(neverEnds);
    const { askedSince } = await struck(world, "lose machine");
    expect(await world.recorded("erp")).toMatchObject({ id: "", pending: "creating" });
    expect(askedSince()).toEqual([]);

    world.powerstore.setRate(world.powerstore.sessions()[0]?.id ?? "", 1024 ** 4);
    const again = await world.up();
    expect(again).toMatchObject({ ok: true, changes: { ...noChanges, create: 1 } });
    expect(again.diagnostics.join()).toContain("interrupted while creating");
    expect(world.sent()).toEqual(["create sv_42"]);
  });

  test("breaks a request that nobody answers, when its provider is lost", async () => {
    const world = await opened({ powerstore: {} });
    const loss = new AbortController();
    world.powerstore.faults.add({
      when: { method: "POST", path: /\/import_session$/ },
      do: {
        kind: "custom",
        async play(exchange) {
          loss.abort();
          await exchange.pause(Number.POSITIVE_INFINITY);
        },
      },
    });
    await world.declare(volume());
    expect(await world.up({ loss: loss.signal })).toMatchObject({ ok: false });
    expect(await world.up()).toMatchObject({ ok: true });
    expect(world.powerstore.sessions()).toHaveLength(1);
  });

  test("shows what a preview cannot know, and passes it to the provider as unknown", async () => {
    const world = await opened(threeVolumes());
    await world.declare(wave({ cutover: true }));
    const { ok, changes, outputs } = await world.preview();
    expect({ ok, changes }).toEqual({ ok: true, changes: { ...noChanges, create: 6 } });
    expect(outputs.outputs).toEqual({ w: { states: "[unknown]", ready: "[unknown]", complete: "[unknown]" } });
  });

  test("tells why a program failed, and deletes nothing", async () => {
    const world = await opened(threeVolumes());
    await world.declare(wave());
    await world.up();
    await world.declare(wave({ members: {} }));
    const { ok, changes, diagnostics } = await world.up();
    expect({ ok, changes }).toEqual({ ok: false, changes: noChanges });
    expect(diagnostics.join()).toContain("w: members must name at least one");
    expect(world.powerstore.sessions()).toHaveLength(3);
  });

  test("refuses what the provider's check refuses, by the name of the input", async () => {
    const world = await opened({ eternus: {} });
    await world.declare(replication([]));
    expect((await world.preview()).diagnostics[0]).toMatch(/^error: copySessionIds: /);
  });

  test("says what the provider says for debugging only when it is asked to", async () => {
    const world = await opened({ powerstore: {} });
    await world.declare(volume());
    expect((await world.preview()).output).not.toContain("GET /api/rest");
    expect((await world.preview({ debug: true })).output).toContain("GET /api/rest");
  });

  test("cannot run a program that it is not given as a function", async () => {
    const world = await opened({ powerstore: {}, program: new URL("../fixtures/counters", import.meta.url).pathname });
    await expect(world.up()).rejects.toThrow("cannot be run in this process");
  });
});
