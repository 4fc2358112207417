import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Declared, forceViolations, gateViolations, stackOf } from "../../examples/policy/rules.ts";
import { findRealEngine } from "../engine/real.ts";
import type { Declaration } from "./declaration.ts";
import { replication, volume } from "./migration.ts";

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

describe("the policy pack", () => {
  test("lets pass what neither forces nor cuts over", () => {
    expect(forceViolations(asSeen(volume({ forceCancel: false })))).toEqual([]);
    expect(forceViolations(asSeen(replication([12], { force: false })))).toEqual([]);
    expect(gateViolations(asSeen(volume()))).toEqual([]);
    expect(gateViolations(asSeen(replication([12])))).toEqual([]);
  });

  test.each([
    [replication([12], { force: true }), /^force suspends a session whose data is not transferred/],
    [volume({ forceCancel: true }), /^forceCancel ends an import without rolling back/],
    [volume({ forceCancelAfter: "30m" }), /^forceCancelAfter ends an import without rolling back/],
  ])("forbids force: %j", (declared, reason) => {
    expect(forceViolations(asSeen(declared))).toEqual([expect.stringMatching(reason)]);
  });

  test("demands a gate before a cutover", () => {
    const violations = (args: Parameters<typeof volume>[0]) =>
      gateViolations(asSeen(volume({ targetState: "Import_Completed", ...args })));
    expect(violations({})).toEqual([expect.stringMatching(/needs a cutoverWindow or a cutoverApproval/)]);
    expect(violations({ automaticCutover: true })).toEqual([expect.stringMatching(/waits for nobody/)]);
    expect(violations({ cutoverApproval: "" })).toEqual([]);
    expect(violations({ cutoverWindow: { notBefore: "2026-12-05T22:00:00Z" } })).toEqual([]);
  });

  test("knows the stack by the URN", () => {
    expect(stackOf("urn:pulumi:prod::erp::pulumi-nodejs:dynamic/powerstore:ImportSession::orders")).toBe("prod");
  });
});

const pulumi = await findRealEngine();

test.skipIf(pulumi === undefined)("Pulumi itself refuses a preview that the policy pack forbids", async () => {
  const stateFolder = await mkdtemp(join(tmpdir(), "storage-migration-policy-"));
  onTestFinished(() => rm(stateFolder, { recursive: true, force: true }));
  const declared = [
    volume({ targetState: "Import_Completed", forceCancel: true }),
    { ...volume({ targetState: "Import_Completed", cutoverApproval: "" }), name: "gated" },
  ];
  const stack = await pulumi?.stack({
    program: here("program"),
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
    environment: { PULUMI_OPTION_POLICY_PACK: here("../../examples/policy") },
  });
  const result = await stack?.preview();
  expect(result?.ok).toBe(false);
  expect(result?.output).toMatch(/no-force[\s\S]*forceCancel ends an import without rolling back/);
  expect(result?.output).toMatch(/gate-in-production[\s\S]*needs a cutoverWindow or a cutoverApproval/);
  expect(result?.output).not.toMatch(/could not be checked|resource: *gated/);
});

function asSeen({ kind, args }: Declaration): Declared {
  const namespace = kind === "ImportSession" ? "powerstore" : "eternus";
  return { type: `pulumi-nodejs:dynamic/${namespace}:${kind}`, props: { ...args } };
}
