import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, onTestFinished, test } from "vitest";
import { findRealEngine } from "../../engine/real.ts";
import { volume } from "../migration.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const pulumi = await findRealEngine();

test.skipIf(pulumi === undefined)("Pulumi itself refuses a preview that the policy pack forbids", async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-policy-"));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  const declared = [
    volume({ targetState: "Import_Completed", forceCancel: true }),
    { ...volume({ targetState: "Import_Completed", cutoverApproval: "" }), name: "gated" },
  ];
  const stack = await pulumi?.stack({
    program: here("../program"),
    stateFolder,
    stackName: "prod",
    // Nobody listens there: with preflight off nobody is asked.
    config: {
      "powerstore:endpoint": "https://127.0.0.1:9",
      "powerstore:username": "admin",
      "powerstore:password": { secret: "unused" },
      "powerstore:preflight": "off",
      "scenario:resources": JSON.stringify(declared),
    },
    environment: { PULUMI_OPTION_POLICY_PACK: here("../../../examples/policy") },
  });
  const result = await stack?.preview();
  expect(result?.ok).toBe(false);
  expect(result?.output).toMatch(/no-force[\s\S]*forceCancel ends an import without rolling back/);
  expect(result?.output).toMatch(/gate-in-production[\s\S]*requires a cutoverWindow or a cutoverApproval/);
  expect(result?.output).not.toMatch(/could not be checked|resource: *gated/);
});
