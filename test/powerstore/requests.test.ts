import { expect, test } from "vitest";
import { theContract } from "../arrays/powerstore/contract/expect-valid.ts";
import { findSwagger, swaggerMissing } from "../arrays/powerstore/contract/swagger.ts";
import type { LoggedRequest } from "../arrays/request-log.ts";
import { migration } from "./import-session/migration.ts";
import { simulatedSources } from "./import-session/samples.ts";

const { volume, agentlessVolume, group } = simulatedSources;
const swagger = findSwagger();
const hostSteps = { sourceStopped: true, destinationStarted: true };

if (swagger === undefined) console.warn(swaggerMissing);

/** Every operation the product knows, as the vendor's Swagger writes it. */
const operations = [
  "DELETE /import_session/{id}",
  "GET /import_session",
  "GET /import_session/{id}",
  "GET /login_session",
  "GET /remote_system",
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
];

test.skipIf(swagger === undefined)("every operation is asked for as the vendor's Swagger has it", async () => {
  const requests = [
    ...(await volumeFromScheduleToCompletion()),
    ...(await agentlessTakenBack()),
    ...(await groupFoundAgain()),
  ];
  expect([...new Set(requests.map(operationOf))].sort()).toEqual(operations);
  const problems = requests.flatMap((request) => theContract()?.requestProblems(request) ?? ["there is no contract"]);
  expect(problems).toEqual([]);
});

test.skipIf(swagger === undefined)("only attributes that the vendor documents are selected", async () => {
  const requests = await groupFoundAgain();
  const selected = (path: RegExp) =>
    new Set(
      requests
        .filter((request) => path.test(request.path))
        .flatMap(({ rawQuery }) => /select=([^&]*)/.exec(rawQuery)?.[1]?.split(",") ?? []),
    );
  const documented = (definition: string) => Object.keys(swagger?.definitions[definition]?.properties ?? {});
  expect(
    [...selected(/import_session/)].filter((name) => !documented("import_session_instance").includes(name)),
  ).toEqual([]);
  expect([...selected(/remote_system/)].filter((name) => !documented("remote_system_instance").includes(name))).toEqual(
    [],
  );
  expect(selected(/import_session/).size).toBeGreaterThan(10);
  // Selecting there made logins fail on 4.1 for other clients.
  expect(selected(/login_session/).size).toBe(0);
});

async function volumeFromScheduleToCompletion(): Promise<readonly LoggedRequest[]> {
  const it = await migration();
  const startMs = it.clock.nowMs() + 3_600_000;
  const scheduled = {
    ...volume,
    volumeGroupId: "name:erp",
    protectionPolicyId: "name:hourly-snapshots",
    description: "wave 3",
    scheduledTimestamp: startMs,
  };
  await expect(it.create(scheduled, { timeoutMs: 60_000 })).rejects.toMatchObject({ kind: "timeout" });
  await it.update({ ...scheduled, scheduledTimestamp: startMs + 3_600_000, paused: true });
  await it.update({ ...scheduled, paused: false, targetState: "Import_Completed" });
  await it.destroy(scheduled);
  return it.array.requests;
}

async function agentlessTakenBack(): Promise<readonly LoggedRequest[]> {
  const it = await migration();
  const { sessionId } = await it.create({ ...agentlessVolume, hostSteps, globalStorageDiscoveryAddress: "192.0.2.7" });
  await it.destroy({ ...agentlessVolume, forceCancel: true });
  const other = await migration();
  await other.create(agentlessVolume);
  other.array.setState(sessionId, "Cleanup_Required");
  await other.destroy(agentlessVolume);
  return [...it.array.requests, ...other.array.requests];
}

async function groupFoundAgain(): Promise<readonly LoggedRequest[]> {
  const it = await migration();
  await expect(it.create(group, { timeoutMs: 60_000 })).rejects.toMatchObject({ kind: "timeout" });
  await it.create(group);
  await it.destroy(group);
  return it.array.requests;
}

function operationOf({ method, path, body }: LoggedRequest): string {
  const [, , , resource = "", id, action] = path.split("/");
  const isForced = typeof body === "object" && body !== null && "force" in body;
  return `${method} /${resource}${id === undefined ? "" : "/{id}"}${action === undefined ? "" : `/${action}`}${isForced ? " with force" : ""}`;
}
