import { describe, expect, test } from "vitest";
import type { CopySession } from "../../../provider/eternus/copy-session.ts";
import {
  followingState,
  type StatusClass,
  statusClassOf,
  type Target,
} from "../../../provider/eternus/rec-session-group/states.ts";
import { copyPhases, sessionStatuses, transferModes } from "../../../provider/eternus/words.ts";
import { sampleSession } from "./sample-session.ts";

const targets: readonly Target[] = ["Suspend", "Suspend by force", "Equivalent", "Copying", "Restored", "Unchanged"];
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
const classes = (some: readonly Cell[]) => [...new Set(some.map((cell) => statusClassOf(cell, cell.target)))].sort();
const isKnown = ({ status }: Cell) => sessionStatuses.some((known) => known === status);

describe("over every status, phase, transfer mode and recovery mode, for every target", () => {
  test("the table has a word", () => {
    expect(cells).toHaveLength(9 * 8 * 6 * 3 * 2 * 6);
    expect(classes(cells)).toHaveLength(14);
  });

  test("a session that is being suspended is waited for, unless it stays unchanged", () => {
    expect(classes(where(({ isSuspending, target }) => isSuspending && target !== "Unchanged"))).toEqual([
      "suspending",
    ]);
  });

  test("what was found suspended stays unchanged", () => {
    expect(classes(where(({ target }) => target === "Unchanged"))).toEqual(["reached"]);
  });

  test("a status that is not known is neither acted on nor taken for success", () => {
    const unknown = where((cell) => !isKnown(cell) && !cell.isSuspending && cell.target !== "Unchanged");
    expect(classes(unknown)).toEqual(["unknown"]);
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
    expect(new Set(resumed.map(({ target }) => target))).toEqual(new Set(["Equivalent", "Copying", "Restored"]));
  });

  test("suspended is reached by nothing but the status that says so", () => {
    const reached = where(
      (cell) => cell.target.startsWith("Suspend") && statusClassOf(cell, cell.target) === "reached",
    );
    expect(new Set(reached.map(({ status }) => status))).toEqual(new Set(["Suspend"]));
  });

  test("equivalent is reached by nothing but an active session in that phase", () => {
    const reached = where((cell) => cell.target === "Equivalent" && statusClassOf(cell, cell.target) === "reached");
    expect(new Set(reached.map(({ status, phase }) => `${status} ${phase}`))).toEqual(new Set(["Active Equivalent"]));
    expect(reached.some(({ transferMode }) => transferMode === "Through")).toBe(false);
  });

  test("what has failed is nowhere, whatever the target", () => {
    const failed = where(
      ({ status, isSuspending, target }) => status.startsWith("Error") && !isSuspending && target !== "Unchanged",
    );
    expect(classes(failed)).toEqual(["failed"]);
  });
});

/** Suspend | by force | Equivalent | Copying | Restored */
const table: readonly (readonly [status: string, phase: string, mode: string, ...StatusClass[]])[] = [
  ["Suspend", "Equivalent", "Synchronous", "reached", "reached", "resume", "resume", "resume"],
  ["Suspend", "Copying", "Stack", "reached", "reached", "resume", "resume", "resume"],
  ["Suspend", "Equivalent", "Through", "reached", "reached", "resume", "resume", "resume"],
  ["Active", "Equivalent", "Synchronous", "suspend", "suspend", "reached", "reached", "reached"],
  ["Active", "Equivalent", "Stack", "suspend", "suspend", "reached", "reached", "reached"],
  ["Active", "Equivalent", "Consistency", "suspend", "suspend", "reached", "reached", "reached"],
  ["Active", "Equivalent", "Through", "through", "through", "through", "reached", "reached"],
  ["Active", "Copying", "Synchronous", "copying", "force", "copying", "reached", "reached"],
  ["Active", "Copying", "Stack", "stack copying", "stack force", "stack copying", "reached", "reached"],
  ["Active", "Dreaming", "Consistency", "copying", "force", "copying", "reached", "reached"],
  ["Active", "Readying", "Teleport", "copying", "force", "copying", "reached", "reached"],
  ["Halt", "Copying", "Through", "through", "through", "through", "halted", "reached"],
  ["Halt", "Equivalent", "Synchronous", "halted", "force", "halted", "halted", "reached"],
  ["Reserved", "No_Pair", "Synchronous", "not started", "not started", "not started", "not started", "reached"],
  ["Idle", "No_Pair", "Synchronous", "not started", "not started", "not started", "not started", "reached"],
  ["Error", "Copying", "Synchronous", "failed", "failed", "failed", "failed", "failed"],
  ["Error_Suspend", "Equivalent", "Synchronous", "failed", "failed", "failed", "failed", "failed"],
  ["Metamorphosis", "Equivalent", "Synchronous", "unknown", "unknown", "unknown", "unknown", "unknown"],
];

test.each(table)("%s, %s, %s is at %s | %s | %s | %s | %s", (status, phase, transferMode, ...expected) => {
  const session = { status, phase, transferMode, recoveryMode: "Automatic", isSuspending: false };
  expect(targets.slice(0, 5).map((target) => statusClassOf(session, target))).toEqual(expected);
});

test("a halted session whose recovery mode is Manual does not continue automatically", () => {
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
    "reached",
    "reached",
  ]);
});

describe("what a session shows next while nothing is sent", () => {
  const next = (changes: Partial<CopySession>) => {
    const following = followingState(sampleSession(changes));
    return following && [following.session.status, following.session.phase, following.isCertain];
  };

  test.each<[Partial<CopySession>, readonly [status: string, phase: string, isCertain: boolean]]>([
    [{ isSuspending: true }, ["Suspend", "Equivalent", true]],
    [{ status: "Halt", isSuspending: true }, ["Suspend", "Equivalent", true]],
    [{ phase: "Copying" }, ["Active", "Equivalent", true]],
    [{ phase: "Copying", transferMode: "Stack" }, ["Active", "Equivalent", false]],
    [{ status: "Halt", phase: "Copying" }, ["Active", "Equivalent", false]],
    [{ status: "Reserved", phase: "No_Pair" }, ["Active", "Copying", false]],
    [{ status: "Idle", phase: "No_Pair" }, ["Active", "Copying", false]],
  ])("%j", (changes, expected) => {
    expect(next(changes)).toEqual(expected);
  });

  test.each<Partial<CopySession>>([
    {},
    { status: "Suspend" },
    { transferMode: "Through", phase: "Copying" },
    { status: "Halt", transferMode: "Through" },
    { status: "Error" },
    { status: "Error_Suspend" },
    { status: "Metamorphosis" },
  ])("nothing else, or nobody can tell: %j", (changes) => {
    expect(next(changes)).toBeUndefined();
  });
});
