import { describe, expect, test } from "vitest";
import type { JournalFact } from "../../../provider/core/journal/journal.ts";
import { journaled, missedEntries } from "../../../provider/core/reconcile/journaled.ts";
import { failure } from "./scripted-reconciler.ts";

const act = {
  urn: "urn:v",
  array: "https://east",
  object: "session 7",
  act: "cutover",
  reason: "ready",
  from: "Ready",
};

/** A journal whose disk takes a while, and what happened in which order. */
function slowJournal() {
  const happened: string[] = [];
  const write = async (fact: JournalFact) => {
    await new Promise((resolve) => setImmediate(resolve));
    happened.push(fact.kind === "answered" ? `answered ${fact.outcome}` : fact.kind);
  };
  return { happened, journal: { missed: [], write } };
}

describe("an act", () => {
  test.each([
    ["taken", async () => ({}), "taken"],
    ["rejected, which the plan handles", async () => ({ outcome: "rejected" }) as const, "rejected"],
    ["lost", async () => ({ outcome: "lost" }) as const, "lost"],
    ["never sent", () => Promise.reject(failure("unreachable")), "not sent"],
    ["refused", () => Promise.reject(failure("refused")), "rejected"],
    ["cut off", () => Promise.reject(failure("lost")), "lost"],
  ] as const)("is on disk before it is sent, and again when it was %s", async (_, send, outcome) => {
    const { happened, journal } = slowJournal();
    const sent = journaled(journal, act, () => {
      happened.push("sent");
      return send();
    });
    await sent.catch(() => undefined);
    expect(happened).toEqual(["sending", "sent", `answered ${outcome}`]);
  });

  test("without a journal is sent all the same", async () => {
    expect(await journaled(undefined, act, async () => ({ outcome: "lost" }) as const)).toEqual({ outcome: "lost" });
  });
});

test("an object's record takes over the acts that it lacks: of this object alone, and what was sent", () => {
  const missed = [
    { ...act, at: "2030-01-01T00:00:00Z", run: "1", who: "me", outcome: "taken" },
    { ...act, at: "2030-01-01T00:00:01Z", run: "1", who: "me", outcome: "lost", change: "CHG1" },
    { ...act, at: "2030-01-01T00:00:02Z", run: "1", who: "me", outcome: "not sent" },
    { ...act, object: "session 70", at: "2030-01-01T00:00:03Z", run: "1", who: "me", outcome: "taken" },
  ] as const;
  expect(missedEntries(missed, ["session 7"])).toEqual([
    { act: "cutover", at: "2030-01-01T00:00:00Z", reason: "ready", from: "Ready" },
    { act: "cutover", at: "2030-01-01T00:00:01Z", reason: "ready", from: "Ready", outcome: "lost", change: "CHG1" },
  ]);
  const ofMany = [{ ...missed[0], object: "copy session 1, copy session 2" }];
  expect(missedEntries(ofMany, ["copy session 2"])).toHaveLength(1);
});
