import type { Route } from "../../../core/preview/route.ts";
import type { Foreseen, Step } from "../../../core/reconcile/step.ts";
import type { CommandLog } from "../commands/command-log.ts";
import type { Mirror } from "../observe/both-sides.ts";
import type { RecordedGroup } from "../recorded.ts";
import type { GroupAction } from "./actions.ts";
import { planGroup } from "./group.ts";
import { type Member, withSent } from "./member.ts";

/** A group as a read shows it, with all that a run has to remember. */
export interface ObservedGroup {
  readonly members: readonly Member[];
  readonly log: CommandLog;
  /** What was recorded last, in this run or before. Undefined: nothing yet. */
  readonly previous: RecordedGroup | undefined;
  /** Sessions on record that the group lets go: nothing is sent for them, and they leave the record. @default none */
  readonly leaving?: readonly Member[];
  /** Members that another group drives from the other array. @default none */
  readonly mirrors?: readonly Mirror[];
  /** When it was read, in milliseconds since the epoch. */
  readonly readMs: number;
  /** On what it depends, one after the other, whether the members are, or need, what they seem to. @default none, as in every run */
  readonly doubts?: readonly Doubt[];
}

/** What a preview cannot know. */
export interface Doubt {
  readonly condition: string;
  /** What happens where the condition is not met: all that would be sent, or where that ends. */
  readonly otherwise: Step<GroupAction>;
  /** The same step by step. */
  readonly route: Route<ObservedGroup, GroupAction>;
}

export function planObserved({ members, doubts = [] }: ObservedGroup, nowMs: number): Foreseen<GroupAction> {
  const [doubt, ...more] = doubts;
  const step = more.length > 0 ? readAgain : planGroup(members, nowMs);
  return doubt === undefined ? step : { kind: "fork", ...doubt, step };
}

const readAgain: Step<GroupAction> = { kind: "wait", reason: "what the sessions show then decides" };

/** The group with what has come of a command since it was read. */
export function withLog(observed: ObservedGroup, log: CommandLog): ObservedGroup {
  return { ...observed, log, members: withSent(log, observed.members) };
}
