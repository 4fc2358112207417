import { allOf, mapped } from "../space.ts";
import type { Part } from "../tally.ts";
import type { GroupCase, GroupMember } from "./group-case.ts";

/** Inputs that are not known yet, and what they may turn out to be. */
interface Unknown {
  readonly names: readonly string[];
  readonly values: readonly Partial<GroupCase>[];
}

export interface UnknownCase {
  readonly one: GroupCase;
  readonly unknown: Unknown;
  /** How much of the preview is held to the runs. Of something new that is there already the array is not read: only what is at stake is announced. */
  readonly compare: "everything" | "what is sent" | "warnings";
}

const directions = [{}, { direction: "LocalToRemote" }, { direction: "RemoteToLocal" }] as const;
const suspends = [{ target: "Suspend" }, { target: "Suspend by force" }] as const;

const unknowns: readonly Unknown[] = [
  { names: ["targetState"], values: [{ target: "Suspend" }, { target: "Active" }] },
  { names: ["force"], values: suspends },
  { names: ["targetState", "force"], values: [...suspends, { target: "Active" }] },
  { names: ["waitForEquivalent"], values: [{ target: "Active" }, { target: "Active, copying" }] },
  { names: ["direction"], values: directions },
  {
    names: ["targetState", "direction"],
    values: directions.flatMap((direction) => [
      { ...direction, target: "Suspend" },
      { ...direction, target: "Active" },
    ]),
  },
  { names: ["recoveryMode"], values: [{}, { modes: { recoveryMode: "Manual" } }] },
  {
    names: ["transferMode", "splitMode"],
    values: [
      {},
      { modes: { transferMode: "Consistency" } },
      { modes: { transferMode: "Synchronous", splitMode: "Manual" } },
    ],
  },
];

const members: readonly GroupMember[] = [
  { status: "Active", phase: "Equivalent" },
  { status: "Active", phase: "Copying" },
  { status: "Active", phase: "Equivalent", isSuspending: true },
  { status: "Suspend", phase: "Equivalent" },
  { status: "Suspend", phase: "Equivalent", found: "Suspend", transferMode: "Consistency" },
  { status: "Suspend", phase: "Copying", isTurned: true },
  { status: "Halt", phase: "Copying", troubleEndsAfterMs: 60_000 },
];

/** Groups of one and of two, new and recorded, while a few inputs are not known. */
export function unknownParts(): readonly Part<UnknownCase>[] {
  const groups = members.flatMap((first, index) => [[first], ...members.slice(index).map((second) => [first, second])]);
  interface Chosen extends Pick<GroupCase, "sessions" | "target" | "direction"> {
    readonly unknown: Unknown;
  }
  const chosen = allOf<Chosen>({
    unknown: unknowns,
    target: ["Suspend", "Active"],
    direction: [undefined, "RemoteToLocal"],
    sessions: groups,
  });
  const cases = (how: GroupCase["how"]) =>
    mapped(chosen, ({ unknown, ...one }): UnknownCase => {
      // A route shows the gravest and the mildest way. Of all the others a preview only warns, and modes that are not known are left out.
      const isShown = how === "recorded" && unknown.values.length <= 2 && !unknown.names.includes("recoveryMode");
      return { one: { how, ...one }, unknown, compare: isShown ? "what is sent" : "warnings" };
    });
  return [
    { space: cases("recorded"), usual: 150 },
    { space: cases("new"), usual: 100 },
  ];
}
