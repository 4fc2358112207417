import { expect, test } from "vitest";
import type { Leg } from "../../../provider/core/preview/route.ts";
import { routeText } from "../../../provider/core/preview/route-text.ts";
import type { Step } from "../../../provider/core/reconcile/step.ts";
import type { Target } from "../../../provider/core/resource.ts";

const act = (...actions: readonly string[]): Step<string> => ({ kind: "act", actions, reason: "it is due" });
const wait: Step<string> = { kind: "wait", reason: "copying" };
const settled: Step<string> = { kind: "settled", reason: "done" };
const resting: Step<string> = { kind: "settled", reason: "done", rests: "Ready_For_Cutover" };
const held: Step<string> = { kind: "held", reason: "held: set cutoverApproval" };
const stuck: Step<string> = { kind: "stuck", reason: "it is broken", next: "Fix it." };

const target: Target<string, string> = {
  urn: "urn:v",
  operation: { kind: "create" },
  inputs: "inputs",
  unknown: [],
  recorded: undefined,
  isPreview: true,
};

/** Actions that say what they are asked about. */
const actions = {
  dedupeKey: (action: string) => action,
  planText: (acts: readonly string[], at: string, { inputs }: typeof target) =>
    `${acts.join(" and ")} at ${at} for ${inputs}`,
  warnings: (acts: readonly string[], at: string, { inputs }: typeof target) =>
    acts
      .filter((action) => action.startsWith("cut"))
      .map((action) => `${action} (irreversible) at ${at} for ${inputs}`),
  entries: () => [],
  about: () => [],
  send: () => Promise.reject(new Error("a preview sends nothing")),
};

type Legs = readonly Partial<Leg<string, string>>[];
const textOf = (legs: Legs) =>
  routeText(
    legs.map((leg) => ({ at: "A", step: settled, ...leg })),
    actions,
    target,
  );

test.each<readonly [string, Legs, string]>([
  ["nothing to send", [{ step: settled }], "done: nothing to send"],
  ["nothing to send, wherever it rests", [{ step: resting }], "done: nothing to send"],
  ["a closed gate", [{ step: held }], "held: set cutoverApproval"],
  ["what would fail", [{ step: stuck }], "would fail: it is broken. Fix it."],
  ["an action", [{ step: act("create") }, { step: settled }], "create at A for inputs"],
  ["actions of one step", [{ step: act("suspend", "resume") }], "suspend and resume at A for inputs"],
  [
    "each step where it is taken",
    [{ step: act("create") }, { at: "B", step: wait }, { at: "C", step: act("cutover") }, { at: "D", step: settled }],
    "create at A for inputs; then cutover at C for inputs",
  ],
  ["a wait first", [{ step: wait }, { step: act("cutover") }], "wait: copying; then cutover at A for inputs"],
  ["a wait and nothing else", [{ step: wait }, { step: settled }], "wait: copying"],
  [
    "where it rests",
    [{ step: act("create") }, { step: resting }],
    "create at A for inputs; then rest at Ready_For_Cutover",
  ],
  [
    "where it is held",
    [{ step: act("create") }, { step: held }],
    "create at A for inputs; then held: set cutoverApproval",
  ],
  ["where it would fail", [{ step: wait }, { step: stuck }], "wait: copying; then would fail: it is broken. Fix it."],
  [
    "a fork",
    [{ step: wait }, { step: act("cutover"), condition: "ready in time", otherwise: held }],
    "wait: copying; then if ready in time: cutover at A for inputs; otherwise held: set cutoverApproval",
  ],
  [
    "a fork at once, and what follows it",
    [
      { step: act("create"), condition: "paused does not hold it", otherwise: held },
      { step: resting, condition: "paused does not hold it" },
    ],
    "if paused does not hold it: create at A for inputs; otherwise held: set cutoverApproval; then rest at Ready_For_Cutover",
  ],
  [
    "a fork into a wait, or into an end without words of its own",
    [{ step: act("create") }, { step: wait, condition: "in time", otherwise: settled }],
    "create at A for inputs; then if in time: copying; otherwise done",
  ],
  [
    "a fork into actions on both sides",
    [{ step: act("cutover"), condition: "in time", otherwise: act("pause") }],
    "if in time: cutover at A for inputs; otherwise pause at A for inputs",
  ],
])("a row shows %s", (_, legs, row) => {
  expect(textOf(legs).row).toBe(row);
});

test.each<readonly [string, Legs, readonly string[]]>([
  ["nothing of what needs nothing", [{ step: settled }], []],
  ["nothing of a wait", [{ step: wait }, { step: settled }], []],
  [
    "what every action puts at stake, where it is taken",
    [{ step: act("cutover 1") }, { step: wait }, { at: "B", step: act("create", "cutover 2") }],
    ["cutover 1 (irreversible) at A for inputs", "cutover 2 (irreversible) at B for inputs"],
  ],
  ["a gate that is closed now", [{ step: held }], ["held: set cutoverApproval"]],
  ["no gate that is met later, which stands on the row", [{ step: act("create") }, { step: held }], []],
  ["what would fail now", [{ step: stuck }], ["would fail: it is broken. Fix it."]],
  ["what would fail later", [{ step: wait }, { step: stuck }], ["would fail: it is broken. Fix it."]],
  [
    "everything after a fork with its condition",
    [
      { step: act("create"), condition: "in time", otherwise: held },
      { step: act("cutover"), condition: "in time, and approved", otherwise: held },
      { step: stuck, condition: "in time, and approved" },
    ],
    [
      "if in time, and approved: cutover (irreversible) at A for inputs",
      "if in time, and approved: would fail: it is broken. Fix it.",
    ],
  ],
  [
    "a gate that is closed now, as far as is known, with its condition",
    [{ step: held, condition: "size is more", otherwise: settled }],
    ["if size is more: held: set cutoverApproval"],
  ],
  [
    "the other side of a fork",
    [{ step: wait }, { step: act("pause"), condition: "in time", otherwise: act("cutover") }],
    ["cutover (irreversible) at A for inputs"],
  ],
  [
    "what would fail on the other side of a fork, but no gate",
    [
      { step: wait, condition: "in time", otherwise: stuck },
      { step: wait, condition: "in time", otherwise: held },
    ],
    ["would fail: it is broken. Fix it."],
  ],
])("a preview warns of %s", (_, legs, warnings) => {
  expect(textOf(legs).warnings).toEqual(warnings);
});
