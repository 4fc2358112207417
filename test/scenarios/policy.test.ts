import { describe, expect, test } from "vitest";
import { type Declared, forceViolations, gateViolations, stackOf } from "../../examples/policy/rules.ts";
import type { Declaration } from "./declaration.ts";
import { replication, volume } from "./migration.ts";

describe("the policy pack", () => {
  test("lets pass what neither forces nor cuts over", () => {
    expect(forceViolations(asSeen(volume({ forceCancel: false })))).toEqual([]);
    expect(forceViolations(asSeen(replication([12], { force: false })))).toEqual([]);
    expect(gateViolations(asSeen(volume()))).toEqual([]);
    expect(gateViolations(asSeen(replication([12])))).toEqual([]);
  });

  test.each([
    [replication([12], { force: true }), /^force suspends a session before all its data is transferred/],
    [volume({ forceCancel: true }), /^forceCancel ends an import without rolling back/],
    [volume({ forceCancelAfter: "30m" }), /^forceCancelAfter ends an import without rolling back/],
  ])("forbids force: %j", (declared, reason) => {
    expect(forceViolations(asSeen(declared))).toEqual([expect.stringMatching(reason)]);
  });

  test("demands a gate before a cutover", () => {
    const violations = (args: Parameters<typeof volume>[0]) =>
      gateViolations(asSeen(volume({ targetState: "Import_Completed", ...args })));
    expect(violations({})).toEqual([expect.stringMatching(/requires a cutoverWindow or a cutoverApproval/)]);
    expect(violations({ automaticCutover: true })).toEqual([expect.stringMatching(/waits for no gate/)]);
    expect(violations({ cutoverApproval: "" })).toEqual([]);
    expect(violations({ cutoverWindow: { notBefore: "2026-12-05T22:00:00Z" } })).toEqual([]);
  });

  test("knows the stack by the URN", () => {
    expect(stackOf("urn:pulumi:prod::erp::pulumi-nodejs:dynamic/powerstore:ImportSession::orders")).toBe("prod");
  });
});

function asSeen({ kind, args }: Declaration): Declared {
  const namespace = kind === "ImportSession" ? "powerstore" : "eternus";
  return { type: `pulumi-nodejs:dynamic/${namespace}:${kind}`, props: { ...args } };
}
