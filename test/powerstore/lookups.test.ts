import { afterAll, beforeAll, expect, test } from "vitest";
import type { SettingsSource } from "../../provider/core/array/settings-source.ts";
import { type PowerStoreLookups, powerStoreLookups } from "../../provider/powerstore/lookups.ts";
import { type SimulatedPowerStore, startPowerStore, steppedClock } from "../arrays/index.ts";

let array: SimulatedPowerStore;
let lookups: PowerStoreLookups;

beforeAll(async () => {
  array = await startPowerStore({ clock: steppedClock() });
  lookups = powerStoreLookups(settingsOf(array), undefined);
});
afterAll(() => array.close());

test("a session is looked up by its id and by its name", async () => {
  const id = create("erp-by-key", "sv_42");
  const expected = { sessionId: id, name: "erp-by-key", sourceResourceId: "sv_42", type: "Non_Disruptive" as const };
  expect(await lookups.getImportSession({ sessionId: id })).toMatchObject(expected);
  expect(await lookups.getImportSession({ name: "erp-by-key" })).toMatchObject(expected);
});

test("a session that is not there is an error that names it", async () => {
  await expect(lookups.getImportSession({ name: "nobody" })).rejects.toThrow(
    /look up import session "nobody": there is no such session/,
  );
  await expect(async () => lookups.getImportSession({})).rejects.toThrow("neither name nor sessionId");
});

test("sessions are listed by state and by source, without the members of groups", async () => {
  const id = create("erp-listed", "sv_43");
  const state = array.session(id).state;
  const listed = await lookups.listImportSessions({ states: [state], sourceResourceId: "sv_43" });
  expect(listed.map(({ sessionId }) => sessionId)).toEqual([id]);
  expect(await lookups.listImportSessions({ states: ["Import_Completed"], sourceResourceId: "sv_43" })).toEqual([]);
});

test("an importable volume is found by its name and by its WWN", async () => {
  const free = (await startFresh()).lookups;
  const byName = await free.getImportableVolume({ remoteSystem: "name:old-unity", name: "erp-db" });
  expect(byName).toMatchObject({ id: "sv_42", name: "erp-db", importableCriteria: "Ready" });
  expect(await free.getImportableVolume({ remoteSystem: "name:old-unity", wwn: byName.wwn ?? "" })).toEqual(byName);
});

test("a volume that cannot be imported is refused with PowerStore's own criterion", async () => {
  const { lookups: free } = await startFresh("Host_Volume_Offline");
  await expect(free.getImportableVolume({ remoteSystem: "name:old-unity", name: "erp-db" })).rejects.toThrow(
    "importable_criteria is Host_Volume_Offline",
  );
  await expect(free.getImportableVolume({ remoteSystem: "name:nowhere", name: "erp-db" })).rejects.toThrow(
    "there is no remote system name:nowhere",
  );
  await expect(free.getImportableVolume({ remoteSystem: "name:old-unity", name: "nothing" })).rejects.toThrow(
    "no discovered volume matches",
  );
});

test("lookups at the same time share one login", async () => {
  const logins = () => array.requests.filter(({ path }) => path.endsWith("/login_session")).length;
  const before = logins();
  await Promise.all(Array.from({ length: 20 }, () => lookups.listImportSessions({})));
  expect(logins() - before).toBe(1);
});

test("each lookup gives its login back", async () => {
  await lookups.listImportSessions({});
  expect(array.logins).toBe(0);
});

const started: SimulatedPowerStore[] = [];
afterAll(() => Promise.all(started.map((one) => one.close())));

async function startFresh(importableCriteria = "Ready") {
  const remoteSystemId = "system-1";
  const fresh = await startPowerStore({
    clock: steppedClock(),
    remoteSystems: [{ id: remoteSystemId, name: "old-unity", type: "Unity", serialNumber: "CKM1" }],
    sources: {
      volumes: [
        { id: "sv_42", name: "erp-db", wwn: "naa.600601", sizeBytes: 1024 ** 3, remoteSystemId, importableCriteria },
      ],
    },
  });
  started.push(fresh);
  return { lookups: powerStoreLookups(settingsOf(fresh), undefined) };
}

function create(name: string, sourceResourceId: string): string {
  const body = {
    name,
    source_resource_id: sourceResourceId,
    remote_system_id: "name:old-unity",
    type: "Non_Disruptive" as const,
  };
  return array.operator.create(body);
}

function settingsOf(reachable: SimulatedPowerStore): SettingsSource {
  return {
    config: () => undefined,
    environment: {
      POWERSTORE_ENDPOINT: reachable.endpoint,
      POWERSTORE_USERNAME: reachable.username,
      POWERSTORE_PASSWORD: reachable.password,
      POWERSTORE_CA_CERTIFICATE: reachable.caCertificate,
    },
  };
}
