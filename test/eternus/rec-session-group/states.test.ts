import { describe, expect, test } from "vitest";
import type { Target } from "../../../provider/eternus/rec-session-group/plan/goal.ts";
import { type StatusClass, statusClassOf } from "../../../provider/eternus/rec-session-group/states.ts";
import { copyPhases, sessionStatuses, transferModes } from "../../../provider/eternus/words.ts";

const targets: readonly Target[] = ["Suspend", "Suspend by force", "Equivalent", "Copying", "Given back", "Left alone"];
const statuses = [...sessionStatuses, "Metamorphosis", ""];
const phases = [...copyPhases, "Dreaming", ""];
const modes = [...transferModes, "Teleport", undefined];
const recoveries = ["Automatic", "Manual", undefined];

interface Cell {
  readonly status: string;
  readonly phase: string;
  readonly transferMode: string | undefined;
  readonly recoveryMode: string | undefined;
  readonly isSuspending: boolean;
  readonly target: Target;
}

const cells: readonly Cell[] = statuses.flatMap((status) =>
  phases.flatMap((phase) =>
    modes.flatMap((transferMode) =>
      recoveries.flatMap((recoveryMode) =>
        [false, true].flatMap((isSuspending) =>
          targets.map((target) => ({ status, phase, transferMode, recoveryMode, isSuspending, target })),
        ),
      ),
    ),
  ),
);

const where = (holds: (cell: Cell) => boolean) => cells.filter(holds);
const standings = (some: readonly Cell[]) => [...new Set(some.map((cell) => statusClassOf(cell, cell.target)))].sort();
const isKnown = ({ status }: Cell) => sessionStatuses.some((known) => known === status);

describe("over every status, phase, transfer mode and recovery mode, for every target", () => {
  test("the table has a word", () => {
    expect(cells).toHaveLength(9 * 8 * 6 * 3 * 2 * 6);
    expect(standings(cells)).toHaveLength(13);
  });

  test("a session that is being suspended is waited for, unless it is left alone", () => {
    expect(standings(where(({ isSuspending, target }) => isSuspending && target !== "Left alone"))).toEqual([
      "suspending",
    ]);
  });

  test("what was found suspended is left alone", () => {
    expect(standings(where(({ target }) => target === "Left alone"))).toEqual(["there"]);
  });

  test("a status that is not known is neither acted on nor taken for success", () => {
    const unknown = where((cell) => !isKnown(cell) && !cell.isSuspending && cell.target !== "Left alone");
    expect(standings(unknown)).toEqual(["unknown"]);
  });

  test("only what is active, equivalent and not in Through mode is suspended without force", () => {
    const suspended = where((cell) => statusClassOf(cell, cell.target) === "suspend");
    expect(suspended.length).toBeGreaterThan(0);
    expect(new Set(suspended.map(({ status, phase }) => `${status} ${phase}`))).toEqual(new Set(["Active Equivalent"]));
    expect(suspended.some(({ transferMode }) => transferMode === "Through")).toBe(false);
    expect(new Set(suspended.map(({ target }) => target))).toEqual(new Set(["Suspend", "Suspend by force"]));
  });

  test("force is for the target that names it, and for what copies or is halted", () => {
    const forced = where((cell) => statusClassOf(cell, cell.target) === "force");
    expect(new Set(forced.map(({ target }) => target))).toEqual(new Set(["Suspend by force"]));
    expect(new Set(forced.map(({ status }) => status))).toEqual(new Set(["Active", "Halt"]));
    expect(forced.some(({ status, phase }) => status === "Active" && phase === "Equivalent")).toBe(false);
  });

  test("only what is suspended is resumed", () => {
    const resumed = where((cell) => statusClassOf(cell, cell.target) === "resume");
    expect(new Set(resumed.map(({ status }) => status))).toEqual(new Set(["Suspend"]));
    expect(new Set(resumed.map(({ target }) => target))).toEqual(new Set(["Equivalent", "Copying", "Given back"]));
  });

  test("suspended is reached by nothing but the status that says so", () => {
    const there = where((cell) => cell.target.startsWith("Suspend") && statusClassOf(cell, cell.target) === "there");
    expect(new Set(there.map(({ status }) => status))).toEqual(new Set(["Suspend"]));
  });

  test("equivalent is reached by nothing but an active session in that phase", () => {
    const there = where((cell) => cell.target === "Equivalent" && statusClassOf(cell, cell.target) === "there");
    expect(new Set(there.map(({ status, phase }) => `${status} ${phase}`))).toEqual(new Set(["Active Equivalent"]));
    expect(there.some(({ transferMode }) => transferMode === "Through")).toBe(false);
  });

  test("what has failed is nowhere, whatever the target", () => {
    const failed = where(
      ({ status, isSuspending, target }) => status.startsWith("Error") && !isSuspending && target !== "Left alone",
    );
    expect(standings(failed)).toEqual(["failed"]);
  });
});

/** Suspend | by force | Equivalent | Copying | Given back */
const table: readonly (readonly [status: string, phase: string, mode: string, ...StatusClass[]])[] = [
  ["Suspend", "Equivalent", "Synchronous", "there", "there", "resume", "resume", "resume"],
  ["Suspend", "Copying", "Stack", "there", "there", "resume", "resume", "resume"],
  ["Suspend", "Equivalent", "Through", "there", "there", "resume", "resume", "resume"],
  ["Active", "Equivalent", "Synchronous", "suspend", "suspend", "there", "there", "there"],
  ["Active", "Equivalent", "Stack", "suspend", "suspend", "there", "there", "there"],
  ["Active", "Equivalent", "Consistency", "suspend", "suspend", "there", "there", "there"],
  ["Active", "Equivalent", "Through", "through", "through", "through", "there", "there"],
  ["Active", "Copying", "Synchronous", "copying", "force", "copying", "there", "there"],
  ["Active", "Copying", "Stack", "stack copying", "force", "stack copying", "there", "there"],
  ["Active", "Dreaming", "Consistency", "copying", "force", "copying", "there", "there"],
  ["Active", "Readying", "Teleport", "copying", "force", "copying", "there", "there"],
  ["Halt", "Equivalent", "Synchronous", "halted", "force", "halted", "halted", "there"],
  ["Reserved", "No_Pair", "Synchronous", "not started", "not started", "not started", "not started", "there"],
  ["Idle", "No_Pair", "Synchronous", "not started", "not started", "not started", "not started", "there"],
  ["Error", "Copying", "Synchronous", "failed", "failed", "failed", "failed", "failed"],
  ["Error_Suspend", "Equivalent", "Synchronous", "failed", "failed", "failed", "failed", "failed"],
  ["Metamorphosis", "Equivalent", "Synchronous", "unknown", "unknown", "unknown", "unknown", "unknown"],
];

test.each(table)("%s, %s, %s stands at %s | %s | %s | %s | %s", (status, phase, transferMode, ...expected) => {
  const session = { status, phase, transferMode, recoveryMode: "Automatic", isSuspending: false };
  expect(targets.slice(0, 5).map((target) => statusClassOf(session, target))).toEqual(expected);
});

test("a halted session whose recovery mode is Manual does not go on by itself", () => {
  const session = {
    status: "Halt",
    phase: "Copying",
    transferMode: "Stack",
    recoveryMode: "Manual",
    isSuspending: false,
  };
  expect(targets.map((target) => statusClassOf(session, target))).toEqual([
    "halted for good",
    "force",
    "halted for good",
    "halted for good",
    "there",
    "there",
  ]);
});
