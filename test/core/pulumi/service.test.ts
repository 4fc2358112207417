import { expect, test } from "vitest";
import { silentLog } from "../../../provider/core/log.ts";
import { defaultTimeoutsMs, runFor, show } from "../../../provider/core/pulumi/service.ts";
import { virtualClock } from "../virtual-clock.ts";
import { toldDeployment } from "./volume-resource.ts";

test.each(["create", "update", "delete", "read"] as const)(
  "W4, W11: the deadline of %s is that of customTimeouts, or the usual one",
  (hook) => {
    const deployment = toldDeployment(virtualClock({ startMs: 1000 }));
    expect(runFor(deployment, "urn:v", { [hook]: 5000 }, hook).deadlineMs).toBe(6000);
    expect(runFor(deployment, "urn:v", {}, hook).deadlineMs).toBe(1000 + defaultTimeoutsMs[hook]);
    expect(runFor(deployment, "urn:v", undefined, hook).deadlineMs).toBe(1000 + defaultTimeoutsMs[hook]);
  },
);

test("a run reports on the row of its resource and ends with the deployment's interruption", () => {
  const deployment = toldDeployment(virtualClock());
  const run = runFor(deployment, "urn:v", undefined, "create");
  run.progress("copying");
  run.warn("careful");
  run.debug("GET /");
  expect(deployment.said).toEqual(["progress urn:v copying", "warn urn:v careful", "debug urn:v GET /"]);
  expect(run.signal.aborted).toBe(false);
  deployment.interrupt.abort();
  expect(run.signal.aborted).toBe(true);
});

/** What a preview of this text shows: `note urn text`, `progress urn text`, `warn urn text`. */
function shown(text: Parameters<typeof show>[2]): readonly string[] {
  const lines: string[] = [];
  const line = (kind: string) => (urn: string, said: string) => void lines.push(`${kind} ${urn} ${said}`);
  const log = { ...silentLog, note: line("note"), progress: line("progress"), warn: line("warn") };
  show({ ...toldDeployment(virtualClock()), log }, "urn:v", text);
  return lines;
}

test("a preview shows its row for good, and its warnings", () => {
  expect(shown({ row: "grow it", warnings: ["it is large", "it is shared"] })).toEqual([
    "note urn:v grow it",
    "warn urn:v it is large",
    "warn urn:v it is shared",
  ]);
});

test("a row that is also a warning stays in the diagnostics once, as the warning", () => {
  expect(shown({ row: "held", warnings: ["held"] })).toEqual(["progress urn:v held", "warn urn:v held"]);
});

test("a preview without a row shows its warnings only", () => {
  expect(shown({ warnings: ["it is large"] })).toEqual(["warn urn:v it is large"]);
  expect(shown({ row: undefined, warnings: [] })).toEqual([]);
});
