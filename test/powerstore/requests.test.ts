import { expect, test } from "vitest";
import { theContract } from "../arrays/powerstore/contract/expect-valid.ts";
import { findSwagger, swaggerMissing } from "../arrays/powerstore/contract/swagger.ts";
import type { LoggedRequest } from "../arrays/request-log.ts";
import { simulatedSources } from "./import-session/samples.ts";
import { oneImport } from "./one-import.ts";

const { volume, agentlessVolume, group } = simulatedSources;
const swagger = findSwagger();
const hostSteps = { sourceStopped: true, destinationStarted: true };

if (swagger === undefined) console.warn(swaggerMissing);

/** Every operation the product knows, as the vendor's Swagger writes it. */
const operations = [
  "DELETE /import_session/{id}",
  "GET /import_session",
  "GET /import_session/{id}",
  "GET /import_unity_consistency_group",
  "GET /import_unity_volume",
  "GET /login_session",
  "GET /remote_system",
  "GET /role",
  "PATCH /import_session/{id}",
  "POST /import_session",
  "POST /import_session/{id}/cancel",
  "POST /import_session/{id}/cancel with force",
  "POST /import_session/{id}/cleanup",
  "POST /import_session/{id}/cutover",
  "POST /import_session/{id}/enable_destination_volume",
  "POST /import_session/{id}/pause",
  "POST /import_session/{id}/resume",
  "POST /import_session/{id}/start_copy",
  "POST /logout",
];

test.skipIf(swagger === undefined)("every operation is asked for as the vendor's Swagger has it", async () => {
  const requests = [
    ...(await volumeFromScheduleToCompletion()),
    ...(await agentlessCancelled()),
    ...(await groupFoundAgain()),
  ];
  expect([...new Set(requests.map(operationOf))].sort()).toEqual(operations);
  const problems = requests.flatMap((request) => theContract()?.requestProblems(request) ?? ["there is no contract"]);
  expect(problems).toEqual([]);
});

test.skipIf(swagger === undefined)("only attributes that the vendor documents are selected", async () => {
  const requests = await groupFoundAgain();
  const selected = (resource: string) =>
    requests
      .filter(({ path }) => path.split("/")[3] === resource)
      .flatMap(({ rawQuery }) => /select=([^&]*)/.exec(rawQuery)?.[1]?.split(",") ?? []);
  const documented = (resource: string) => Object.keys(swagger?.definitions[`${resource}_instance`]?.properties ?? {});
  const resources = ["import_session", "remote_system", "import_unity_volume", "import_unity_consistency_group"];
  for (const resource of resources) {
    expect(selected(resource).length, resource).toBeGreaterThan(0);
    expect(
      selected(resource).filter((name) => !documented(resource).includes(name)),
      resource,
    ).toEqual([]);
  }
  expect(new Set(selected("import_session")).size).toBeGreaterThan(10);
});

test("a login selects nothing: that made logins fail on 4.1 for other clients", async () => {
  const { array, up } = await oneImport();
  await up(volume);
  const [login, ...others] = array.requests;
  expect(login).toMatchObject({ method: "GET", path: "/api/rest/login_session", rawQuery: "" });
  // Only the preview reads the roles of the user, when it is logged in.
  expect(others.filter(({ path }) => path.endsWith("/login_session")).map(({ rawQuery }) => rawQuery)).toEqual([
    "select=role_ids",
  ]);
});

async function volumeFromScheduleToCompletion(): Promise<readonly LoggedRequest[]> {
  const { array, clock, up, destroy } = await oneImport();
  const startingIn = (ms: number) => ({
    ...volume,
    volumeGroupId: "name:erp",
    protectionPolicyId: "name:hourly-snapshots",
    description: "wave 3",
    scheduledTimestamp: new Date(clock.nowMs() + ms).toISOString(),
  });
  const soon = { timeouts: { create: "1m" } };
  expect((await up({ ...startingIn(3_600_000), ...soon })).error).toContain("timed out");
  const later = startingIn(7_200_000);
  expect((await up({ ...later, paused: true })).error).toBeUndefined();
  expect((await up({ ...later, paused: false, targetState: "Import_Completed" })).error).toBeUndefined();
  expect((await destroy()).error).toBeUndefined();
  return array.requests;
}

async function agentlessCancelled(): Promise<readonly LoggedRequest[]> {
  const forced = await oneImport();
  const inputs = { ...agentlessVolume, hostSteps, globalStorageDiscoveryAddress: "192.0.2.7", forceCancel: true };
  expect((await forced.up(inputs)).error).toBeUndefined();
  expect((await forced.destroy()).error).toBeUndefined();
  const cleanedUp = await oneImport();
  await cleanedUp.up(agentlessVolume);
  cleanedUp.array.setState(cleanedUp.recorded()?.id ?? "", "Cleanup_Required");
  expect((await cleanedUp.destroy()).error).toBeUndefined();
  return [...forced.array.requests, ...cleanedUp.array.requests];
}

async function groupFoundAgain(): Promise<readonly LoggedRequest[]> {
  const { array, up, destroy, loseMachineAfter } = await oneImport();
  loseMachineAfter(60_000);
  await up(group);
  expect(await up(group)).toMatchObject({ did: "create", error: undefined });
  expect((await destroy()).error).toBeUndefined();
  expect(array.sessions()).toEqual([]);
  return array.requests;
}

function operationOf({ method, path, body }: LoggedRequest): string {
  const [, , , resource = "", id, action] = path.split("/");
  const isForced = typeof body === "object" && body !== null && "force" in body;
  return `${method} /${resource}${id === undefined ? "" : "/{id}"}${action === undefined ? "" : `/${action}`}${isForced ? " with force" : ""}`;
}
