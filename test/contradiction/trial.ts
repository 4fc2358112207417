import type { Clock } from "../../provider/core/async/clock.ts";
import type { Audited } from "../../provider/core/reconcile/audited.ts";
import type { Step } from "../../provider/core/reconcile/step.ts";
import type { Resource } from "../../provider/core/resource.ts";
import { type Act, actText } from "./act.ts";
import { contradiction, type End, excess, type Foretold, isOpen } from "./contradiction.ts";
import { type Previewed, previewOf, type Question } from "./preview-of.ts";
import { type Ran, runOf } from "./run-of.ts";
import { unwarned, type WarningOf } from "./unwarned.ts";

/** How these tests speak of one vendor's arrays, whoever tells of them. */
export interface Vocabulary<Observed, Action> {
  actsOf(actions: readonly Action[]): readonly Act[];
  /** What an array shows, as far as it is compared. */
  shows(observed: Observed): string;
  /** What it shows of each thing that moves by itself. */
  sights(observed: Observed): ReadonlyMap<string, string>;
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
    const isRefused = isRefusedBy(previewed);
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

/**
 * What each thing is foreseen to come by, and what it comes by: as long as the run is certain, and goes on. Each sight once, as often as it comes.
 *
 * @returns undefined where no run follows
 */
export async function passages<Inputs, State extends Audited, Observed, Action>(
  trial: Trial<Inputs, State, Observed, Action>,
): Promise<readonly Passage[] | undefined> {
  const { resource, question, clock, maxMs, vocabulary } = trial;
  try {
    const previewed = await previewOf(resource, question, clock);
    if (isRefusedBy(previewed)) return undefined;
    const { observed } = await runOf(resource, question.target, clock, maxMs);
    const certain = previewed.route.filter(({ condition }) => condition === undefined).map(({ at }) => at);
    const [first] = certain;
    const subjects = first === undefined ? [] : [...vocabulary.sights(first).keys()];
    const passageOf = (subject: string, all: readonly Observed[]) => {
      const sights = all.map((one) => vocabulary.sights(one).get(subject) ?? "gone");
      return sights.filter((sight, index) => sight !== sights[index - 1]);
    };
    return subjects.map((subject) => ({
      subject,
      foreseen: passageOf(subject, certain),
      seen: passageOf(subject, observed),
    }));
  } finally {
    await trial.close();
  }
}

/** What one thing comes by. */
export interface Passage {
  readonly subject: string;
  readonly foreseen: readonly string[];
  readonly seen: readonly string[];
}

/**
 * Takes the preview of a program in which something is not known yet, and runs it for everything that it may turn out to be, each on an array of its own in the same situation.
 *
 * @param turnedOut the same trial with everything known
 * @param compare how much is to agree
 */
export async function judgeUnknown<Inputs, State extends Audited, Observed, Action>(
  unknown: Trial<Inputs, State, Observed, Action>,
  turnedOut: readonly Trial<Inputs, State, Observed, Action>[],
  compare: keyof typeof comparisons,
): Promise<Verdict> {
  const previewed = await previewOf(unknown.resource, unknown.question, unknown.clock).finally(unknown.close);
  const foretold = foretoldOf(previewed, unknown.vocabulary);
  const contradictions: string[] = unknown.sent().map((act) => `the preview sent ${actText(act)}`);
  const sent: Act[] = [];
  for (const trial of turnedOut) {
    const { vocabulary } = trial;
    const ran = await runOf(trial.resource, trial.question.target, trial.clock, trial.maxMs).finally(trial.close);
    const acts = trial.sent();
    sent.push(...acts);
    contradictions.push(
      ...[comparisons[compare](foretold, { acts, end: endOf(ran, vocabulary) }) ?? []].flat(),
      ...unwarned(foretold, acts, previewed.warnings, vocabulary.warningOf),
    );
  }
  const { row, warnings, changes } = previewed;
  return {
    contradictions: isRefusedBy(previewed) ? [] : contradictions,
    isOpen: isOpen(foretold),
    isRefused: isRefusedBy(previewed),
    isIdle: !changes,
    sent,
    row,
    warnings,
  };
}

const comparisons = { everything: contradiction, "what is sent": excess, warnings: () => undefined } as const;

/**
 * Takes the previews of a change for whose sake another object takes the place of the recorded one: the change, and the new object. Then deletes the old one and creates the new
 * one, and compares.
 */
export async function judgeReplacement<Inputs, State extends Audited, Observed, Action>(
  trial: Trial<Inputs, State, Observed, Action>,
): Promise<Verdict> {
  const { resource, question, clock, maxMs, vocabulary } = trial;
  if (question.kind !== "update") throw new RangeError("only what is recorded is replaced");
  const { target, before } = question;
  try {
    const change = await previewOf(resource, question, clock);
    const leaving = { kind: "delete", successor: target.inputs } as const;
    const deleted = { ...target, inputs: before, unknown: [], operation: leaving } as const;
    if (change.replaces.length === 0 || change.refusals.length > 0) {
      // Pulumi may have decided on the delete without asking.
      const isRefused = change.refusals.length > 0;
      if (isRefused) await runOf(resource, deleted, clock, maxMs);
      const contradictions = trial.sent().map((act) => `refused, and the delete sends ${actText(act)}`);
      return { ...refused(change), contradictions, sent: trial.sent() };
    }
    const operation = { kind: "replace", before } as const;
    const created = { ...target, operation, recorded: undefined };
    const fresh = await previewOf(resource, { kind: "create", target: created }, clock);
    if (fresh.refusals.length > 0) return { ...refused(fresh), sent: [] };
    const foretold = foretoldOf(fresh, vocabulary);

    const first = await previewOf(resource, { kind: "delete", target: deleted }, clock);
    const gone = await runOf(resource, deleted, clock, maxMs);
    const sentFirst = trial.sent();
    const lost = [
      ...unwarned({ legs: [], end: undefined }, sentFirst, change.warnings, vocabulary.warningOf),
      ...[contradiction(foretoldOf(first, vocabulary), { acts: sentFirst, end: endOf(gone, vocabulary) }) ?? []].flat(),
      ...(change.row?.endsWith(`; first ${first.row}`) ? [] : [`the row lacks what the delete sends: ${first.row}`]),
    ];
    if (gone.kind !== "settled") return { ...refused(change), contradictions: lost, sent: sentFirst };
    const ran = await runOf(resource, { ...created, operation: { kind: "create" } }, clock, maxMs);
    const sent = trial.sent();
    const acts = sent.slice(sentFirst.length);
    return {
      contradictions: [
        ...lost,
        ...[contradiction(foretold, { acts, end: endOf(ran, vocabulary) }) ?? []].flat(),
        ...unwarned(foretold, acts, fresh.warnings, vocabulary.warningOf),
      ],
      isOpen: isOpen(foretold),
      isRefused: false,
      isIdle: false,
      sent,
      row: fresh.row,
      warnings: [...change.warnings, ...fresh.warnings],
    };
  } finally {
    await trial.close();
  }
}

function refused({ row, warnings, changes }: Previewed<unknown, unknown>): Omit<Verdict, "sent"> {
  return { contradictions: [], isOpen: false, isRefused: true, isIdle: !changes, row, warnings };
}

function isRefusedBy({ refusals, replaces }: Pick<Previewed<unknown, unknown>, "refusals" | "replaces">): boolean {
  return refusals.length > 0 || replaces.length > 0;
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
      otherwise: otherwise && { acts: acts(otherwise), end: forAnyReason(restOf(otherwise, at, vocabulary)) },
    })),
    end: last && restOf(last.step, last.at, vocabulary),
  };
}

/** Why a run ends where a preview cannot tell whether it ends is told when it does. */
function forAnyReason(end: End | undefined): End | undefined {
  return end && { ...end, reason: undefined };
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
