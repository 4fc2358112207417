import { expect, test } from "vitest";
import { progressMarker, shownText } from "../../../../provider/powerstore/import-session/act/progress.ts";
import { sampleObserved, sampleSession } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const at = (minutes: number) => new Date(nowMs + minutes * 60_000).toISOString();
const copy = (changes: object = {}) => sampleSession("Copy_In_Progress", { progress_percentage: 43, ...changes });
const fingerprintOf = (session = copy(), members = [copy()]) =>
  progressMarker(sampleObserved(session, members, { atMs: nowMs }))?.fingerprint;

test.each([
  ["a percent", copy({ progress_percentage: 44 })],
  ["a state", sampleSession("Ready_For_Cutover", { progress_percentage: 43 })],
  ["a rate above 0", copy({ current_transfer_rate: 7 })],
  ["an error", copy({ error: { code: "0xE0" } })],
])("%s that changes is a movement, of a member too", (_, changed) => {
  expect(fingerprintOf(changed)).not.toBe(fingerprintOf());
  expect(fingerprintOf(copy(), [changed])).not.toBe(fingerprintOf());
});

test.each([
  ["the average rate", { average_transfer_rate: 7 }],
  ["the estimate", { estimated_completion_timestamp: at(9) }],
  ["the time of the last update", { last_update_timestamp: at(0) }],
])("%s keeps changing while nothing is copied, and is none", (_, changes) => {
  expect(fingerprintOf(copy(changes))).toBe(fingerprintOf());
});

test.each([
  ["Queued", {}, [], false],
  ["Scheduled", { scheduled_timestamp: at(1) }, [], false],
  ["Scheduled", {}, [], false],
  ["Scheduled", { scheduled_timestamp: at(-1) }, [], true],
  ["In_Progress", {}, ["Queued", "Queued"], false],
  ["In_Progress", {}, ["Queued", "Copy_In_Progress"], true],
  ["Cancel_In_Progress", {}, [], true],
  ["Half_Way_There", {}, [], true],
])("a session that is %s with %j and members %j is judged: %s ends the wait", (state, changes, states, isJudged) => {
  const members = states.map((word) => sampleSession(word));
  expect(progressMarker(sampleObserved(sampleSession(state, changes), members, { atMs: nowMs })) !== undefined).toBe(
    isJudged,
  );
});

test("what is shown is in the array's words, of a group its members by their states", () => {
  const session = sampleSession("In_Progress", { error: { code: "0xE0", message_l10n: "Late" } });
  const members = [copy(), copy(), sampleSession("Queued")];
  expect(shownText(sampleObserved(session, members))).toBe(
    "In_Progress, members: 2 Copy_In_Progress, 1 Queued, 0xE0 Late",
  );
  expect(shownText(sampleObserved(copy({ current_transfer_rate: 812e6 })))).toBe("Copy_In_Progress, 43%, 812 MB/s");
});
