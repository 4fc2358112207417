import { expect, test } from "vitest";
import { connectEternus } from "../../../provider/eternus/connect.ts";
import { recSessionGroupResource } from "../../../provider/eternus/rec-session-group/resource.ts";
import { settingsFor } from "../../core/settings-for.ts";
import { virtualClock } from "../../core/virtual-clock.ts";
import { group, legsFrom, nowMs, read, recordedAfter, shown, suspendedHere, target, update } from "./sample-group.ts";
import { sampleSession } from "./sample-session.ts";

const ids = { copySessionIds: [1, 2, 3] };
const found = [sampleSession(), sampleSession({ id: 2 }), sampleSession({ id: 3, isSuspending: true })];
const first = target(ids);
const equivalent = found.map((session) => ({ ...session, isSuspending: false }));
const state = suspendedHere(recordedAfter(first, read(first, equivalent)));
const suspended = found.map((session) => ({ ...session, status: "Suspend", isSuspending: false }));

const taking = (...taken: readonly number[]) => ({
  ...update(ids, state),
  operation: { kind: "delete" } as const,
  handedOver: new Set(taken.map((id) => `copy session ${id}`)),
});

test("a delete restores the members that nobody has taken, and leaves the others alone", () => {
  const about = taking(2);
  expect(shown(about, read(about, suspended)).row).toBe("resume copy sessions 1, 3");
  expect(group.schemas.attempted(about)).toBe("restore copy sessions 1, 3");
});

test("a delete waits for no member that another resource has taken", () => {
  const suspending = [...suspended.slice(0, 2), ...found.slice(2)];
  expect(legsFrom(taking(1, 2), read(taking(1, 2), suspending))[0]?.step.kind).toBe("wait");
  const about = taking(1, 2, 3);
  expect(legsFrom(about, read(about, suspending))).toMatchObject([{ step: { kind: "settled" } }]);
});

test("what a replacement keeps goes on as it was found, and the rest of the old record does not count", () => {
  const predecessor = { id: "erp-dr", state, kept: new Set(["copy session 1"]) };
  const about = target({ copySessionIds: [1, 2] }, { predecessor });
  const { sessions } = recordedAfter(about, read(about, suspended));
  expect(sessions.map(({ foundStatus }) => foundStatus)).toEqual(["Active", "Suspend"]);
  const elsewhere = target({ copySessionIds: [1, 2] }, { predecessor: { ...predecessor, kept: new Set() } });
  const { sessions: others } = recordedAfter(elsewhere, read(elsewhere, suspended));
  expect(others.map(({ foundStatus }) => foundStatus)).toEqual(["Suspend", "Suspend"]);
});

const onArrays = recSessionGroupResource((name = "alias") => {
  const endpoint = name === "alias" ? "https://here" : `https://${name}`;
  return connectEternus(settingsFor({ endpoint, username: "u", password: "p" }), { clock: virtualClock() });
});

test("a replacement on the same array keeps all that it does not say to resume, and one on another array nothing", () => {
  const keeps = (inputs: Parameters<typeof target>[0]) =>
    onArrays.preview.keeps?.({ id: "erp-dr", state }, first.inputs, target({ ...ids, ...inputs }).inputs);
  expect(keeps({})).toEqual(["copy session 1", "copy session 2", "copy session 3"]);
  expect(keeps({ copySessionIds: [1], resume: [3] })).toEqual(["copy session 1", "copy session 2"]);
  expect(keeps({ array: "east" })).toEqual([]);
  expect(keeps({ array: "alias" })).toHaveLength(3);
});

test("a group drives what it lists, and what it is to resume while that is on record", () => {
  const reading = { signal: new AbortController().signal, nowMs };
  const objectsOf = async (about: Parameters<typeof group.objects>[0]) =>
    (await group.objects(about, undefined, reading)).map(({ key, property }) => `${property} ${key}`);
  return expect(objectsOf(update({ copySessionIds: [1], resume: [9, 2] }, state))).resolves.toEqual([
    "copySessionIds[0] copy session 1",
    "resume[1] copy session 2",
  ]);
});
