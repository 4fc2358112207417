import { expect, test } from "vitest";
import {
  actionsText,
  dedupeKeyOf,
  entriesOf,
  type GroupAction,
} from "../../../../provider/eternus/rec-session-group/plan/actions.ts";
import { read, target } from "../sample-group.ts";
import { sampleSession } from "../sample-session.ts";

const suspend = (force: boolean, ...ids: readonly number[]): GroupAction => ({ kind: "suspend", ids, force, tries: 0 });
const resume = (id: number): GroupAction => ({ kind: "resume", ids: [id], tries: 0 });
const actions: readonly GroupAction[] = [
  resume(7),
  suspend(false, 1, 2),
  { kind: "modify", ids: [8], modes: {}, tries: 1 },
  { kind: "reverse", ids: [8], tries: 2 },
  resume(8),
];

test("a plan names sessions together that are sent the same, in the order in which one session needs it", () => {
  expect(actionsText(actions)).toBe(
    "suspend copy sessions 1, 2 in one call; change the modes of copy session 8; reverse copy session 8; resume copy sessions 7, 8",
  );
  expect(actionsText([suspend(true, 1)])).toBe("suspend copy session 1 by force");
  expect(actionsText([suspend(false, ...Array(9).keys())])).toBe("suspend 9 copy sessions in one call");
});

test("an opportunity is used up by the command, its sessions, and what was tried before", () => {
  expect(actions.map(dedupeKeyOf)).toEqual([
    "resume 7 after 0",
    "suspend 1,2 after 0",
    "modify 8 after 1",
    "reverse 8 after 2",
    "resume 8 after 0",
  ]);
  expect(dedupeKeyOf(suspend(true, 1))).toBe("suspend by force 1 after 0");
});

test("the audit log has one entry for what was sent after one read, with what the sessions showed", () => {
  const about = target({ copySessionIds: [1, 2, 7] });
  const { members } = read(about, [
    sampleSession(),
    sampleSession({ id: 2, phase: "Copying" }),
    sampleSession({ id: 7, status: "Suspend" }),
  ]);
  expect(entriesOf([suspend(true, 1, 2), resume(7)], members)).toEqual([
    { act: "suspend by force 1, 2; resume 7", reason: "1 Equivalent, 1 Copying, 1 Suspend" },
  ]);
});

test("an entry does not grow without bound", () => {
  const [entry] = entriesOf([suspend(false, ...Array(40).keys())], []);
  expect(entry?.act).toMatch(/^suspend 0, 1, .*, 15 and 24 more$/);
});
