import { expect, test } from "vitest";
import { after, changeAt, nextChangeMs } from "./copy-flow.ts";
import { newCopySession } from "./copy-session.ts";
import { refusals, type SessionCommand, type SessionEvent, type Situation, sessionStatuses } from "./session-table.ts";

const equivalent: Situation = {
  type: "REC",
  status: "Active",
  phase: "Equivalent",
  transferMode: "Synchronous",
  suspending: false,
  concurrentSuspend: false,
  force: false,
  forceLiftsStackRule: false,
  pathLost: false,
  reverseBuffers: true,
  notEquivalentCode: "5201",
};

function refusal(command: SessionCommand, changed: Partial<Situation>): string {
  const situation = { ...equivalent, ...changed };
  return refusals[command].find(([applies]) => applies(situation))?.[1](situation) ?? "runs";
}

test.each([
  //  command              Idle    Reserved Active  Suspend Halt    Error   Error_Suspend
  ["suspend", false, ["5321", "5321", "runs", "5344", "5323", "5321", "5319"]],
  ["suspend", true, ["5321", "5321", "runs", "5344", "runs", "5321", "5319"]],
  ["resume", false, ["5321", "5321", "5345", "runs", "5321", "5321", "5319"]],
  ["reverse", false, ["5321", "5321", "5321", "runs", "5321", "5321", "5319"]],
  ["modify", false, ["5321", "5321", "5321", "runs", "5321", "5321", "5319"]],
] as const)("%s (force %s) meets each status with %j", (command, force, expected) => {
  expect(sessionStatuses.map((status) => refusal(command, { status, force }))).toEqual(expected);
});

test.each([
  ["Synchronous", false, "5201"],
  ["Synchronous", true, "runs"],
  ["Consistency", false, "5201"],
  ["Consistency", true, "runs"],
  ["Stack", false, "5201"],
  ["Stack", true, "5201"],
  ["Through", false, "5321"],
  ["Through", true, "5321"],
] as const)("a copying %s session, force %s: %s", (transferMode, force, expected) => {
  expect(refusal("suspend", { transferMode, force, phase: "Copying" })).toBe(expected);
});

test("an equivalent Through session cannot be suspended either, and firmware may say 5323 and let force win over Stack", () => {
  expect(refusal("suspend", { transferMode: "Through" })).toBe("5321");
  expect(refusal("suspend", { phase: "Copying", notEquivalentCode: "5323" })).toBe("5323");
  expect(refusal("suspend", { phase: "Copying", transferMode: "Stack", force: true, forceLiftsStackRule: true })).toBe(
    "runs",
  );
});

test("only REC sessions take commands", () => {
  for (const type of ["EC", "OPC", "QuickOPC", "SnapOPC", "SnapOPC+", "Monitor", "ODX", "XCOPY"] as const) {
    for (const command of ["suspend", "resume", "reverse", "modify"] as const) {
      expect(refusal(command, { type, status: "Suspend" })).toBe("0019");
    }
  }
});

test("a suspend under way answers 5344 to its own session's suspend, 5322 to everything else", () => {
  const own = { suspending: true, concurrentSuspend: true };
  expect(refusal("suspend", own)).toBe("5344");
  for (const command of ["resume", "reverse", "modify"] as const) expect(refusal(command, own)).toBe("5322");
  const others = { concurrentSuspend: true };
  expect(refusal("suspend", others)).toBe("5322");
  expect(refusal("suspend", { ...others, status: "Suspend" })).toBe("5344");
  expect(refusal("resume", { ...others, status: "Suspend" })).toBe("runs");
});

test("a lost path refuses resume and reverse; missing buffers refuse the reverse of a Consistency session", () => {
  const suspended = { status: "Suspend" } as const;
  expect(refusal("resume", { ...suspended, pathLost: true })).toBe("5300");
  expect(refusal("reverse", { ...suspended, pathLost: true })).toBe("5300");
  expect(refusal("reverse", { ...suspended, transferMode: "Consistency", reverseBuffers: false })).toBe("5348");
  expect(refusal("reverse", { ...suspended, reverseBuffers: false })).toBe("runs");
});

test.each([
  //  event               Idle   Reserved   Active    Suspend    Halt     Error    Error_Suspend
  ["copied", ["Idle", "Reserved", "Active", "Suspend", "Halt", "Error", "Error_Suspend"]],
  ["suspended", ["Idle", "Reserved", "Suspend", "Suspend", "Suspend", "Error", "Error_Suspend"]],
  ["restarted", ["Idle", "Reserved", "Active", "Active", "Halt", "Error", "Error_Suspend"]],
  ["halted", ["Idle", "Reserved", "Halt", "Suspend", "Halt", "Error", "Error_Suspend"]],
  ["recovered", ["Idle", "Reserved", "Active", "Suspend", "Active", "Error", "Error_Suspend"]],
  ["failed", ["Error", "Error", "Error", "Error", "Error", "Error", "Error"]],
  ["failedSuspended", sessionStatuses.map(() => "Error_Suspend")],
] as const satisfies [SessionEvent, readonly string[]][])("%s leads from each status to %j", (event, expected) => {
  const reached = sessionStatuses.map((status) => after(newCopySession({ id: 1, status }, 0), event, 0).status);
  expect(reached).toEqual(expected);
});

test("an active session that is prepared copies then; in Through mode nothing is transferred", () => {
  const lived = (transferMode: "Synchronous" | "Through") => {
    let session = newCopySession({ id: 7, phase: "Readying", transferMode, totalMb: 500 }, 0);
    const phases = [session.phase];
    for (let atMs = nextChangeMs(session); atMs < 86_400_000; atMs = nextChangeMs(session)) {
      session = changeAt(session, atMs);
      phases.push(session.phase);
    }
    return phases;
  };
  expect(lived("Synchronous")).toEqual(["Readying", "Copying", "Equivalent"]);
  expect(lived("Through")).toEqual(["Readying", "Copying"]);
});

test("the end of a trouble is followed as the recovery mode says", () => {
  const ended = (recoveryMode: "Automatic" | "Manual") => {
    const halted = newCopySession({ id: 7, status: "Halt", recoveryMode, pathLost: true }, 0);
    return changeAt({ ...halted, coming: { what: "end of trouble", atMs: 1000 } }, 1000);
  };
  expect(ended("Automatic")).toMatchObject({ status: "Active", phase: "Copying", pathLost: false, coming: undefined });
  expect(ended("Manual")).toMatchObject({ status: "Halt", pathLost: false, coming: undefined });
});
