import { powerstore } from "pulumi-storage-migration";
import { startPowerStore, steppedClock } from "pulumi-storage-migration/testing";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";

// What is tested: a check before the cutover weekend.
async function notReady(): Promise<string[]> {
  const sessions = await powerstore.listImportSessions();
  return sessions.filter(({ state }) => state !== "Ready_For_Cutover").map(({ name = "" }) => name);
}

const clock = steppedClock();
const array = await startPowerStore({
  clock,
  remoteSystems: [{ id: "rs-1", name: "old-unity", type: "Unity" }],
  sources: {
    volumes: [{ id: "sv_1", name: "erp-db", remoteSystemId: "rs-1", wwn: "naa.6006016000000001", sizeBytes: 2e12 }],
  },
});

beforeAll(() => {
  vi.stubEnv("POWERSTORE_ENDPOINT", array.endpoint);
  vi.stubEnv("POWERSTORE_USERNAME", array.username);
  vi.stubEnv("POWERSTORE_PASSWORD", array.password);
  vi.stubEnv("POWERSTORE_CA_CERTIFICATE", array.caCertificate);
  array.operator.create({ name: "erp", remote_system_id: "rs-1", source_resource_id: "sv_1", type: "Non_Disruptive" });
});
afterEach(() => array.faults.clear());
afterAll(() => array.close());

test("an import is not ready until its copy is", async () => {
  expect(await notReady()).toEqual(["erp"]);
  clock.advance(4 * 60 * 60 * 1000);
  expect(await notReady()).toEqual([]);
});

test("an array that is busy is asked again", async () => {
  const busy = array.faults.add({
    when: { method: "GET", path: /import_session/ },
    do: { kind: "status", status: 503 },
  });
  expect(await notReady()).toEqual([]);
  expect(busy.struck).toBe(1);
  expect(array.requests.filter(({ status }) => status === 503)).toHaveLength(1);
});
