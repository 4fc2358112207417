import { route } from "../../../provider/core/preview/route.ts";
import { routeText } from "../../../provider/core/preview/route-text.ts";
import type { CopySession } from "../../../provider/eternus/copy-session.ts";
import type { Job } from "../../../provider/eternus/job.ts";
import { openCommandLog } from "../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { afterFirstJobs } from "../../../provider/eternus/rec-session-group/commands/follow-jobs.ts";
import { type RecSessionGroupInputs, recordedGroupInputs } from "../../../provider/eternus/rec-session-group/inputs.ts";
import type { GroupAction } from "../../../provider/eternus/rec-session-group/plan/actions.ts";
import type { ObservedGroup } from "../../../provider/eternus/rec-session-group/plan/observed.ts";
import { observedGroup } from "../../../provider/eternus/rec-session-group/plan/sight.ts";
import type { GroupTarget } from "../../../provider/eternus/rec-session-group/plan/target.ts";
import { type RecordedGroup, recSessionGroupState } from "../../../provider/eternus/rec-session-group/recorded.ts";
import { recSessionGroupResource } from "../../../provider/eternus/rec-session-group/resource.ts";

export const urn = "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/eternus:RecSessionGroup::erp-dr";
export const nowMs = Date.UTC(2030, 0, 1);

/** The resource, without an array: what it decides, it decides on what was read. */
export const group = recSessionGroupResource(() => {
  throw new Error("no array is read here");
});

/** What a preview of a new group is about, as far as it is not as usual. */
export function target(inputs: Partial<RecSessionGroupInputs>, changes: Partial<GroupTarget> = {}): GroupTarget {
  const operation = { kind: "create" } as const;
  const known = recordedGroupInputs.parse(inputs);
  return { urn, operation, inputs: known, unknown: [], recorded: undefined, isPreview: true, ...changes };
}

/** The same of a group that is recorded. */
export function update(
  inputs: Partial<RecSessionGroupInputs>,
  state: RecordedGroup,
  changes: Partial<GroupTarget> & { readonly before?: Partial<RecSessionGroupInputs> } = {},
): GroupTarget & { readonly recorded: { readonly id: string; readonly state: RecordedGroup } } {
  const { before = inputs, ...more } = changes;
  const operation = { kind: "update", before: recordedGroupInputs.parse(before) } as const;
  return { ...target(inputs, { operation, ...more }), recorded: { id: "erp-dr", state } };
}

/** What a first read shows of these sessions, with the user's jobs that are under way. */
export function read(about: GroupTarget, sessions: readonly CopySession[], jobs: readonly Job[] = []): ObservedGroup {
  const ids = sessions.map(({ id }) => id);
  return observedGroup(about, {
    log: afterFirstJobs(openCommandLog([], about.recorded === undefined), jobs, ids),
    previous: about.recorded?.state,
    readMs: nowMs,
    sessionFor: (id) => (id < 0 ? "not read" : sessions.find((session) => session.id === id)),
    before: [],
  });
}

/** What is recorded after such a read. */
export function recordedAfter(about: GroupTarget, observed: ObservedGroup): RecordedGroup {
  const recorded = group.record(observed, about, { entries: [], step: undefined, nowMs });
  return recSessionGroupState.parse(JSON.parse(JSON.stringify(recorded?.state ?? {})));
}

/** The same record once a job of the group has suspended all of it. */
export function suspendedHere(state: RecordedGroup): RecordedGroup {
  const sessions = state.sessions.map((session) => ({ ...session, status: "Suspend", suspendedBy: 7 }));
  return { ...state, sessions, consistent: true };
}

/** The steps of a run that begins there. */
export function legsFrom(about: GroupTarget, observed: ObservedGroup) {
  const plan = about.operation.kind === "delete" ? group.planDelete : group.plan;
  return route<ObservedGroup, GroupAction>(
    { plan: (at, moment) => plan(about, at, moment), next: (at, step) => group.next(at, step, about) },
    observed,
    nowMs,
  );
}

/** What a preview shows of a run that begins there. */
export function shown(about: GroupTarget, observed: ObservedGroup): { row: string; warnings: readonly string[] } {
  const legs = legsFrom(about, observed);
  const [first] = legs;
  const { row, warnings } = routeText(legs, group.actions, about);
  const notices = first === undefined ? [] : group.progress(observed, first.step, about).warnings;
  return { row, warnings: [...warnings, ...notices] };
}
