import type { InputFailure } from "../inputs.ts";
import type { Audited } from "../reconcile/audited.ts";
import { planOf } from "../reconcile/run-resource.ts";
import type { Step } from "../reconcile/step.ts";
import type { DiffAnswer, Findings, Recorded, Resource, Target } from "../resource.ts";
import { readDifference } from "./difference.ts";
import { type PreviewMeans, preflight, refusedIn } from "./preflight.ts";
import { route } from "./route.ts";
import { type PreviewText, routeText } from "./route-text.ts";

/** What a check shows: what is wrong with the inputs, texts, and what the array has of the resource. */
export interface CheckPreview<Observed> {
  readonly failures: readonly InputFailure[];
  readonly texts: readonly PreviewText[];
  readonly begins?: Observed | undefined;
}

/** Finds what is certain to fail in a run for these inputs. For a new resource, also shows what the run would do. For an update, the diff shows that. */
export async function previewCheck<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
): Promise<CheckPreview<Observed>> {
  const { operation } = target;
  const isKnown = target.unknown.length === 0;
  const isNew = operation.kind === "create" || operation.kind === "replace";
  const before = "before" in operation ? operation.before : undefined;
  const refused = isKnown ? resource.preview.refuse?.(before, target.inputs, means.clock.nowMs()) : undefined;
  if (refused !== undefined && refused.length > 0) return { failures: refused, texts: [] };
  const findings = isKnown ? await preflight(resource, target, means) : await knownBegin(resource, target, means);
  const texts: PreviewText[] = isKnown ? [{ warnings: findings.warnings }] : [];
  if (isNew && findings.refusals.length === 0) texts.push(newText(resource, target, findings, means));
  return { failures: findings.refusals, texts, begins: findings.begins?.observed };
}

/** Where the route begins while some inputs are not known yet: what is there already, as far as the known ones tell. Whatever may still change is not judged. */
async function knownBegin<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  means: PreviewMeans,
): Promise<Findings<Observed>> {
  const nothing = { refusals: [], warnings: [] };
  if (target.unknown.includes("array") || target.operation.kind === "update") return nothing;
  const { refusals, begins, instead } = await preflight(resource, target, means);
  return refusals.length > 0 || begins === undefined ? nothing : { ...nothing, begins, instead };
}

function newText<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  { begins, instead, remarks = [] }: Findings<Observed>,
  { clock }: PreviewMeans,
): PreviewText {
  const textFrom = (observed: Observed) => textOf(resource, target, observed, clock.nowMs());
  const { row, warnings, step } = textFrom(begins?.observed ?? resource.assume(target));
  const intro = begins?.intro;
  const shown = intro === undefined ? row : step.kind === "settled" ? `${intro}: nothing to send` : `${intro}; ${row}`;
  const others = instead === undefined ? [] : textFrom(instead.observed).warnings;
  const added = others.filter((text) => !warnings.includes(text)).map((text) => `${instead?.prefix}: ${text}`);
  return { row: [shown, ...remarks].join("; "), warnings: [...warnings, ...added] };
}

/** The text of the route from this observation, with the warnings about its state. */
function textOf<Inputs, State, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State>,
  observed: Observed,
  nowMs: number,
) {
  const next = (at: Observed, step: Step<Action>) => resource.next(at, step, target);
  const legs = route({ plan: planOf(resource, target), next }, observed, nowMs);
  const { row, warnings } = routeText(legs, resource.actions, target);
  const step = legs[0]?.step;
  if (step === undefined) throw new Error("a route without a step");
  // What is at stake comes last, because a row shows the last warning.
  return { row, warnings: [...resource.progress(observed, step, target).warnings, ...warnings], step };
}

/** A replacement in words, after which what the delete sends first. */
function replacedText(
  { text, warnings = [] }: NonNullable<DiffAnswer["replaces"]>,
  sent: { readonly row: string; readonly warnings: readonly string[] } | undefined,
): PreviewText {
  const row = sent === undefined ? text : `${text}; first ${sent.row}`;
  return { row, warnings: [row, ...warnings, ...(sent?.warnings ?? [])] };
}

/**
 * Decides what an update to the target would do, from what the array shows now.
 *
 * @param before the inputs of the last run
 * @param changed the names of the inputs that differ from them
 * @returns with `replaces`, the properties that force a replacement
 */
export async function previewDiff<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  before: Inputs,
  changed: readonly string[],
  means: PreviewMeans,
) {
  const difference = await readDifference(resource, target, before, changed, means);
  const { isElsewhere, leaving, read, observed, mode, hasFailed, warnings, news, differing, nowMs } = difference;
  const { row, step, ...shown } = textOf(resource, read, observed, nowMs);
  const certain = differing.filter((name) => !target.unknown.includes(name));
  const answer = resource.preview.diff({ ...news, target, before, observed, changed: certain, step, nowMs });
  const { replaces } = answer;
  // What follows a run that fails does not come to pass.
  const remarks = step.kind === "stuck" ? [] : (answer.remarks ?? []);
  const refused = refusedIn(mode, answer.refusal);
  const isSame = differing.length === 0 || answer.isUnchanged === true;
  const isRecordedOnly = isSame && step.kind === "settled";
  const text: PreviewText =
    isElsewhere && !certain.includes("array")
      ? { warnings: shown.warnings.map((warning) => `if array turns out to be another: ${warning}`) }
      : replaces === undefined
        ? { row: isRecordedOnly ? news.text : [row, ...remarks].join("; "), warnings: shown.warnings }
        : replacedText(replaces, news.isGone ? undefined : textOf(resource, leaving, observed, nowMs));
  // A refusal already says what the route would repeat.
  const ofRoute = refused.refusal === undefined ? text.warnings : [];
  const isAtEnd = step.kind === "settled" || step.kind === "held";
  const isDue = replaces !== undefined || !isAtEnd || !isSame || answer.isStale === true || news.text !== undefined;
  return {
    changes: isDue || hasFailed || refused.warnings.length > 0,
    replaces: replaces?.properties ?? [],
    text: { row: text.row, warnings: [...warnings, ...refused.warnings, ...ofRoute, ...(answer.warnings ?? [])] },
    refusal: refused.refusal,
    observed,
  };
}
