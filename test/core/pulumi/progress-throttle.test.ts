import { expect, test } from "vitest";
import type { EngineLog, ThrottleHint } from "../../../provider/core/log.ts";
import { silentLog } from "../../../provider/core/log.ts";
import { throttledLog } from "../../../provider/core/pulumi/progress-throttle.ts";

const minuteMs = 60_000;

/** A log whose rows are throttled by a clock that the test moves. */
function throttled() {
  const lines: string[] = [];
  const clock = { ms: 0 };
  const inner: EngineLog = { ...silentLog, progress: (urn, text) => lines.push(`${urn} ${text}`) };
  const chance = () => 0;
  const log = throttledLog(inner, { nowMs: () => clock.ms, sleep: async () => {}, chance });
  return { lines, clock, log };
}

/** Waits of eight hours, each read every half minute, each read with another text: the most that can be shown. */
function linesOf(count: number, hintAt: (atMs: number) => ThrottleHint): number {
  const { lines, clock, log } = throttled();
  for (; clock.ms <= 8 * 60 * minuteMs; clock.ms += minuteMs / 2) {
    for (let row = 0; row < count; row++) log.progress(`urn:${row}`, `copying ${clock.ms}`, hintAt(clock.ms));
  }
  return lines.length;
}

const leftMs = (atMs: number) => 8 * 60 * minuteMs - atMs;
const stages = ["queued", "setting up", "copying", "waiting for the group", "cutting over"];
const stageAt = (atMs: number) => stages[Math.floor(atMs / (100 * minuteMs))] ?? "";

// The numbers of docs/reference.md.
test.each([
  ["a copy of 8 hours with an estimate", 1, (atMs: number) => ({ stage: "copying", leftMs: leftMs(atMs) }), 60],
  ["a copy of 8 hours without an estimate", 1, () => ({ stage: "copying" }), 60],
  ["8 hours in five stages", 1, (atMs: number) => ({ stage: stageAt(atMs) }), 60],
  ["8 hours with an array that comes and goes", 1, (atMs: number) => ({ stage: `${(atMs / 30_000) % 2}` }), 60],
  ["100 copies of 8 hours with estimates", 100, (atMs: number) => ({ stage: "copying", leftMs: leftMs(atMs) }), 3000],
  ["100 waits of 8 hours in five stages", 100, (atMs: number) => ({ stage: stageAt(atMs) }), 3500],
])("%s: up to so many lines", (_, count, hintAt, most) => {
  const lines = linesOf(count, hintAt);
  expect(lines).toBeLessThanOrEqual(most);
  expect(lines).toBeGreaterThan(most / 2);
});

test("a new stage is shown at once, and what has no hint always", () => {
  const { lines, log } = throttled();
  log.progress("urn:v", "queued", { stage: "queued" });
  log.progress("urn:v", "copying 1%", { stage: "copying" });
  log.progress("urn:v", "copying 2%", { stage: "copying" });
  log.progress("urn:v", "would send cutover");
  expect(lines).toEqual(["urn:v queued", "urn:v copying 1%", "urn:v would send cutover"]);
});

test("near the end a row is shown more often", () => {
  const { lines, clock, log } = throttled();
  log.progress("urn:v", "copying", { stage: "copying" });
  clock.ms = 100 * minuteMs;
  log.progress("urn:v", "ready in 3m", { stage: "copying", leftMs: 3 * minuteMs });
  clock.ms += minuteMs;
  log.progress("urn:v", "ready in 2m", { stage: "copying", leftMs: 2 * minuteMs });
  expect(lines).toEqual(["urn:v copying", "urn:v ready in 3m", "urn:v ready in 2m"]);
});

test("a text that stays the same is a sign of life with how long it has stood", () => {
  const { lines, clock, log } = throttled();
  for (; clock.ms <= 30 * minuteMs; clock.ms += minuteMs) log.progress("urn:v", "queued", { stage: "queued" });
  expect(lines.slice(0, 4)).toEqual([
    "urn:v queued",
    "urn:v queued (unchanged for 1m)",
    "urn:v queued (unchanged for 2m)",
    "urn:v queued (unchanged for 3m)",
  ]);
  expect(lines.at(-1)).toBe("urn:v queued (unchanged for 27m)");
});

test("a row that has ended does not slow down the others", () => {
  const { lines, clock, log } = throttled();
  for (const urn of ["urn:v", "urn:w"]) log.progress(urn, "copying 1%", { stage: "copying" });
  clock.ms = 5000;
  log.progress("urn:v", "copying 2%", { stage: "copying" });
  log.end("urn:w");
  log.progress("urn:v", "copying 3%", { stage: "copying" });
  expect(lines).toEqual(["urn:v copying 1%", "urn:w copying 1%", "urn:v copying 3%"]);
});
