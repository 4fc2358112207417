import { afterAll, beforeAll, expect, test } from "vitest";
import { type EternusLookups, eternusLookups } from "../../provider/eternus/lookups.ts";
import { type SimulatedEternus, startEternus, steppedClock } from "../arrays/index.ts";

let array: SimulatedEternus;
let lookups: EternusLookups;

beforeAll(async () => {
  const sessions = [{ id: 0 }, { id: 7, status: "Suspend" as const }, { id: 8, type: "OPC" as const }];
  array = await startEternus({ clock: steppedClock(), sessions });
  const environment = {
    ETERNUS_ENDPOINT: array.endpoint,
    ETERNUS_USERNAME: array.username,
    ETERNUS_PASSWORD: array.password,
    ETERNUS_CA_CERTIFICATE: array.caCertificate,
  };
  lookups = eternusLookups({ config: () => undefined, environment }, undefined);
});
afterAll(() => array.close());

test("a session is looked up by its id, also by 0", async () => {
  expect(await lookups.getCopySession(0)).toMatchObject({ id: 0, type: "REC", status: "Active", phase: "Equivalent" });
});

test("a session that is not there is an error that names it", async () => {
  await expect(lookups.getCopySession(99)).rejects.toThrow(
    /could not look up copy session 99: there is no such session/,
  );
});

test("sessions are listed, all of every type or by id", async () => {
  expect((await lookups.listCopySessions(undefined)).map(({ id, status }) => [id, status])).toEqual([
    [0, "Active"],
    [7, "Suspend"],
    [8, "Active"],
  ]);
  expect((await lookups.listCopySessions([7, 99])).map(({ id }) => id)).toEqual([7]);
});

test("each lookup gives its login back", async () => {
  await lookups.getCopySession(7);
  expect(array.logins).toBe(0);
});
