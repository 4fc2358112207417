import { switches, type TransferMode } from "../../arrays/eternus/session-table.ts";
import type { ArrangedCopySession } from "../arrange-eternus.ts";
import { allOf, mapped, type Space, together } from "../space.ts";
import { type DeclaredModes, type GroupCase, type GroupMember, type UnderWay, unheardOf } from "./group-case.ts";

/** Every combination of what an ETERNUS can show and what can be asked for, as far as both go together. */
export function groupSpace(): Space<GroupCase> {
  return together(single(), pairs());
}

type Shown = Pick<ArrangedCopySession, "status" | "phase" | "troubleEndsAfterMs" | "startsAfterMs">;

const shown: readonly Shown[] = [
  { status: "Idle", phase: "No_Pair", startsAfterMs: 60_000 },
  { status: "Reserved", phase: "No_Pair", startsAfterMs: 60_000 },
  { status: "Active", phase: "No_Pair" },
  { status: "Active", phase: "Readying" },
  { status: "Active", phase: "Copying" },
  { status: "Active", phase: "Equivalent" },
  { status: "Suspend", phase: "Equivalent" },
  { status: "Suspend", phase: "Copying" },
  { status: "Halt", phase: "Copying", troubleEndsAfterMs: 60_000 },
  { status: "Halt", phase: "Equivalent", troubleEndsAfterMs: 60_000 },
  { status: "Error", phase: "Copying" },
  { status: "Error_Suspend", phase: "Equivalent" },
  { status: unheardOf, phase: "Copying" },
];

const transferModes: readonly TransferMode[] = ["Synchronous", "Stack", "Consistency", "Through"];

const declaredModes: readonly DeclaredModes[] = [
  {},
  { transferMode: "Consistency" },
  { transferMode: "Synchronous", splitMode: "Manual" },
  { recoveryMode: "Manual" },
];

const targets = ["Suspend", "Suspend by force", "Active", "Active, copying"] as const;

/** One session, in any state and mode, whatever goes on and is declared. */
function single(): Space<GroupCase> {
  interface Chosen extends Omit<GroupCase, "sessions"> {
    readonly shown: Shown;
    readonly found: "Active" | "Suspend";
    readonly transferMode: TransferMode;
    readonly recoveryMode: (typeof switches)[number];
    readonly isTurned: boolean;
    readonly isSuspending: boolean;
  }
  const chosen = allOf<Chosen>({
    how: ["new", "recorded", "destroy"],
    suspend: ["none", "Queued", "Running", "Success", "Running by force"],
    target: targets,
    direction: [undefined, "Forward", "Reversed"],
    modes: declaredModes,
    shown,
    found: ["Active", "Suspend"],
    transferMode: transferModes,
    recoveryMode: switches,
    isTurned: [false, true],
    isSuspending: [false, true],
  });
  return mapped(chosen, ({ shown, found, transferMode, recoveryMode, isTurned, isSuspending, ...rest }) => ({
    ...rest,
    sessions: [{ ...shown, found, transferMode, recoveryMode, isTurned, isSuspending }],
  }));
}

/** Two sessions that are not alike. */
function pairs(): Space<GroupCase> {
  interface Chosen extends Omit<GroupCase, "sessions"> {
    readonly first: GroupMember;
    readonly second: GroupMember;
  }
  const suspends: readonly UnderWay[] = ["none", "Queued", "Running", "Success", "Running by force"];
  const chosen = allOf<Chosen>({
    how: ["new", "recorded", "one is added", "destroy"],
    suspend: suspends,
    declares: ["all", "the first"],
    target: targets,
    direction: [undefined, "Forward", "Reversed"],
    modes: declaredModes,
    first: typical,
    second: typical,
  });
  return mapped(chosen, ({ first, second, ...rest }) => ({ ...rest, sessions: [first, second] }));
}

/** What each of two is like. */
const typical: readonly GroupMember[] = [
  ...shown.flatMap((one): GroupMember[] => [one, { ...one, transferMode: "Stack", found: "Suspend" }]),
  { status: "Active", phase: "Equivalent", isTurned: true },
  { status: "Active", phase: "Equivalent", isSuspending: true },
  { status: "Active", phase: "Copying", transferMode: "Consistency" },
  { status: "Active", phase: "Equivalent", transferMode: "Through" },
  { status: "Suspend", phase: "Equivalent", found: "Suspend" },
  { status: "Suspend", phase: "Equivalent", isTurned: true, found: "Suspend" },
  { status: "Suspend", phase: "Copying", isTurned: true },
  { status: "Halt", phase: "Copying", recoveryMode: "Manual" },
];
