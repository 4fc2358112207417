import type { MigrationError } from "../errors.ts";
import type { InputFailure } from "../inputs.ts";
import { type Audited, recordOf } from "../reconcile/run-resource.ts";
import { isAtRest } from "../reconcile/step.ts";
import type { Findings, Recorded, Resource, Target } from "../resource.ts";
import { type PreviewMeans, preflight, readNow, refusedIn } from "./preflight.ts";
import { type Ahead, route } from "./route.ts";
import { type PreviewText, routeText } from "./route-text.ts";

/** What a check comes to. */
export interface Checked {
  readonly failures: readonly InputFailure[];
  readonly texts: readonly PreviewText[];
}

/** What a run for these inputs would do, and what is certain to fail in it. Of an update its diff shows the route. */
export async function previewCheck<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
): Promise<Checked> {
  const { operation } = target;
  const isNew = operation.kind === "create" || operation.kind === "replace";
  if (target.unknown.length > 0)
    return { failures: [], texts: isNew ? [newText(resource, target, nothingFound, means)] : [] };
  const before = "before" in operation ? operation.before : undefined;
  const refused = resource.preview.refuse?.(before, target.inputs, means.clock.nowMs()) ?? [];
  if (refused.length > 0) return { failures: refused, texts: [] };
  const found = await preflight(resource, target, means);
  const texts: PreviewText[] = [{ warnings: found.warnings }];
  if (isNew && found.refusals.length === 0) texts.push(newText(resource, target, found, means));
  return { failures: found.refusals, texts };
}

const nothingFound = { refusals: [], warnings: [] };

function newText<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  { begins, instead, remarks = [] }: Findings<Observed>,
  { clock }: PreviewMeans,
): PreviewText {
  const textFrom = (observed: Observed) => textOf(resource, target, observed, clock.nowMs());
  const { row, warnings, isSettled } = textFrom(begins?.observed ?? resource.assume(target));
  const intro = begins?.intro;
  const shown = intro === undefined ? row : isSettled ? `${intro}: nothing to send` : `${intro}; ${row}`;
  const others = instead === undefined ? [] : textFrom(instead.observed).warnings;
  return {
    row: [shown, ...remarks].join("; "),
    warnings: [
      ...warnings,
      ...others.filter((text) => !warnings.includes(text)).map((text) => `${instead?.prefix}: ${text}`),
    ],
  };
}

/** What a route from here shows, with what somebody should know who sees this. */
function textOf<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed: Observed,
  nowMs: number,
) {
  const legs = route(aheadOf(resource, target), observed, nowMs);
  const { row, warnings } = routeText(legs, resource.actions, target);
  const [first] = legs;
  if (first === undefined) throw new Error("a route without a step");
  const also = resource.progress(observed, first.step, target).warnings;
  return { row, warnings: [...warnings, ...also], step: first.step, isSettled: first.step.kind === "settled" };
}

function aheadOf<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
): Ahead<Observed, Action> {
  const isDelete = target.operation.kind === "delete";
  return {
    plan: (at, moment) => (isDelete ? resource.planDelete(target, at, moment) : resource.plan(target, at, moment)),
    next: (at, step) => resource.next(at, step, target),
  };
}

/** What a diff is asked about. */
export interface DiffRequest<Inputs, State> {
  /** With the new inputs. */
  readonly target: Target<Inputs, State> & { readonly recorded: Recorded<State> };
  readonly before: Inputs;
  /** Names of the inputs that differ from those of the last run. */
  readonly changed: readonly string[];
}

/** What a diff comes to. */
export interface Diffed {
  readonly changes: boolean;
  /** Properties that force a replacement. */
  readonly replaces: readonly string[];
  readonly text: PreviewText;
  readonly refusal?: MigrationError | undefined;
}

/** Decides by what the array shows now what an update would do. */
export async function previewDiff<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  { target, before, changed }: DiffRequest<Inputs, State>,
  means: PreviewMeans,
): Promise<Diffed> {
  const certain = changed.filter((name) => !target.unknown.includes(name));
  // Another array in the new inputs is another matter: the resource is read, and left, where it is recorded.
  const isElsewhere = changed.includes("array");
  const read = isElsewhere
    ? ({ ...target, inputs: before, unknown: [], operation: { kind: "delete" } } as const)
    : target;
  const { observed, mode, isRefused, warnings } = await readNow(resource, read, means);
  const nowMs = means.clock.nowMs();
  const isGone = recordOf(resource, read, observed, nowMs) === undefined;
  const { row, step, ...shown } = textOf(resource, read, observed, nowMs);
  const answer = resource.preview.diff({ target, before, observed, isGone, changed: certain, step, nowMs });
  const { remarks = [], replaces } = answer;
  const refused = refusedIn(mode, answer.refusal);
  const isSame = changed.length === 0 || answer.isUnchanged === true;
  const text =
    replaces !== undefined
      ? {
          row: replaces.text,
          warnings: [replaces.text, ...(replaces.warnings ?? []), ...(isElsewhere ? shown.warnings : [])],
        }
      : { row: isSame && step.kind === "settled" ? undefined : [row, ...remarks].join("; "), warnings: shown.warnings };
  return {
    changes:
      replaces !== undefined ||
      !isAtRest(step) ||
      !isSame ||
      answer.isStale === true ||
      isRefused ||
      refused.warnings.length > 0,
    replaces: replaces?.properties ?? [],
    text: {
      row: text.row,
      // What is refused is said by the refusal.
      warnings: [
        ...warnings,
        ...refused.warnings,
        ...(answer.refusal === undefined ? text.warnings : []),
        ...(answer.warnings ?? []),
      ],
    },
    refusal: refused.refusal,
  };
}
