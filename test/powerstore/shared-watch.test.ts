import { expect, test } from "vitest";
import type { SourceVolumeSeed } from "../arrays/powerstore/inventory.ts";
import { migration } from "./import-session/migration.ts";
import { simulatedSources } from "./import-session/samples.ts";

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

function inputsOf({ id }: { readonly id: string }) {
  return {
    ...simulatedSources.volume,
    resourceUrn: `${simulatedSources.volume.resourceUrn}-${id}`,
    sourceResourceId: id,
  };
}

test("many sessions are watched with few requests, and each is known to be ready within seconds", async () => {
  const seeds = volumes(Array.from({ length: 40 }, (_, index) => 30 + 3 * index));
  const it = await migration({ sources: { volumes: seeds }, maxActiveImports: seeds.length });
  const readyMs = new Map<string, number>();
  const startMs = it.clock.nowMs();
  const states = await Promise.all(
    seeds.map(async (seed) => {
      const { state } = await it.create(inputsOf(seed));
      readyMs.set(seed.id, it.clock.nowMs() - startMs);
      return state;
    }),
  );
  expect(new Set(states)).toEqual(new Set(["Ready_For_Cutover"]));
  const looks = it.array.requests.filter(({ method, path }) => method === "GET" && path.includes("/import_session"));
  const alone = looks.filter(({ path }) => /import_session\/\w/.test(path));
  // Each by itself would take more than a hundred looks at a minute each.
  expect(looks.length / seeds.length).toBeLessThan(12);
  expect(alone.length / looks.length).toBeLessThan(0.5);
  const lengths = [...readyMs.values()].sort((one, other) => one - other);
  const gaps = lengths.slice(1).map((length, index) => length - (lengths[index] ?? 0) - 180_000);
  expect(Math.max(...gaps.map(Math.abs))).toBeLessThan(10_000);
});

test("a session that the list leaves out once is asked for by itself", async () => {
  const seeds = volumes([30, 30]);
  const it = await migration({ sources: { volumes: seeds } });
  it.array.faults.add({
    when: { method: "GET", path: /import_session\?.*id=in\./ },
    do: { kind: "status", status: 200, body: [] },
  });
  await Promise.all(seeds.map((seed) => it.create(inputsOf(seed))));
  expect(it.array.requests.some(({ rawQuery }) => rawQuery.includes("id=in."))).toBe(true);
  expect(it.sent()).toEqual(["create", "create"]);
});

test("one session id that the array does not take spoils nothing for the others", async () => {
  const [seed] = volumes([30]);
  const it = await migration({ sources: { volumes: volumes([30]) } });
  if (seed === undefined) throw new Error("no volume");
  const adopting = { ...simulatedSources.volume, sessionId: "no(such),id" };
  const outcomes = await Promise.allSettled([it.create(inputsOf(seed)), it.create(adopting)]);
  expect(outcomes.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
});

test("when all is done or given up, nobody rests at the array any more", async () => {
  const seeds = volumes([300, 300, 300]);
  const it = await migration({ sources: { volumes: seeds } });
  const controller = new AbortController();
  const runs = seeds.map((seed) => it.create(inputsOf(seed), { signal: controller.signal }));
  it.after(60 * 60_000, () => controller.abort());
  const outcomes = await Promise.allSettled(runs);
  expect(outcomes.map(({ status }) => status)).toEqual(["rejected", "rejected", "rejected"]);
  const looks = it.array.requests.length;
  await it.clock.sleep(3_600_000, new AbortController().signal);
  expect(it.array.requests.length).toBe(looks);
});

test("sessions made at once share the look for what an earlier run has made", async () => {
  const seeds = volumes([1, 1, 1, 1, 1]);
  const it = await migration({ sources: { volumes: seeds }, maxActiveImports: seeds.length });
  await Promise.all(seeds.map((seed, index) => it.create({ ...inputsOf(seed), sessionName: `wave-${index}` })));
  const asked = it.array.requests.flatMap(({ method, rawQuery }) => {
    const query = new URLSearchParams(rawQuery);
    return method === "GET" && query.has("name") ? [query.get("name")] : [];
  });
  expect(asked).toEqual(["in.(wave-0,wave-1,wave-2,wave-3,wave-4)"]);
});
