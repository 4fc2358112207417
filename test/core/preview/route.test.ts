import { expect, test } from "vitest";
import { type Ahead, route } from "../../../provider/core/preview/route.ts";
import type { Moment, Step } from "../../../provider/core/reconcile/step.ts";
import { fork } from "../reconcile/fork.ts";

const act = (action: string): Step<string> => ({ kind: "act", actions: [action], reason: `due: ${action}` });
const wait: Step<string> = { kind: "wait", reason: "copying" };
const settled: Step<string> = { kind: "settled", reason: "done" };
const held: Step<string> = { kind: "held", reason: "held: set cutoverApproval" };
const stuck: Step<string> = { kind: "stuck", reason: "broken", next: "Fix it." };

/** A plan that answers by a table from what is observed; every step but an end leads to the next number. */
function ahead(plans: readonly ReturnType<Ahead<number, string>["plan"]>[], ends?: number) {
  const moments: Moment[] = [];
  const taken: Step<string>[] = [];
  const way: Ahead<number, string> = {
    plan(at, moment) {
      moments.push(moment);
      return plans[at] ?? settled;
    },
    next(at, step) {
      taken.push(step);
      const isOver = step.kind !== "act" && step.kind !== "wait";
      return isOver || at === ends ? undefined : at + 1;
    },
  };
  return { way, moments, taken };
}

test("a route is the plan run ahead on what the array shows next, up to where the plan settles", () => {
  const { way, taken } = ahead([act("create"), wait, act("cutover")]);
  expect(route(way, 0, 5)).toEqual([
    { at: 0, step: act("create") },
    { at: 1, step: wait },
    { at: 2, step: act("cutover") },
    { at: 3, step: settled },
  ]);
  expect(taken).toEqual([act("create"), wait, act("cutover"), settled]);
});

test("only the first step is planned for now; every later one is planned for an unknown time after it", () => {
  const { way, moments } = ahead([act("create"), wait]);
  route(way, 0, 5);
  expect(moments).toEqual([
    { nowMs: 5, isNow: true },
    { nowMs: 5, isNow: false },
    { nowMs: 5, isNow: false },
  ]);
});

test.each([
  ["held", held],
  ["stuck", stuck],
  ["settled", settled],
] as const)("a route ends where the plan is %s", (_, end) => {
  const { way } = ahead([wait, end, act("never")]);
  expect(route(way, 0, 5).map(({ step }) => step)).toEqual([wait, end]);
});

test("a route of one step is one that needs nothing", () => {
  const { way } = ahead([settled]);
  expect(route(way, 0, 5)).toEqual([{ at: 0, step: settled }]);
});

test("a route ends where nobody can tell what the array shows next", () => {
  const { way } = ahead([act("create"), wait, act("never")], 1);
  expect(route(way, 0, 5).map(({ step }) => step)).toEqual([act("create"), wait]);
});

test("where the plan forks the route follows it and notes what happens otherwise", () => {
  const { way, taken } = ahead([act("create"), fork("ready in time", act("cutover"), held)]);
  expect(route(way, 0, 5)).toEqual([
    { at: 0, step: act("create") },
    { at: 1, step: act("cutover"), condition: "ready in time", otherwise: held },
    { at: 2, step: settled, condition: "ready in time" },
  ]);
  expect(taken).toEqual([act("create"), act("cutover"), settled]);
});

test("what comes after two forks depends on both conditions", () => {
  const { way } = ahead([fork("approved", wait, held), act("pause"), fork("in time", act("cutover"), held)]);
  expect(route(way, 0, 5).map(({ condition, otherwise }) => [condition, otherwise])).toEqual([
    ["approved", held],
    ["approved", undefined],
    ["approved, and in time", held],
    ["approved, and in time", undefined],
  ]);
});

test("a plan that never ends is a defect", () => {
  expect(() => route({ plan: () => wait, next: (at) => at }, 0, 5)).toThrow("a route of more than 100 steps");
});

test("a long way is no defect", () => {
  const { way } = ahead(Array.from({ length: 99 }, () => wait));
  expect(route(way, 0, 5)).toHaveLength(100);
});
