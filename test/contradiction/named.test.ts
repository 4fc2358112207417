import { describe, expect, test } from "vitest";
import { actText } from "./act.ts";
import type { GroupCase } from "./eternus/group-case.ts";
import { groupTrial } from "./eternus/group-trial.ts";
import { eternusInProcess, powerStoreInProcess } from "./in-process.ts";
import type { ImportCase } from "./powerstore/import-case.ts";
import { importTrial } from "./powerstore/import-trial.ts";
import { judge } from "./trial.ts";

// What was found by reading, before anything compared a preview with its run, and the worst of what the comparison found first. None of it may come back, whatever a sample
// leaves out.

const ofImport = async (one: ImportCase) => judge(await importTrial(one, powerStoreInProcess));
const ofGroup = async (one: GroupCase) => judge(await groupTrial(one, eternusInProcess));

describe("an agentless group whose members copy", () => {
  const copying = {
    type: "Agentless",
    state: "In_Progress",
    members: ["Copy_In_Progress", "Copy_In_Progress"],
  } as const;

  test.each(["own", "found", "adopted"] as const)(
    "needs no work on the hosts any more, and its preview asks for none (%s)",
    async (how) => {
      const verdict = await ofImport({ ...copying, how, target: "Ready_For_Cutover", hosts: "none" });
      expect(verdict.contradictions).toEqual([]);
      expect(verdict.sent).toEqual([]);
      expect(verdict.row).toContain("copying");
      expect(verdict.row).not.toContain("held");
    },
  );
});

describe("a session whose suspend is under way, declared Active", () => {
  // biome-ignore format: a table
  test.each<[whose: string, found: Pick<GroupCase, "sessions" | "suspend">]>([
    ["somebody else's", { sessions: [{ status: "Active", phase: "Equivalent", isSuspending: true }] }],
    ["this user's, queued", { sessions: [{ status: "Active", phase: "Equivalent" }], suspend: "Queued" }],
    ["this user's, and its job runs", { sessions: [{ status: "Active", phase: "Equivalent" }], suspend: "Running" }],
    ["this user's, and its job has ended", { sessions: [{ status: "Active", phase: "Equivalent" }], suspend: "Success" }],
  ])("is resumed after it, and the preview warns of what that discards: %s", async (_, found) => {
    for (const how of ["new", "recorded"] as const) {
      const verdict = await ofGroup({ ...found, how, target: "Active" });
      expect(verdict.contradictions).toEqual([]);
      expect(verdict.sent.map(actText)).toEqual(["resume 7"]);
      expect(verdict.warnings.join()).toContain("resume: discards writes");
    }
  });
});

describe("a session that rests before its copy, with a pause declared", () => {
  // biome-ignore format: a table
  test.each<[target: ImportCase["target"], hosts: NonNullable<ImportCase["hosts"]>, sent: readonly string[]]>([
    ["Mirror_Enabled", "none", ["create "]],
    ["Ready_To_Start_Copy", "source stopped", ["create ", "enable_destination_volume new"]],
  ])("is not paused, and its preview announces no pause: %s", async (target, hosts, sent) => {
    const verdict = await ofImport({ type: "Agentless", how: "new", target, hosts, paused: true });
    expect(verdict.contradictions).toEqual([]);
    expect(verdict.sent.map(actText)).toEqual(sent);
    expect(verdict.row).not.toContain("pause");
  });
});

describe("a suspend that is queued and cannot succeed", () => {
  test("leads to a suspend by force, of which the preview warns", async () => {
    const sessions = [{ status: "Active", phase: "Copying" }] as const;
    for (const how of ["new", "recorded"] as const) {
      const verdict = await ofGroup({ how, sessions, suspend: "Queued", target: "Suspend by force" });
      expect(verdict.contradictions).toEqual([]);
      expect(verdict.sent.map(actText)).toEqual(["suspend by force 7"]);
      expect(verdict.warnings.join()).toContain("force: ");
    }
  });

  test("leads to no resume, and the preview does not take one for certain", async () => {
    const sessions = [{ status: "Halt", phase: "Copying", troubleEndsAfterMs: 60_000 }] as const;
    const verdict = await ofGroup({ how: "recorded", sessions, suspend: "Queued", target: "Active" });
    expect(verdict.contradictions).toEqual([]);
    expect(verdict.sent).toEqual([]);
  });
});

test.each(["Scheduled", "Copy_In_Progress", "Ready_For_Cutover", "Cancel_In_Progress"] as const)(
  "a destroy with force from %s cancels once, and its route comes to an end",
  async (state) => {
    const destroyed: ImportCase = { type: "Non_Disruptive", how: "destroy own", state, target: "Ready_For_Cutover" };
    const verdict = await ofImport({ ...destroyed, force: "at once" });
    expect(verdict.contradictions).toEqual([]);
    expect(verdict.sent.map(({ kind }) => kind)).toEqual(["cancel by force", "remove"]);
  },
);

test.each<[how: ImportCase["how"], sent: readonly string[]]>([
  ["destroy own", ["cancel by force", "remove"]],
  ["destroy taken over", ["cancel by force"]],
])(
  "a forced cancel of what the array rolls back after a failure ends as failed, in preview and run (%s)",
  async (how, sent) => {
    const failing = { type: "Agentless", state: "Cancel_In_Progress", after: "a failure" } as const;
    const verdict = await ofImport({ ...failing, how, target: "Ready_For_Cutover", force: "at once" });
    expect(verdict.contradictions).toEqual([]);
    expect(verdict.sent.map(({ kind }) => kind)).toEqual(sent);
  },
);
