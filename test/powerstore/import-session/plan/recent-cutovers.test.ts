import { expect, test } from "vitest";
import { recentCutovers } from "../../../../provider/powerstore/import-session/plan/recent-cutovers.ts";

const at = "2030-01-01T00:00:00.000Z";
const ready = "cutover 7 from Ready_For_Cutover";
const incomplete = "cutover 7 from Import_Cutover_Incomplete";

test.each([
  ["cutover", "Ready_For_Cutover", undefined, [ready]],
  ["cutover", "Import_Cutover_Incomplete", "rejected", [incomplete]],
  ["cutover", "Import_Cutover_Incomplete", "lost", [incomplete]],
  ["cutover", undefined, undefined, [ready, incomplete]],
  ["cutover", "a state nobody knows", undefined, [ready, incomplete]],
  ["pause", undefined, undefined, []],
] as const)(
  "a recorded %s from %s (%s) uses up its opportunity, or each where it does not say from where",
  (act, from, outcome, used) => {
    const recent = recentCutovers("7", [{ act, at, reason: "", from, outcome }]);
    expect(recent).toEqual(used.map((dedupeKey) => ({ dedupeKey, atMs: Date.parse(at) })));
  },
);
