import type { Clock } from "../../provider/core/async/clock.ts";
import type { Audited } from "../../provider/core/reconcile/run-resource.ts";
import type { Step } from "../../provider/core/reconcile/step.ts";
import type { Resource } from "../../provider/core/resource.ts";
import { type Act, actText } from "./act.ts";
import { contradiction, type End, type Foretold, isOpen } from "./contradiction.ts";
import { type Previewed, previewOf, type Question } from "./preview-of.ts";
import { type Ran, runOf } from "./run-of.ts";
import { unwarned, type WarningOf } from "./unwarned.ts";

/** How these tests speak of one vendor's arrays, whoever tells of them. */
export interface Vocabulary<Observed, Action> {
  actsOf(actions: readonly Action[]): readonly Act[];
  /** What an array shows, as far as it is compared. */
  shows(observed: Observed): string;
  /** A reason without what only a run can know, as the id of what it has made. */
  plain(reason: string): string;
  readonly warningOf: WarningOf;
}

/** An array in a situation, and what is asked of it. */
export interface Trial<Inputs, State, Observed, Action> {
  readonly resource: Resource<Inputs, State, Observed, Action>;
  readonly question: Question<Inputs, State>;
  readonly clock: Clock;
  /** How long a run may take: longer than anything in it that comes to an end. */
  readonly maxMs: number;
  /** What the array has been sent since it is in this situation. */
  sent(): readonly Act[];
  readonly vocabulary: Vocabulary<Observed, Action>;
  close(): Promise<void>;
}

/** What came of a trial. */
export interface Verdict {
  /** Where the preview and the run say two things. */
  readonly contradictions: readonly string[];
  /** Whether the preview left open how the run ends. */
  readonly isOpen: boolean;
  /** Whether Pulumi would not have run it: it is refused, or something else takes its place. */
  readonly isRefused: boolean;
  /** Whether the preview says that nothing is to be done. */
  readonly isIdle: boolean;
  readonly sent: readonly Act[];
  /** What stands on the resource's row in the preview. */
  readonly row: string | undefined;
  /** What the preview warns of. */
  readonly warnings: readonly string[];
}

/** Takes the preview, runs at once and alone, and compares. */
export async function judge<Inputs, State extends Audited, Observed, Action>(
  trial: Trial<Inputs, State, Observed, Action>,
): Promise<Verdict> {
  const { resource, question, clock, maxMs, vocabulary } = trial;
  try {
    const previewed = await previewOf(resource, question, clock);
    const early = trial.sent();
    const ran = await runOf(resource, question.target, clock, maxMs);
    const sent = trial.sent();
    const foretold = foretoldOf(previewed, vocabulary);
    const end = endOf(ran, vocabulary);
    const announcedWrongly = () => [
      ...[contradiction(foretold, { acts: sent, end }) ?? []].flat(),
      ...unwarned(foretold, sent, previewed.warnings, vocabulary.warningOf),
      ...(previewed.changes || sent.length === 0 ? [] : ["no change is announced, and the run sends something"]),
    ];
    const isRefused = previewed.refusals.length > 0 || previewed.replaces.length > 0;
    return {
      contradictions: [
        ...early.map((act) => `the preview sent ${actText(act)}`),
        ...(isRefused ? refusedWrongly(question, previewed, ran) : announcedWrongly()),
      ],
      isOpen: isOpen(foretold),
      isRefused,
      isIdle: !previewed.changes,
      sent,
      row: previewed.row,
      warnings: previewed.warnings,
    };
  } finally {
    await trial.close();
  }
}

/** Of something new only what is certain to fail is refused, and a start that has passed. What is refused of a change may be done all the same, where only warnings are asked for. */
function refusedWrongly(
  question: Question<unknown, unknown>,
  { refusals }: Pick<Previewed<unknown, unknown>, "refusals">,
  { kind, reason }: Ran<unknown, unknown>,
): readonly string[] {
  const isCertain = question.kind === "create" && refusals.every((text) => !text.startsWith("scheduledTimestamp: "));
  const hasFailed = kind !== "settled" && kind !== "held";
  return !isCertain || hasFailed ? [] : [`refused, and the run goes well: ${reason}`];
}

function foretoldOf<Observed, Action>(
  { route }: Previewed<Observed, Action>,
  vocabulary: Vocabulary<Observed, Action>,
): Foretold {
  const { actsOf } = vocabulary;
  const acts = (step: Step<Action>) => (step.kind === "act" ? actsOf(step.actions) : []);
  const last = route.at(-1);
  return {
    legs: route.map(({ at, step, condition, otherwise }) => ({
      acts: acts(step),
      condition,
      otherwise: otherwise && { acts: acts(otherwise), end: anyHold(restOf(otherwise, at, vocabulary)) },
    })),
    end: last && restOf(last.step, last.at, vocabulary),
  };
}

/** What holds a run where a preview cannot tell whether it is held is told when it is. */
function anyHold(end: End | undefined): End | undefined {
  return end?.kind === "held" ? { ...end, reason: undefined } : end;
}

/** Where a run rests or fails with this step; undefined where it goes on. */
function restOf<Observed, Action>(
  step: Step<Action>,
  at: Observed,
  { shows, plain }: Vocabulary<Observed, Action>,
): End | undefined {
  if (step.kind === "wait" || step.kind === "act") return undefined;
  const kind = step.kind === "stuck" ? (step.as ?? "stuck") : step.kind;
  return { kind, reason: plain(step.reason), shows: shows(at) };
}

function endOf<State, Observed, Action>(
  { kind, reason, observed }: Ran<State, Observed>,
  { shows, plain }: Vocabulary<Observed, Action>,
): End {
  const last = observed.at(-1);
  return { kind, reason: plain(reason), shows: last === undefined ? "nothing was read" : shows(last) };
}
