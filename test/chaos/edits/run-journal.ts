import type { Clock } from "../../../provider/core/async/clock.ts";
import type { Journal, JournalEntry, JournalFact } from "../../../provider/core/journal/journal.ts";
import { isSameStack, journalOf } from "../../engine/direct/journal.ts";

/** What all runs of all stacks wrote down, here for the judge as well. */
export interface RunJournals {
  /** The journal of one run. @param isShown whether the run sees what earlier ones wrote */
  open(isShown: boolean): RunJournal;
  /** Who took an object of a stack over last, whoever may read that. @param urn of any resource of the stack */
  driver(urn: string, object: string): string | undefined;
}

export interface RunJournal {
  readonly journal: Journal;
  /** What is written down as sent, and has no answer yet. */
  underWay(): readonly Sending[];
  /** Whether the resource has taken the object over in this run. */
  hasTaken(urn: string, object: string): boolean;
  /** The machine is lost: nothing more is written. */
  die(): void;
}

export type Sending = Extract<JournalFact, { readonly kind: "sending" }>;

export function runJournals(clock: Pick<Clock, "nowMs">): RunJournals {
  const all: JournalEntry[] = [];
  let runs = 0;
  return {
    open(isShown) {
      const run = `run-${++runs}`;
      let isDead = false;
      const own = () => all.filter((entry) => entry.run === run);
      return {
        journal: journalOf(all, run, clock, {
          sees: (entry) => isShown || entry.run === run,
          isThere: () => !isDead,
        }),
        underWay() {
          const answered = new Set(own().flatMap((entry) => (entry.kind === "answered" ? [entry.id] : [])));
          return own().flatMap((entry) => (entry.kind === "sending" && !answered.has(entry.id) ? [entry] : []));
        },
        hasTaken: (urn, object) =>
          own().some((entry) => entry.kind === "takeover" && entry.urn === urn && entry.object === object),
        die() {
          isDead = true;
        },
      };
    },
    driver(urn, object) {
      const takeovers = all.filter((entry) => entry.kind === "takeover" && isSameStack(entry.urn, urn));
      return takeovers.findLast((entry) => "object" in entry && entry.object === object)?.urn;
    },
  };
}
