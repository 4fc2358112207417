import { expect, test } from "vitest";
import type { SourceVolumeSeed } from "../arrays/powerstore/inventory.ts";
import { simulatedSources } from "./import-session/samples.ts";
import { type ManyImports, manyImports } from "./many-imports.ts";

const gibibyte = 1024 ** 3;

/** Volumes of a remote system, each as large as it takes so many minutes to copy at 400 MiB/s. */
function volumes(minutes: readonly number[]): readonly SourceVolumeSeed[] {
  return minutes.map((length, index) => ({
    id: `sv_${100 + index}`,
    name: `volume-${index}`,
    remoteSystemId: "9ae2f1c0-6a3b-4c8e-8d10-2f4f6f1b7a01",
    wwn: `naa.6006016000000000000000000000${100 + index}`,
    sizeBytes: Math.round((length * 60 * 400 * gibibyte) / 1024),
  }));
}

/** Creates an import session for the volume. */
function create({ create }: ManyImports, { id }: { readonly id: string }, inputs: object = {}) {
  return create(id, { ...simulatedSources.volume, sourceResourceId: id, ...inputs });
}

test("many sessions are polled with few requests, and each is known to be ready within seconds", async () => {
  const seeds = volumes(Array.from({ length: 40 }, (_, index) => 30 + 3 * index));
  const it = await manyImports({ sources: { volumes: seeds }, maxActiveImports: seeds.length });
  const readyMs = new Map<string, number>();
  const startMs = it.clock.nowMs();
  const states = await Promise.all(
    seeds.map(async (seed) => {
      const { outputs } = await create(it, seed);
      readyMs.set(seed.id, it.clock.nowMs() - startMs);
      return outputs.state;
    }),
  );
  expect(new Set(states)).toEqual(new Set(["Ready_For_Cutover"]));
  const reads = it.array.requests.filter(({ method, path }) => method === "GET" && path.includes("/import_session"));
  const alone = reads.filter(({ path }) => /import_session\/\w/.test(path));
  // Each by itself would take more than a hundred reads at a minute each.
  expect(reads.length / seeds.length).toBeLessThan(12);
  expect(alone.length / reads.length).toBeLessThan(0.5);
  const lengths = [...readyMs.values()].sort((one, other) => one - other);
  const gaps = lengths.slice(1).map((length, index) => length - (lengths[index] ?? 0) - 180_000);
  expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(10_000);
});

test("a session that the list leaves out once is read by itself", async () => {
  const seeds = volumes([30, 30]);
  const it = await manyImports({ sources: { volumes: seeds } });
  const empty = it.array.faults.add({
    when: { method: "GET", path: /import_session\?.*id=in\./ },
    do: { kind: "status", status: 200, body: [] },
  });
  const made = await Promise.all(seeds.map((seed) => create(it, seed)));
  expect(empty.struck).toBe(1);
  expect(made.map(({ outputs }) => outputs.state)).toEqual(["Ready_For_Cutover", "Ready_For_Cutover"]);
  expect(it.sent()).toEqual(["create", "create"]);
});

test("one session id that the array does not take spoils nothing for the others", async () => {
  const [seed = { id: "" }] = volumes([30]);
  const it = await manyImports({ sources: { volumes: volumes([30]) } });
  const outcomes = await Promise.allSettled([create(it, seed), it.create("other", { sessionId: "no(such),id" })]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

test("when all is done or given up, the array is not polled any more", async () => {
  const seeds = volumes([300, 300, 300]);
  const it = await manyImports({ sources: { volumes: seeds } });
  it.later(60 * 60_000, () => it.interrupt());
  const made = await Promise.all(seeds.map((seed) => create(it, seed)));
  const interrupted = [expect.stringContaining("the run was interrupted")];
  expect(made.map(({ initErrors }) => initErrors)).toEqual([interrupted, interrupted, interrupted]);
  const requests = it.array.requests.length;
  await it.clock.sleep(3_600_000, new AbortController().signal);
  expect(it.array.requests.length).toBe(requests);
});

test("sessions created at once share the search for what an earlier run has created", async () => {
  const seeds = volumes([1, 1, 1, 1, 1]);
  const it = await manyImports({ sources: { volumes: seeds }, maxActiveImports: seeds.length });
  await Promise.all(seeds.map((seed, index) => create(it, seed, { sessionName: `wave-${index}` })));
  const asked = it.array.requests.flatMap(({ method, rawQuery }) => {
    const query = new URLSearchParams(rawQuery);
    return method === "GET" && query.has("name") ? [query.get("name")] : [];
  });
  // The one that has to wait for its turn looks again before it is created.
  expect(asked).toEqual(["in.(wave-0,wave-1,wave-2,wave-3,wave-4)", "eq.wave-4"]);
});
