import type { Clock } from "../../../provider/core/async/clock.ts";
import type { Recorded } from "../../../provider/core/resource.ts";
import type { EternusArray } from "../../../provider/eternus/connect.ts";
import {
  type RecSessionGroupInputs,
  recordedGroupInputs,
  recSessionGroupInputs,
} from "../../../provider/eternus/rec-session-group/inputs.ts";
import type { GroupAction } from "../../../provider/eternus/rec-session-group/plan/actions.ts";
import type { ObservedGroup } from "../../../provider/eternus/rec-session-group/plan/observed.ts";
import type { RecordedGroup } from "../../../provider/eternus/rec-session-group/recorded.ts";
import { recSessionGroupResource } from "../../../provider/eternus/rec-session-group/resource.ts";
import type { EternusSimulation, SimulationOptions } from "../../arrays/eternus/simulation.ts";
import { arrangeCopySessions, arrangeSuspend } from "../arrange-eternus.ts";
import type { Question } from "../preview-of.ts";
import type { Trial } from "../trial.ts";
import { type GroupCase, sessionIds } from "./group-case.ts";
import { groupVocabulary, sentTo } from "./group-vocabulary.ts";

export type GroupTrial = Trial<RecSessionGroupInputs, RecordedGroup, ObservedGroup, GroupAction>;

/** A simulated ETERNUS, and the product connected to it. */
export interface Reached {
  readonly clock: Clock;
  readonly array: EternusSimulation;
  readonly connection: EternusArray;
  close(): Promise<void>;
}

/** Makes a simulated ETERNUS and connects the product to it: in this process, or over HTTPS. */
export type Reach = (options: SimulationOptions) => Reached | Promise<Reached>;

/**
 * Puts an ETERNUS into the situation, and asks the resource for what the program declares.
 *
 * @param unknown names of inputs that are not known yet. @default none
 */
export async function groupTrial(one: GroupCase, reach: Reach, unknown: readonly string[] = []): Promise<GroupTrial> {
  const { clock, array, connection, close } = await reach({});
  const resource = recSessionGroupResource(() => connection);
  const question = await arranged(one, resource, array, unknown);
  return {
    resource,
    question,
    clock,
    maxMs: 15 * 60_000,
    sent: () => sentTo(array),
    vocabulary: groupVocabulary,
    close,
  };
}

const urn = "urn:pulumi:dev::shop::pulumi-nodejs:dynamic/pulumi-storage-migration:RecSessionGroup::erp-dr";

type Resource = ReturnType<typeof recSessionGroupResource>;

/** The sessions are first as the group finds them, and then as they are now. */
async function arranged(
  one: GroupCase,
  resource: Resource,
  array: EternusSimulation,
  unknown: readonly string[],
): Promise<Question<RecSessionGroupInputs, RecordedGroup>> {
  const { how, sessions } = one;
  const ids = sessions.map((_, index) => idAt(index));
  const before = inputsOf(one, how === "one is added" ? ids.slice(0, -1) : ids);
  arrangeCopySessions(
    array,
    sessions.map(({ found = "Active", transferMode, recoveryMode }, index) => ({
      id: idAt(index),
      status: found,
      phase: "Equivalent",
      ...(transferMode === undefined ? {} : { transferMode }),
      ...(recoveryMode === undefined ? {} : { recoveryMode }),
    })),
  );
  const recorded = how === "new" ? undefined : await recordedOf(before, resource, array.clock);
  arrangeGroup(array, one);
  const now = one.declares?.startsWith("the first") ? ids.slice(0, 1) : ids;
  const inputs = unknown.length === 0 ? inputsOf(one, now) : knownInputs(one, now, unknown);
  const base = { urn, inputs, unknown, isPreview: true } as const;
  if (recorded === undefined)
    return { kind: "create", target: { ...base, operation: { kind: "create" }, recorded: undefined } };
  if (how === "destroy") {
    const operation = { kind: "delete" } as const;
    return { kind: "delete", target: { ...base, operation, recorded: suspendedHere(recorded, one) } };
  }
  const changed = [...(before.copySessionIds.length === now.length ? [] : ["copySessionIds"]), ...unknown];
  return {
    kind: "update",
    target: { ...base, operation: { kind: "update", before }, recorded },
    before,
    changed,
  };
}

/** The group has suspended those that are suspended from equivalence, and somebody else the others. */
function suspendedHere(recorded: Recorded<RecordedGroup>, { sessions }: GroupCase): Recorded<RecordedGroup> {
  const ours = recorded.state.sessions.map((known, index) => {
    const { status, phase } = sessions[index] ?? {};
    return status === "Suspend" && phase === "Equivalent" ? { ...known, status, suspendedBy: 8_192_001 } : known;
  });
  return { ...recorded, state: { ...recorded.state, sessions: ours } };
}

/** Puts the sessions of a group where they are now. @throws RangeError if the suspend that is to be under way cannot be */
export function arrangeGroup(
  array: EternusSimulation,
  { sessions, suspend = "none" }: Pick<GroupCase, "sessions" | "suspend">,
): void {
  const ids = sessions.map((_, index) => idAt(index));
  arrangeCopySessions(
    array,
    sessions.map((session, index) => ({ id: idAt(index), ...session })),
  );
  if (suspend === "none") return;
  if (suspend === "Running by force") arrangeSuspend(array, ids, "Running", true);
  else arrangeSuspend(array, ids, suspend);
}

function idAt(index: number): number {
  return sessionIds[index] ?? 100 + index;
}

function inputsOf(one: GroupCase, ids: readonly number[]): RecSessionGroupInputs {
  return recSessionGroupInputs.parse(givenInputs(one, ids));
}

/** The same with some that are not known yet. */
function knownInputs(one: GroupCase, ids: readonly number[], unknown: readonly string[]): RecSessionGroupInputs {
  const given = Object.entries(givenInputs(one, ids));
  return recordedGroupInputs.parse(Object.fromEntries(given.filter(([name]) => !unknown.includes(name))));
}

function givenInputs({ target, direction, modes, sessions, declares }: GroupCase, ids: readonly number[]): object {
  const left = sessions.map((_, index) => idAt(index)).filter((id) => !ids.includes(id));
  return {
    copySessionIds: [...ids],
    ...(declares === "the first, resuming the others" ? { resume: left } : {}),
    targetState: target.startsWith("Active") ? "Active" : "Suspend",
    ...(target === "Suspend by force" ? { force: true } : {}),
    ...(target === "Active, copying" ? { waitForEquivalent: false } : {}),
    ...(direction === undefined ? {} : { direction }),
    ...modes,
  };
}

/** What a run has recorded that saw the sessions as they are, and sent nothing. */
async function recordedOf(
  inputs: RecSessionGroupInputs,
  resource: Resource,
  clock: { nowMs(): number },
): Promise<Recorded<RecordedGroup>> {
  const nowMs = clock.nowMs();
  const operation = { kind: "create" } as const;
  const target = { urn, operation, inputs, unknown: [], recorded: undefined, isPreview: false };
  const observed = await resource.observe(target, undefined, { signal: new AbortController().signal, nowMs });
  const recorded = resource.record(observed, target, { entries: [], step: undefined, nowMs });
  if (recorded === undefined) throw new Error("nothing is recorded of a group that is there");
  return recorded;
}
