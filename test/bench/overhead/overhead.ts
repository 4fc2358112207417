import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type SimulatedPowerStore, startEternus, startPowerStore } from "../../arrays/index.ts";
import type { Engine, RunResult, Stack } from "../../engine/engine.ts";
import { findEngines } from "../../engine/find.ts";
import { configFor } from "../../quick-start/config.ts";

export const kinds = ["bare", "bare, as wide", "import sessions"] as const;
export type Kind = (typeof kinds)[number];

/** What many resources cost a deployment. */
export interface Overhead {
  readonly engine: string;
  readonly kind: Kind;
  readonly count: number;
  readonly upS: number;
  /** Of a preview in which nothing changes. */
  readonly previewS: number;
  readonly bytesEach: number;
}

/** Deploys many bare resources and as many import sessions of an array that has them ready at once, on every engine. */
export async function measureOverhead(counts: readonly number[]): Promise<Overhead[]> {
  const measured: Overhead[] = [];
  for (const engine of await findEngines())
    for (const count of counts) for (const kind of kinds) measured.push(await measure(engine, kind, count));
  return measured;
}

async function measure(engine: Engine, kind: Kind, count: number): Promise<Overhead> {
  return onNewStack(engine, kind, count, async (stack, stateFolder) => {
    const up = await timed(() => stack.up());
    if (up.result.changes.create !== count) throw new Error(`it made ${up.result.changes.create} of ${count}`);
    const preview = await timed(() => stack.preview());
    const bytesEach = (await checkpointBytes(stateFolder)) / count;
    return { engine: engine.name, kind, count, upS: up.tookS, previewS: preview.tookS, bytesEach };
  });
}

/** Works with a new stack of so many resources of a kind, which are still to be made. */
export async function onNewStack<Result>(
  engine: Engine,
  kind: Kind,
  count: number,
  work: (stack: Stack, stateFolder: string, array: SimulatedPowerStore) => Promise<Result>,
): Promise<Result> {
  const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-bench-"));
  const [powerstore, eternus] = await Promise.all([startArray(count), startEternus()]);
  try {
    const stack = await engine.stack({
      program: fileURLToPath(new URL("program", import.meta.url)),
      stateFolder,
      config: { ...configFor(powerstore, eternus), "overhead:kind": kind, "overhead:count": `${count}` },
    });
    return await work(stack, stateFolder, powerstore);
  } finally {
    await Promise.all([powerstore.close(), eternus.close()]);
    await rm(stateFolder, { recursive: true, force: true });
  }
}

/** The size of the stack's state, without its history and backups. */
async function checkpointBytes(stateFolder: string): Promise<number> {
  for (const path of [".pulumi/stacks/overhead/dev.json", "overhead-dev.json"]) {
    const found = await stat(join(stateFolder, path)).catch(() => undefined);
    if (found !== undefined) return found.size;
  }
  throw new Error(`there is no state in ${stateFolder}`);
}

function startArray(count: number): Promise<SimulatedPowerStore> {
  const atOnce = { queueMs: 0, setupMs: 0, mirrorMs: 0, readyMs: 0, cutoverMs: 0, rollbackMs: 0 };
  const volumes = Array.from({ length: count }, (_, number) => ({
    id: `sv_${number}`,
    name: `volume-${number}`,
    remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
    wwn: `naa.60060160${`${number}`.padStart(24, "0")}`,
    sizeBytes: 1024 ** 3,
  }));
  return startPowerStore({
    sources: { volumes },
    maxActiveImports: count,
    bytesPerSecond: Number.MAX_SAFE_INTEGER,
    timings: atOnce,
  });
}

/** @throws when it fails */
export async function timed(
  run: () => Promise<RunResult>,
): Promise<{ readonly result: RunResult; readonly tookS: number }> {
  const startMs = performance.now();
  const result = await run();
  if (!result.ok) throw new Error(result.diagnostics.join("\n"));
  return { result, tookS: (performance.now() - startMs) / 1000 };
}
