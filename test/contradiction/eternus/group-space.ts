import { switches, type TransferMode } from "../../arrays/eternus/session-table.ts";
import { simulateEternus } from "../../arrays/eternus/simulation.ts";
import type { ArrangedCopySession } from "../arrange-eternus.ts";
import { allOf, mapped, type Space, sampled } from "../space.ts";
import type { Part } from "../tally.ts";
import { type DeclaredModes, type GroupCase, type GroupMember, type UnderWay, unheardOf } from "./group-case.ts";
import { arrangeGroup } from "./group-trial.ts";

/** Every combination of what an ETERNUS can show and what can be asked for, as far as both go together. */
export function groupParts(): readonly Part<GroupCase>[] {
  return [
    { usual: 1050, space: cases({ ...anything, how: ["new", "recorded"], found: possible(singles()) }) },
    { usual: 350, space: cases({ how: ["destroy"], found: possible(singles()), ...leftBehind }) },
    {
      usual: 1050,
      space: cases({
        ...anything,
        how: ["new", "recorded", "one is added"],
        declares: ["all", "the first", "the first, resuming the others"],
        found: possible(pairs()),
      }),
    },
    { usual: 350, space: cases({ how: ["destroy"], found: possible(pairs()), ...leftBehind }) },
  ];
}

/** What is found on the array. */
type Found = Pick<GroupCase, "sessions" | "suspend">;

/** Cases, with what is found still apart. */
type Chosen = Omit<GroupCase, keyof Found> & { readonly found: Found };

function cases(choices: { readonly [Key in keyof Chosen]: readonly Chosen[Key][] }): Space<GroupCase> {
  return mapped(allOf<Chosen>(choices), ({ found, ...rest }) => undisturbed({ ...rest, ...found }));
}

/** Sessions that are none of the group are not suspended meanwhile: the array refuses the group's commands then, and nobody is told why. */
function undisturbed(one: GroupCase): GroupCase {
  const isOutside = one.declares === "the first" || (one.declares !== "all" && one.how !== "recorded");
  if (one.declares === undefined || !isOutside) return one;
  return { ...one, suspend: "none", sessions: one.sessions.map((session) => ({ ...session, isSuspending: false })) };
}

const declaredModes: readonly DeclaredModes[] = [
  {},
  { transferMode: "Consistency" },
  { transferMode: "Synchronous", splitMode: "Manual" },
  { recoveryMode: "Manual" },
];

const anything = {
  target: ["Suspend", "Suspend by force", "Active", "Active, copying"],
  direction: [undefined, "LocalToRemote", "RemoteToLocal"],
  modes: declaredModes,
} as const;

/** What matters of the last program when a group is destroyed: whether it has changed modes. */
const leftBehind = { target: ["Suspend"], direction: [undefined], modes: declaredModes } as const;

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

const suspends: readonly UnderWay[] = ["none", "Queued", "Running", "Success", "Running by force"];

/** One session, in any state and mode. */
function singles(): readonly Found[] {
  type Member = Required<Pick<GroupMember, "found" | "transferMode" | "recoveryMode" | "isTurned" | "isSuspending">> & {
    readonly shown: Shown;
    readonly suspend: UnderWay;
  };
  const all = allOf<Member>({
    shown,
    found: ["Active", "Suspend"],
    transferMode: transferModes,
    recoveryMode: switches,
    isTurned: [false, true],
    isSuspending: [false, true],
    suspend: suspends,
  });
  return everyOne(mapped(all, ({ shown, suspend, ...member }) => ({ suspend, sessions: [{ ...shown, ...member }] })));
}

/** Two sessions. */
function pairs(): readonly Found[] {
  const two = typical.flatMap((first, index) => typical.slice(index).map((second) => [first, second]));
  return everyOne(allOf<Found>({ sessions: two, suspend: suspends }));
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

function everyOne<Item>(space: Space<Item>): readonly Item[] {
  return sampled(space, space.size, 0);
}

/** Where a suspend can be under way; elsewhere the array refuses it, and ends one that is when a session comes there. */
const suspendable = ["Active", "Halt"];

/** What an array does not refuse. */
function possible(found: readonly Found[]): readonly Found[] {
  return found.filter((one) => {
    if (one.sessions.some(({ status, isSuspending }) => isSuspending === true && !suspendable.includes(status)))
      return false;
    try {
      arrangeGroup(simulateEternus(), one);
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  });
}
