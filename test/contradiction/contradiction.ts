import { type Act, actsText, actText } from "./act.ts";

/** Where a run comes to its end. */
export interface End {
  /** `settled`, `held`, or the kind of the error it fails with. */
  readonly kind: string;
  /** Undefined: any. */
  readonly reason: string | undefined;
  /** What the array shows then: `Ready_For_Cutover`. */
  readonly shows: string;
}

/** What happens where a preview says `otherwise`. */
export interface Otherwise {
  readonly acts: readonly Act[];
  /** Undefined: nobody can tell. */
  readonly end: End | undefined;
}

/** One step that a preview announces. */
export interface ForetoldLeg {
  readonly acts: readonly Act[];
  /** On what this and all later steps depend. Undefined: they are certain. */
  readonly condition: string | undefined;
  /** What happens instead of this step and all later ones. */
  readonly otherwise: Otherwise | undefined;
}

/** What a preview announces. */
export interface Foretold {
  readonly legs: readonly ForetoldLeg[];
  /** Undefined: nobody can tell. */
  readonly end: End | undefined;
}

/** What a run did. */
export interface Happened {
  readonly acts: readonly Act[];
  readonly end: End;
}

/**
 * What a run did that its preview had not announced, or announced and did not do; undefined where the two agree: the acts are those of one way that was announced,
 * of their kind, to their subjects, in their order for each subject, and the run ends where that way ends. Where nobody can tell how it ends, it may end anyhow, but sends nothing
 * more; each subject may then go another way than the next, and change to another way after what the array has refused. An act that is sent again at once counts once: the array has refused it in passing.
 */
export function contradiction(foretold: Foretold, happened: Happened): string | undefined {
  const ways = waysOf(foretold);
  const { acts, end } = happened;
  const isFound = ways.some((way) => areAll(way.steps, acts) && (way.end === undefined || isSameEnd(way.end, end)));
  return isFound || isMixed(ways, acts) ? undefined : difference(ways, happened);
}

/**
 * The same where a preview cannot follow every way, since too much is not known: nothing is sent that is announced on none of them, what is certain is sent, and the run ends as
 * one of them does, or nobody can tell.
 */
export function excess(foretold: Foretold, happened: Happened): string | undefined {
  const ways = waysOf(foretold);
  const { acts, end } = happened;
  const announced = doneTo(ways.flatMap(({ steps }) => steps.flat()));
  const certain = doneTo(foretold.legs.flatMap((leg) => (leg.condition === undefined ? leg.acts : [])));
  const sent = doneTo(acts);
  const isWithin = sent.every((done) => announced.includes(done)) && certain.every((done) => sent.includes(done));
  if (isWithin && ways.some((way) => way.end === undefined || way.end.kind === end.kind)) return undefined;
  return difference(ways, happened);
}

/** Whether a preview leaves open how the run ends, on one of the ways it may go. */
export function isOpen(foretold: Foretold): boolean {
  return waysOf(foretold).some(({ end }) => end === undefined);
}

function difference(ways: readonly Way[], { acts, end }: Happened): string {
  return `announced: ${ways.map(wayText).join("; or: ")}\n  the run: ${actsText(acts)}, then ${endText(end)}`;
}

interface Way {
  readonly steps: readonly (readonly Act[])[];
  readonly end: End | undefined;
}

/** All ways that a run may go: one for each fork at which it may leave the route, and the route itself. */
function waysOf({ legs, end }: Foretold): readonly Way[] {
  const steps = legs.map(({ acts }) => acts);
  const leaving = legs.flatMap(({ otherwise }, index): Way[] =>
    otherwise === undefined ? [] : [{ steps: [...steps.slice(0, index), otherwise.acts], end: otherwise.end }],
  );
  return [...leaving, { steps, end }];
}

/** Whether these are the acts of all steps. Subjects need not keep pace with each other. */
function areAll(steps: Way["steps"], acts: readonly Act[]): boolean {
  const announced = bySubject(steps.flat());
  const sent = bySubject(acts);
  return announced.size === sent.size && [...announced].every(([subject, texts]) => sent.get(subject) === texts);
}

/** Whether each subject goes one of the ways, or changes from one to another, where nobody can tell what becomes of all of them. */
function isMixed(ways: readonly Way[], acts: readonly Act[]): boolean {
  if (ways.every(({ end }) => end !== undefined)) return false;
  const announced = ways.map(({ steps }) => bySubject(alone(steps.flat())));
  const sent = bySubject(alone(acts));
  const subjects = new Set([...sent.keys(), ...announced.flatMap((way) => [...way.keys()])]);
  return [...subjects].every((subject) => {
    const done = sent.get(subject) ?? "";
    const possible = announced.map((way) => way.get(subject) ?? "");
    const isFirst = (text: string) => possible.some((one) => text === "" || `${one}; `.startsWith(text));
    return possible.some((last) => done.endsWith(last) && isFirst(done.slice(0, done.length - last.length)));
  });
}

/** The same as if it were done to each subject by itself. */
function alone(acts: readonly Act[]): readonly Act[] {
  return acts.flatMap(({ kind, subjects }) => subjects.map((subject) => ({ kind, subjects: [subject] })));
}

/** What is done to each subject, in its order. */
function bySubject(acts: readonly Act[]): ReadonlyMap<string, string> {
  const each = acts.flatMap((act) =>
    (act.subjects.length === 0 ? [""] : act.subjects).map((subject) => ({ subject, act })),
  );
  return new Map(
    [...Map.groupBy(each, ({ subject }) => subject)].map(([subject, done]) => {
      const texts = done.map(({ act }) => actText(act));
      return [subject, texts.filter((text, index) => text !== texts[index - 1]).join("; ")];
    }),
  );
}

/** What is done to each subject, one by one. */
function doneTo(acts: readonly Act[]): readonly string[] {
  return alone(acts).map(actText);
}

function isSameEnd(announced: End, end: End): boolean {
  // What is wrong with whatever has failed is told by the array in the end.
  const isRest = end.kind === "settled" || end.kind === "held";
  const isSameReason = announced.reason === undefined || announced.reason === end.reason;
  return announced.kind === end.kind && announced.shows === end.shows && (!isRest || isSameReason);
}

function wayText({ steps, end }: Way): string {
  return `${actsText(steps.flat())}, then ${end === undefined ? "nobody can tell" : endText(end)}`;
}

function endText({ kind, reason, shows }: End): string {
  return `${kind} at ${shows} (${reason ?? "for any reason"})`;
}
