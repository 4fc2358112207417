import { describe, expect, test } from "vitest";
import { MigrationError } from "../../../../provider/core/errors.ts";
import {
  type ActionContext,
  type ImportAction,
  planText,
  rowOf,
  stakesOf,
} from "../../../../provider/powerstore/import-session/plan/actions.ts";
import { entryOf } from "../../../../provider/powerstore/import-session/plan/entry.ts";
import { recentCutovers } from "../../../../provider/powerstore/import-session/plan/recent-cutovers.ts";
import type { ImportTarget } from "../../../../provider/powerstore/import-session/target.ts";
import { sampleNew, sampleObserved, sampleSession, sampleTarget } from "../samples.ts";
import { answered, arrayShowing } from "../shown-array.ts";

const at = Date.UTC(2030, 0, 1);
const ready = sampleObserved(sampleSession("Ready_For_Cutover", { source_resource_id: "sv_9" }));
const context: ActionContext = { observed: ready, target: sampleTarget() };

// biome-ignore format: a table
const table: readonly [action: ImportAction, plan: string, doing: string, dedupeKey: string, request: string][] = [
  [{ kind: "create", startMs: undefined }, "create session erp-prod-orders", "creating the session", "create", "create import session \"erp-prod-orders\": POST /import_session"],
  [{ kind: "create", startMs: at }, "create session erp-prod-orders, start at 2030-01-01T00:00:00Z", "creating the session", "create", "create import session \"erp-prod-orders\": POST /import_session"],
  [{ kind: "reschedule", sessionId: "7", startMs: at }, "move the start to 2030-01-01T00:00:00Z", "moving the scheduled start", "reschedule 7", "reschedule import session 7: PATCH /import_session/7"],
  [{ kind: "enable_destination_volume", sessionId: "7" }, "enable the destination volume", "enabling the destination volume", "enable_destination_volume 7", "enable the destination volume of import session 7: POST /import_session/7/enable_destination_volume"],
  [{ kind: "start_copy", sessionId: "7" }, "start the copy", "starting the copy", "start_copy 7", "start the copy of import session 7: POST /import_session/7/start_copy"],
  [{ kind: "pause", sessionId: "7" }, "pause the copy", "pausing the copy", "pause 7", "pause import session 7: POST /import_session/7/pause"],
  [{ kind: "resume", sessionId: "7" }, "resume the copy", "resuming the copy", "resume 7", "resume import session 7: POST /import_session/7/resume"],
  [{ kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" }, "cut over (irreversible): source sv_42 will no longer be kept in sync", "cutting over", "cutover 7 from Ready_For_Cutover", "cut over import session 7: POST /import_session/7/cutover"],
  [{ kind: "cutover", sessionId: "7", from: "Import_Cutover_Incomplete" }, "cut over the members that are left (irreversible): source sv_42 will no longer be kept in sync", "cutting over the members that are left", "cutover 7 from Import_Cutover_Incomplete", "cut over import session 7: POST /import_session/7/cutover"],
  [{ kind: "cancel", sessionId: "7", force: false, rejectedIn: undefined }, "cancel session 7", "cancelling", "cancel 7", "cancel import session 7: POST /import_session/7/cancel"],
  [{ kind: "cancel", sessionId: "7", force: false, rejectedIn: "Paused" }, "cancel session 7", "cancelling", "cancel 7 after Paused", "cancel import session 7: POST /import_session/7/cancel"],
  [{ kind: "cancel", sessionId: "7", force: true, rejectedIn: undefined }, "cancel session 7 with force", "cancelling with force", "force cancel 7", "cancel import session 7 with force: POST /import_session/7/cancel"],
  [{ kind: "cleanup", sessionId: "7" }, "clean up the source volume", "cleaning up the source volume", "cleanup 7", "clean up import session 7: POST /import_session/7/cleanup"],
  [{ kind: "remove", sessionId: "7" }, "remove the record of session 7", "removing the record", "remove 7", "remove the record of import session 7: DELETE /import_session/7"],
];

describe.each(table)("%j", (action, plan, doing, dedupeKey, request) => {
  test("has its words, and its opportunity", () => {
    const row = rowOf(action);
    expect([row.plan(action, context), row.doing(action), row.dedupeKey(action)]).toEqual([plan, doing, dedupeKey]);
    expect(planText([action], context)).toBe(plan);
  });

  test("is one request, confirmed right before it leaves, and named by an error", async () => {
    const sent: string[] = [];
    const { client } = arrayShowing([], "enforce", ({ method, path, attempted }) => {
      sent.push(`${attempted}: ${method} ${path.replace("/api/rest", "")}`);
      return action.kind === "create" ? answered(201, { id: "7" }) : answered(204);
    });
    const sending = { client, target: sampleNew(), nowMs: 0, confirm: () => void sent.push("confirmed") };
    const made = await rowOf(action).request(action, sending);
    expect(sent).toEqual(["confirmed", request]);
    expect(made).toBe(action.kind === "create" ? "7" : undefined);
  });

  test("is not sent when it is not confirmed", async () => {
    const sent: string[] = [];
    const { client } = arrayShowing([], "enforce", ({ path }) => {
      sent.push(path);
      return answered(204);
    });
    const confirm = () => {
      throw new MigrationError({ kind: "timeout", attempted: "wait", on: "it", answered: "it was late", next: "Run." });
    };
    const request = rowOf(action).request(action, { client, target: sampleNew(), nowMs: 0, confirm });
    await expect(request).rejects.toMatchObject({ kind: "timeout" });
    expect(sent).toEqual([]);
  });
});

describe("what is at stake", () => {
  test("in a cutover is named by its source, as the program or else the array names it", () => {
    const cutover = { kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" } as const;
    const warnings = (target: ImportTarget, observed = ready) => stakesOf([cutover], { observed, target });
    const of = (source: string) => [`cut over (irreversible): ${source} will no longer be kept in sync`];
    expect(warnings(sampleTarget())).toEqual(of("source sv_42"));
    const adopted = sampleTarget({ sourceResourceId: undefined });
    expect(warnings(adopted)).toEqual(of("source sv_9"));
    expect(warnings(adopted, sampleObserved(sampleSession("Paused")))).toEqual(of("the source"));
  });

  test("in a start that has passed is that the import starts at once", () => {
    const create = { kind: "create", startMs: undefined } as const;
    const late = { observed: ready, target: sampleNew({ scheduledTimestamp: at }) };
    expect(stakesOf([create], late)).toEqual(["the scheduled start has passed: the import starts at once"]);
    expect(rowOf(create).plan(create, late)).toContain("start at once (2030-01-01T00:00:00Z has passed)");
    expect(stakesOf([create], { observed: ready, target: sampleNew() })).toEqual([]);
  });

  test("in a cancel is the rollback, where it is forced", () => {
    const cancel = (force: boolean) => ({ kind: "cancel", sessionId: "7", force, rejectedIn: undefined }) as const;
    expect(stakesOf([cancel(false)], context)).toEqual([]);
    expect(stakesOf([cancel(true)], context)).toEqual([
      "force cancel: if the source or the hosts are unreachable, the import ends without a rollback",
    ]);
  });

  test.each(table.filter(([{ kind }]) => !["cutover", "cancel", "create"].includes(kind)))(
    "in %j is nothing",
    (action) => {
      expect(stakesOf([action], context)).toEqual([]);
    },
  );
});

test("actions on the members of a group are counted, kind by kind", () => {
  const members = ["8", "9", "10"].map((id) => sampleSession("Mirror_Enabled", { id }));
  const group = { observed: sampleObserved(sampleSession("In_Progress"), members), target: sampleTarget() };
  const actions = [
    { kind: "enable_destination_volume", sessionId: "8" },
    { kind: "enable_destination_volume", sessionId: "9" },
    { kind: "start_copy", sessionId: "10" },
  ] as const;
  expect(planText(actions, group)).toBe(
    "enable the destination volume of 2 of 3 members and start the copy of 1 of 3 members",
  );
  expect(planText([{ kind: "pause", sessionId: "7" }], group)).toBe("pause the copy");
});

describe("the audit log", () => {
  test("says what was seen and wanted, and of a cutover from where", () => {
    expect(entryOf({ kind: "cutover", sessionId: "7", from: "Ready_For_Cutover" }, context)).toEqual({
      act: "cutover",
      reason: "Ready_For_Cutover, wanted Ready_For_Cutover",
      from: "Ready_For_Cutover",
    });
    const nothing = { observed: sampleObserved(undefined), target: sampleNew({ targetState: "Import_Completed" }) };
    expect(entryOf({ kind: "create", startMs: undefined }, nothing)).toEqual({
      act: "create",
      reason: "no session yet, wanted Import_Completed",
    });
    const deleted = { observed: ready, target: sampleTarget({}, { operation: { kind: "delete" } }) };
    const successor = sampleTarget({ change: "CHG2" }).inputs;
    const replaced = sampleTarget({ change: "CHG1" }, { operation: { kind: "delete", successor } });
    const changeOf = (target: ImportTarget) =>
      entryOf({ kind: "remove", sessionId: "7" }, { observed: ready, target }).change;
    expect([changeOf(replaced), changeOf(sampleTarget({ change: "CHG1" }))]).toEqual(["CHG2", "CHG1"]);
    expect(entryOf({ kind: "remove", sessionId: "7" }, deleted).reason).toBe("Ready_For_Cutover, wanted no session");
  });

  const sentAt = "2030-01-01T00:00:00.000Z";
  const first = "cutover 7 from Ready_For_Cutover";
  const rest = "cutover 7 from Import_Cutover_Incomplete";

  test.each([
    [{ act: "cutover", from: "Ready_For_Cutover" }, [first]],
    [{ act: "cutover", from: "Import_Cutover_Incomplete", outcome: "rejected" }, [rest]],
    [{ act: "cutover", from: "Ready_For_Cutover", outcome: "lost" }, [first]],
    [{ act: "cutover" }, [first, rest]],
    [{ act: "cutover", from: "Half_Way_There" }, [first, rest]],
    [{ act: "pause", from: "Copy_In_Progress" }, []],
  ] as const)("uses up the opportunity a cutover was sent in, or each where that is not told: %j", (entry, used) => {
    const recent = recentCutovers("7", [{ ...entry, at: sentAt, reason: "because" }]);
    expect(recent).toEqual(used.map((dedupeKey) => ({ dedupeKey, atMs: Date.parse(sentAt) })));
  });
});
