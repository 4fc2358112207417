import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { request } from "node:https";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { startSimulate } from "../../packaging/simulate-process.ts";

const main = fileURLToPath(new URL("main.ts", import.meta.url));
const simulate = (...words: readonly string[]) =>
  startSimulate(process.cwd(), process.execPath, main, "simulate", ...words);

test.each(["SIGINT", "SIGTERM"] as const)("%s ends it at once, and its certificate file is gone", async (signal) => {
  await using arrays = await simulate();
  const caFile = String(arrays.config["powerstore:caCertificate"]);
  expect(existsSync(caFile)).toBe(true);

  expect(await arrays.end(signal)).toEqual({ code: 0, signal: null });

  expect(existsSync(caFile)).toBe(false);
});

test("the configuration it prints leads to both arrays, and the ids to what is there", async () => {
  await using arrays = await simulate("--speed", "1");
  const { config, briefing } = arrays;

  expect(Object.keys(config)).toEqual(
    ["powerstore", "eternus"].flatMap((name) =>
      ["endpoint", "username", "password", "caCertificate"].map((key) => `${name}:${key}`),
    ),
  );
  expect(config["powerstore:password"]).toEqual({ secret: "Simulated-1" });
  expect(
    await statusOf(config["powerstore:endpoint"], "/api/rest/login_session", config["powerstore:caCertificate"]),
  ).toBe(401);
  expect(await statusOf(config["eternus:endpoint"], "/api/v1/session", config["eternus:caCertificate"])).not.toBe(200);
  expect(briefing).toContain("name:old-unity  sv_42  erp-db, 200 GiB, Ready\n");
  expect(briefing).toContain("name:old-unity  res_7  group mes, 80 GiB, Ready\n");
  expect(briefing).toContain("  name:esx-01  host\n");
  expect(briefing).toContain("  12  Consistency, Active, Equivalent\n");
});

test("arrays that run fast are looked at more often", async () => {
  await using arrays = await simulate("--speed", "30");
  expect(arrays.config).toMatchObject({ "powerstore:pollMaximumSeconds": "2", "eternus:pollMaximumSeconds": "2" });
  expect(arrays.briefing).toContain("a minute takes them 2 seconds");
});

test("what it cannot do is said with its usage; a port that is taken, too", async () => {
  const refused = spawnSync(process.execPath, [main, "emulate"], { encoding: "utf8" });
  expect(refused).toMatchObject({ status: 2, stdout: "" });
  expect(refused.stderr).toMatch(/^pulumi-storage-migration: unknown command "emulate"\n\nUsage: /);

  await using arrays = await simulate();
  const { port } = new URL(String(arrays.config["eternus:endpoint"]));
  const second = spawnSync(process.execPath, [main, "simulate", "--eternus-port", port], { encoding: "utf8" });
  expect(second).toMatchObject({ status: 1, stdout: "" });
  expect(second.stderr).toContain(port);
});

/** The status of an answer without credentials, over TLS that trusts what is in the file. */
function statusOf(endpoint: unknown, path: string, caFile: unknown): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const asked = request(`${endpoint}${path}`, { ca: readFileSync(String(caFile)) }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    asked.once("error", reject).end();
  });
}
