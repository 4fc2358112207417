import { expect, test } from "vitest";
import type { CopySession } from "../../../../provider/eternus/copy-session.ts";
import { afterAnswer, suspecting } from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { type ObservedGroup, withLog } from "../../../../provider/eternus/rec-session-group/plan/observed.ts";
import type { GroupTarget } from "../../../../provider/eternus/rec-session-group/plan/target.ts";
import { recSessionGroupState } from "../../../../provider/eternus/rec-session-group/recorded.ts";
import { group, nowMs, read, recordedAfter, target, update } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const about = target({ copySessionIds: [12, 13, 14] }, { isPreview: false });
const sessions = [12, 13, 14].map((id) => sampleSession({ id, progress: 100 }));
const suspended = sessions.map((session) => ({ ...session, status: "Suspend", suspendedAt: "2030-01-01T00:00:11Z" }));

/** The record once a suspend of all, by one job, shows. */
function afterSuspend(changes: (observed: ObservedGroup) => ObservedGroup = (observed) => observed, shown = suspended) {
  const first = read(about, sessions);
  const sent = withLog(first, afterAnswer(first.log, { kind: "suspend", ids: [12, 13, 14] }, 7, nowMs));
  const { members } = read(about, shown);
  const seen = members.map((member, index) => ({ ...member, original: first.members[index]?.original }));
  return recordedAfter(about, changes({ ...sent, members: seen, previous: recordedAfter(about, first) }));
}

test("a group of three takes at most 1.3 kB of state, without what Pulumi adds", () => {
  const entries = [{ act: "suspend 12, 13, 14", at: "2030-01-01T00:00:00Z", reason: "Equivalent" }];
  const state = { ...afterSuspend(), actions: entries };
  expect(JSON.stringify(state).length).toBeLessThanOrEqual(1300);
});

test("a read of what has not changed records the same", () => {
  const before = afterSuspend();
  const again = update({ copySessionIds: [12, 13, 14] }, before);
  expect(recordedAfter(again, read(again, suspended))).toEqual(before);
});

test("data is consistent and usable where one job has suspended all, from equivalence", () => {
  expect(afterSuspend()).toMatchObject({ consistent: true, destinationUsable: true, jobIds: [7] });
  const forced = afterSuspend((observed) => ({ ...observed, log: suspecting(observed.log, [13]) }));
  expect(forced).toMatchObject({ consistent: true, destinationUsable: false });
  expect(forced.sessions.map(({ lacksData }) => lacksData)).toEqual([undefined, true, undefined]);
});

test("a destination that lacked data is usable again only after it was equivalent", () => {
  const forced = afterSuspend((observed) => ({ ...observed, log: suspecting(observed.log, [13]) }));
  const again = update({ copySessionIds: [12, 13, 14] }, forced);
  expect(recordedAfter(again, read(again, suspended)).destinationUsable).toBe(false);
  const equivalent = recordedAfter(again, read(again, sessions));
  expect(equivalent.sessions.every(({ lacksData }) => lacksData === undefined)).toBe(true);
});

test("a suspend that somebody else made is no suspend of this group's", () => {
  const before = afterSuspend();
  const again = update({ copySessionIds: [12, 13, 14] }, before);
  const others = suspended.map((session) => ({ ...session, suspendedAt: "2030-01-02T00:00:00Z" }));
  expect(recordedAfter(again, read(again, others))).toMatchObject({ consistent: false });
});

test("an empty record is a record", () => {
  expect(recSessionGroupState.parse({})).toEqual({
    actions: [],
    sessions: [],
    failures: [],
    jobIds: [],
    consistent: false,
    destinationUsable: false,
  });
});

const ofKind = (state: ReturnType<typeof recordedAfter>, kind: "read" | "delete", isPreview = false): GroupTarget => ({
  ...update({ copySessionIds: [12, 13, 14] }, state),
  operation: { kind },
  isPreview,
});
const record = (which: GroupTarget, seen: readonly CopySession[], step?: Parameters<typeof group.record>[2]["step"]) =>
  group.record(read(which, seen), which, { entries: [], step, nowMs });

test("a session that the array does not have stays on record", () => {
  const { sessions: seen = [] } = record(ofKind(afterSuspend(), "read"), suspended.slice(1))?.state ?? {};
  expect(seen.map(({ status }) => status)).toEqual(["Gone", "Suspend", "Suspend"]);
});

test("a group that could not come to be leaves nothing to remember", () => {
  const stuck = { kind: "stuck", reason: "", next: "" } as const;
  expect(record(about, sessions, stuck)).toBeUndefined();
  expect(record(about, sessions)).toMatchObject({ id: "erp-dr" });
  expect(record(update({ copySessionIds: [12] }, afterSuspend()), sessions, stuck)).toBeDefined();
});

test("sessions that are restored leave the record, and those that still have to be stay in it", () => {
  const fewer = update({ copySessionIds: [12], resume: [13, 14] }, afterSuspend());
  const seen = [...suspended.slice(0, 2), ...sessions.slice(2)];
  expect(recordedAfter(fewer, read(fewer, seen)).sessions.map(({ id }) => id)).toEqual([12, 13]);
});

test("sessions that are let go leave the record of a run at once, but not that of a refresh", () => {
  const fewer = update({ copySessionIds: [12] }, afterSuspend());
  expect(recordedAfter(fewer, read(fewer, suspended)).sessions.map(({ id }) => id)).toEqual([12]);
  const refresh = { ...fewer, operation: { kind: "read" } as const };
  expect(recordedAfter(refresh, read(refresh, suspended)).sessions.map(({ id }) => id)).toEqual([12, 13, 14]);
});
