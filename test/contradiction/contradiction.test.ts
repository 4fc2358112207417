import { expect, test } from "vitest";
import type { Act } from "./act.ts";
import { contradiction, type End, excess, type Foretold, isOpen } from "./contradiction.ts";

const act = (text: string): Act => {
  const [kind = "", ...subjects] = text.split(" ");
  return { kind, subjects };
};
const ends = (kind: string, shows = "Ready", reason = "ready"): End => ({ kind, shows, reason });
const certain = (...acts: readonly string[]) => ({ acts: acts.map(act), condition: undefined, otherwise: undefined });

/** Two pauses are ended, and then a cutover depends on the time. */
const announced: Foretold = {
  legs: [
    certain("resume 1", "resume 2"),
    certain(),
    {
      acts: [act("cutover 1")],
      condition: "it is night",
      otherwise: { acts: [], end: ends("held", "Ready", "held till night") },
    },
  ],
  end: ends("settled", "Completed", "done"),
};
const failing: Foretold = { legs: [certain()], end: ends("stuck", "Failed", "failed") };
const open: Foretold = { legs: [certain("resume 1")], end: undefined };

/** Two are suspended, or resumed, or nobody can tell. */
const doubtful: Foretold = {
  legs: [
    {
      acts: [act("suspend 1"), act("suspend 2")],
      condition: "both are there",
      otherwise: { acts: [act("resume 1"), act("resume 2")], end: undefined },
    },
  ],
  end: ends("settled", "Suspended", "suspended"),
};

const done = ends("settled", "Completed", "done");
const held = ends("held", "Ready", "held till night");

// biome-ignore format: a table
test.each<[what: string, foretold: Foretold, acts: readonly string[], end: End, agrees: boolean]>([
  ["sends all that was announced, and ends as announced", announced, ["resume 1", "resume 2", "cutover 1"], done, true],
  ["sends them to the one before the other", announced, ["resume 2", "resume 1", "cutover 1"], done, true],
  ["is held where the preview says otherwise", announced, ["resume 1", "resume 2"], held, true],
  ["leaves out what was certain", announced, ["resume 1"], held, false],
  ["leaves out what was certain, and still cuts over", announced, ["resume 1", "cutover 1"], done, false],
  ["sends what was not announced", announced, ["resume 1", "resume 2", "pause 1", "cutover 1"], done, false],
  ["sends something again at once", announced, ["resume 1", "resume 2", "resume 1", "cutover 1"], done, true],
  ["sends something again later", announced, ["resume 1", "resume 2", "cutover 1", "resume 1"], done, false],
  ["sends it in another order", announced, ["cutover 1", "resume 1", "resume 2"], done, false],
  ["does not wait with one for the other", announced, ["resume 1", "cutover 1", "resume 2"], done, true],
  ["does it to something else", announced, ["resume 1", "resume 3", "cutover 1"], done, false],
  ["does it to both at once", announced, ["resume 1 2", "cutover 1"], done, false],
  ["is held without what comes before", announced, [], held, false],
  ["is held for another reason", announced, ["resume 1", "resume 2"], ends("held", "Ready", "paused"), false],
  ["is held elsewhere", announced, ["resume 1", "resume 2"], ends("held", "Paused", "held till night"), false],
  ["ends as the other way does", announced, ["resume 1", "resume 2"], done, false],
  ["fails instead", announced, ["resume 1", "resume 2", "cutover 1"], ends("refused", "Completed", "done"), false],
  ["fails as announced, and tells more", failing, [], ends("stuck", "Failed", "the disk is broken"), true],
  ["fails elsewhere", failing, [], ends("stuck", "Cancelled", "failed"), false],
  ["ends anyhow, where nobody can tell", open, ["resume 1"], ends("stalled", "Anything", "why"), true],
  ["sends more, where nobody can tell", open, ["resume 1", "cutover 1"], done, false],
  ["sends something else, where nobody can tell", open, ["cutover 1"], done, false],
  ["goes one way with the one and another with the other, where nobody can tell", doubtful, ["suspend 1", "resume 2"], done, true],
  ["changes from one way to another, where nobody can tell", doubtful, ["resume 1", "suspend 1", "suspend 2"], done, true],
  ["goes none of the ways with one of them, though nobody can tell", doubtful, ["suspend 1", "pause 2"], done, false],
  ["goes two ways at once, where it is told how each ends", announced, ["resume 1", "cutover 1"], done, false],
])("a run that %s", (_, foretold, acts, end, agrees) => {
  const said = contradiction(foretold, { acts: acts.map(act), end });
  expect(said === undefined).toBe(agrees);
});

// biome-ignore format: a table
test.each<[what: string, foretold: Foretold, acts: readonly string[], end: End, agrees: boolean]>([
  ["goes one of the ways", announced, ["resume 1", "resume 2", "cutover 1"], done, true],
  ["goes a way between them", announced, ["resume 2", "resume 1"], done, true],
  ["leaves out what was certain", announced, ["resume 1", "cutover 1"], done, false],
  ["sends what stands on none of them", announced, ["resume 1", "resume 2", "pause 1"], held, false],
  ["fails where none of them does", announced, ["resume 1", "resume 2"], ends("stuck"), false],
  ["ends anyhow, where nobody can tell", open, ["resume 1"], ends("stuck"), true],
  ["does to one what was announced for two", { legs: [certain("suspend 1 2")], end: undefined }, ["suspend 1", "suspend 2"], done, true],
])("where too much is not known, a run that %s", (_, foretold, acts, end, agrees) => {
  expect(excess(foretold, { acts: acts.map(act), end }) === undefined).toBe(agrees);
});

test("a contradiction tells what was announced, each way of it, and what the run did", () => {
  expect(contradiction(announced, { acts: [act("pause 1")], end: held })).toBe(
    [
      "announced: resume 1; resume 2, then held at Ready (held till night); or: resume 1; resume 2; cutover 1, then settled at Completed (done)",
      "  the run: pause 1, then held at Ready (held till night)",
    ].join("\n"),
  );
});

test("a preview is open where one of its ways has no end", () => {
  expect(isOpen(announced)).toBe(false);
  expect(isOpen(open)).toBe(true);
  const wait = { acts: [], condition: "ready", otherwise: { acts: [], end: undefined } };
  expect(isOpen({ legs: [wait], end: done })).toBe(true);
});
