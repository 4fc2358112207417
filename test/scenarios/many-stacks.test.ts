import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as sdk from "../../sdk/index.ts";
import { type SourceVolumeSeed, startEternus, startPowerStore } from "../arrays/index.ts";
import { directEngine } from "../engine/direct/engine.ts";
import type { RunResult, Stack } from "../engine/engine.ts";
import { configFor } from "../quick-start/config.ts";
import { replication, volume } from "./migration.ts";
import { declareAll } from "./program/declare.ts";
import { processEngines } from "./scenario.ts";
import { sentTo } from "./sent.ts";

// Twenty with `npm run test:scenarios`; a few show in every run that stacks do not meet.
const [engine = directEngine] = processEngines;
const count = engine === directEngine ? 6 : 20;
const program = fileURLToPath(new URL("program", import.meta.url));
const numbers = Array.from({ length: count }, (_, number) => number);

test(`${count} deployments at once on the same arrays lose nothing and send nothing twice (${engine.name})`, {
  timeout: 1_800_000,
}, async ({ onTestFinished }) => {
  // The array takes one suspend at a time, so this takes long: with its time as fast as ours, each login is renewed before it ends.
  const time = engine.openTime(engine === directEngine ? 1 : 60);
  const clock = time.arrays;
  const powerstore = await startPowerStore({ clock, sources: { volumes: numbers.map(sourceVolume) } });
  const ids = numbers.map((number) => [2 * number, 2 * number + 1]);
  // As many logins as there are deployments: whoever took two would be turned away.
  const behaviour = { loginLimit: count };
  const eternus = await startEternus({ clock, sessions: ids.flat().map((id) => ({ id })), behaviour });
  const folder = await mkdtemp(join(tmpdir(), "storage-migration-stacks-"));
  onTestFinished(async () => {
    await Promise.all([powerstore.close(), eternus.close()]);
    await rm(folder, { recursive: true, force: true });
  });
  const stacks = await Promise.all(
    numbers.map((number) => {
      const resources = [replication(ids[number] ?? []), volume({ sourceResourceId: `sv_${number}` })];
      const config = { ...configFor(powerstore, eternus), "scenario:resources": JSON.stringify(resources) };
      const programHere = () => declareAll(sdk);
      const place = { stateFolder: join(folder, `${number}`), stackName: `team-${number}` };
      return engine.stack({ program, programHere, ...place, config, time });
    }),
  );
  // A suspend may be sent again: the array takes one at a time, and fails the job of another (code 5322).
  const created = () =>
    sentTo(powerstore, eternus)
      .filter((act) => act.startsWith("create"))
      .toSorted();
  const onAll = async (run: (stack: Stack) => Promise<RunResult>) => {
    const results = await Promise.all(stacks.map(run));
    for (const { ok, diagnostics } of results) expect({ ok, diagnostics }).toMatchObject({ ok: true });
    expect([powerstore.logins, eternus.logins], "logins left").toEqual([0, 0]);
    const turnedAway = [...powerstore.requests, ...eternus.requests].filter(({ status = 0 }) =>
      [401, 403, 429, 503].includes(status),
    );
    expect(turnedAway, "requests that an array would not take").toEqual([]);
    return results;
  };

  for (const { changes, outputs } of await onAll((stack) => stack.up())) {
    expect(changes).toMatchObject({ create: 2 });
    expect(outputs).toMatchObject({ outputs: { dr: { consistent: true, destinationUsable: true } } });
  }
  expect(powerstore.sessions().map(({ source_resource_id, state }) => `${source_resource_id} ${state}`)).toEqual(
    expect.arrayContaining(numbers.map((number) => `sv_${number} Ready_For_Cutover`)),
  );
  expect(new Set(eternus.sessions().map(({ status }) => status))).toEqual(new Set(["Suspend"]));
  expect(created()).toEqual(numbers.map((number) => `create sv_${number}`).toSorted());

  await onAll((stack) => stack.destroy());
  expect(powerstore.sessions()).toEqual([]);
  expect(new Set(eternus.sessions().map(({ status }) => status))).toEqual(new Set(["Active"]));
  expect(created()).toHaveLength(count);
});

function sourceVolume(number: number): SourceVolumeSeed {
  return {
    id: `sv_${number}`,
    name: `volume-${number}`,
    remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
    wwn: `naa.60060160${`${number}`.padStart(24, "0")}`,
    sizeBytes: 20 * 1024 ** 3,
  };
}
