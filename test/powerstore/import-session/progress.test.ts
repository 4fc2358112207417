import { expect, test } from "vitest";
import { copySight, progressText } from "../../../provider/powerstore/import-session/progress.ts";
import { sampleSession } from "./samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const after = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const shown = (changes: object, state = "Copy_In_Progress") =>
  progressText({ session: sampleSession(state, changes), members: [] }, { kind: "wait", reason: "copying" }, nowMs);

test("a copy shows percent, rate and time left", () => {
  const session = {
    progress_percentage: 42,
    current_transfer_rate: 418_000_000,
    estimated_completion_timestamp: after(135),
  };
  expect(shown(session)).toBe("copying 42%, 418 MB/s, ready in 2h15m");
});

test.each([
  [{}, "copying"],
  [{ progress_percentage: 0 }, "copying 0%"],
  [{ current_transfer_rate: 0 }, "copying, 0 MB/s"],
  [{ current_transfer_rate: 1_250_000_000 }, "copying, 1.3 GB/s"],
  [{ current_transfer_rate: 999_999_999 }, "copying, 1000 MB/s"],
  [{ estimated_completion_timestamp: after(60) }, "copying, ready in 1h00m"],
  [{ estimated_completion_timestamp: after(59.5) }, "copying, ready in 1h00m"],
  [{ estimated_completion_timestamp: after(0.2) }, "copying, ready in 1m"],
  [{ estimated_completion_timestamp: after(0) }, "copying, ready in less than a minute"],
  [{ estimated_completion_timestamp: after(-90) }, "copying, ready in less than a minute"],
  [{ estimated_completion_timestamp: "soon" }, "copying"],
])("a copy of which the array says %j shows %j", (session, expected) => {
  expect(shown(session)).toBe(expected);
});

test("a session that does not copy shows what is waited for and nothing left over from its copy", () => {
  expect(shown({ progress_percentage: 100, current_transfer_rate: 7 }, "Ready_For_Cutover")).toBe("copying");
});

test("where there is no session yet, the step is shown", () => {
  const step = { kind: "act", acts: [{ name: "create" }], reason: "creating the session" } as const;
  expect(progressText({ session: undefined, members: [] }, step, nowMs)).toBe("creating the session");
});

test.each([
  [undefined, undefined],
  ["", undefined],
  ["soon", undefined],
  [after(1), 60_000],
  [after(-1), 0],
])("of an estimate %j, %j ms are left", (estimate, left) => {
  const session = sampleSession("Copy_In_Progress", { estimated_completion_timestamp: estimate });
  expect(copySight(session, nowMs).toldMs).toBe(left);
});
