import type { ImportState } from "../arrays/powerstore/import-states.ts";

/**
 * The states that a consistency group can be in while its members are in these, the most ordinary one first; none if its members
 * never are in these together. The order of the members does not matter.
 */
export function groupStatesOf(members: readonly ImportState[]): readonly ImportState[] {
  const row = rows.find(
    ({ some = [], only }) =>
      some.every((one) => members.includes(one)) && members.every((state) => only.includes(state)),
  );
  return row === undefined || members.length === 0 ? [] : row.group;
}

interface Row {
  /** Each of these is the state of a member at least. @default none */
  readonly some?: readonly ImportState[];
  /** No member is in any other state than these. */
  readonly only: readonly ImportState[];
  readonly group: readonly ImportState[];
}

const waiting = ["Scheduled", "Queued"] as const;
const working = [...waiting, "In_Progress", "Mirror_Enabled", "Ready_To_Start_Copy", "Copy_In_Progress"] as const;
const over = ["Import_Completed", "Cancelled"] as const;
const failed = ["Failed", "Cancel_Required", "Cleanup_Required"] as const;

/** The first row that fits decides. Held to what the simulated array itself comes to by `group-states.test.ts`. */
const rows: readonly Row[] = [
  { only: ["Scheduled"], group: ["Scheduled"] },
  { only: waiting, group: ["Queued"] },
  { only: ["Ready_For_Cutover"], group: ["Ready_For_Cutover", "Import_Cutover_Incomplete"] },
  { only: [...working, "Ready_For_Cutover"], group: ["In_Progress"] },
  { only: ["Paused", "Ready_For_Cutover"], group: ["Paused"] },
  // The moment before the group follows, which the simulated array leaves out: the others are still at work.
  { some: ["Failed"], only: ["Failed"], group: ["Failed", "Cancel_Failed", "Cleanup_Required"] },
  { some: ["Failed"], only: ["Failed", ...working, "Ready_For_Cutover"], group: ["In_Progress"] },
  { only: ["Cancel_Required"], group: ["Cancel_Required", "Cancel_Failed"] },
  {
    some: ["Cancel_Required"],
    only: ["Cancel_Required", ...working, "Ready_For_Cutover"],
    group: ["Cancel_Required", "In_Progress"],
  },
  { some: ["Cancel_Required"], only: ["Cancel_Required", "Paused", "Ready_For_Cutover"], group: ["Cancel_Required"] },
  {
    some: ["Cutover_In_Progress"],
    only: ["Cutover_In_Progress", "Ready_For_Cutover", ...over],
    group: ["Cutover_In_Progress"],
  },
  { only: ["Import_Completed"], group: ["Import_Completed"] },
  { only: ["Cancelled"], group: ["Cancelled", "Failed"] },
  { only: over, group: ["Import_Completed_With_Errors"] },
  { only: ["Ready_For_Cutover", ...over], group: ["Import_Cutover_Incomplete"] },
  { some: ["Cleanup_In_Progress"], only: ["Cleanup_In_Progress", ...failed, ...over], group: ["Cleanup_In_Progress"] },
  { only: ["Cancel_In_Progress", ...over], group: ["Cancel_In_Progress", "Cleanup_In_Progress"] },
  {
    some: ["Cancel_In_Progress"],
    only: ["Cancel_In_Progress", ...failed, ...over],
    group: ["Cleanup_In_Progress", "Cancel_In_Progress"],
  },
  {
    some: ["Cleanup_Required"],
    only: [...failed, ...over],
    group: ["Cleanup_Required", "Cleanup_Failed"],
  },
  {
    some: ["Cancel_Required", "Failed"],
    only: ["Cancel_Required", "Failed", ...over],
    group: ["Cleanup_Required", "Cancel_Failed"],
  },
  { some: ["Cancel_Required"], only: ["Cancel_Required", ...over], group: ["Cancel_Failed"] },
  { only: ["Failed", ...over], group: ["Failed", "Cancel_Failed", "Cleanup_Required"] },
];
