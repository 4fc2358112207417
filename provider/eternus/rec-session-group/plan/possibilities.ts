import type { RecSessionGroupInputs } from "../inputs.ts";
import { briefly, unnamedId } from "../naming.ts";
import { type GroupTarget, recordFor } from "./target.ts";

/** Inputs as they may turn out where some are not known yet. */
interface Possibility {
  /** In which they differ from the mildest: `targetState is "Active"`. */
  readonly condition: string;
  readonly inputs: RecSessionGroupInputs;
}

/** Values by which something may be lost: force leaves a destination unusable, a reverse turns the copy around. The gravest first. A resume, which discards writes, is graver. */
const graveValues: readonly Partial<RecSessionGroupInputs>[] = [
  { force: true },
  { direction: "RemoteToLocal" },
  { direction: "LocalToRemote" },
];

/** How the inputs may turn out, one by one. Modes that are not known yet are left out: nothing is lost by them. */
export function possibilitiesOf(target: GroupTarget) {
  const { inputs, unknown } = target;
  // Without the transfer mode nobody can tell whether a split mode may be declared.
  const splitMode = unknown.includes("transferMode") ? undefined : inputs.splitMode;
  const mildest: RecSessionGroupInputs = { ...inputs, copySessionIds: idsOf(target), splitMode };
  const possible = (value: Partial<RecSessionGroupInputs>): Possibility[] => {
    const isOpen = Object.keys(value).every((name) => unknown.includes(name));
    const isRefused = value.force === true && mildest.targetState === "Active";
    const [condition = ""] = Object.entries(value).map(([name, word]) => `${name} is ${JSON.stringify(word)}`);
    return isOpen && !isRefused ? [{ condition, inputs: { ...mildest, ...value } }] : [];
  };
  const [gravest, ...others] = [
    ...possible({ targetState: "Active" }),
    ...leaversResumed(target, mildest),
    ...graveValues.flatMap(possible),
  ];
  return { mildest, gravest, others };
}

/** The sessions named; while that is not known, those named before that are not to be resumed, and others. */
function idsOf({ inputs, unknown, operation }: GroupTarget): number[] {
  if (!unknown.includes("copySessionIds")) return inputs.copySessionIds;
  const before = operation.kind === "update" ? operation.before.copySessionIds : [];
  return [...before.filter((id) => !inputs.resume.includes(id)), unnamedId];
}

/** While `resume` is not known, it may name each session that leaves, or that may leave. */
function leaversResumed(target: GroupTarget, mildest: RecSessionGroupInputs): Possibility[] {
  const { inputs, unknown, operation } = target;
  if (operation.kind !== "update" || !unknown.includes("resume")) return [];
  const mayStay = unknown.includes("copySessionIds") ? [] : inputs.copySessionIds;
  const resume = (recordFor(target)?.sessions ?? []).flatMap(({ id }) => (mayStay.includes(id) ? [] : [id]));
  if (resume.length === 0) return [];
  const copySessionIds = mildest.copySessionIds.filter((id) => !resume.includes(id));
  return [{ condition: `resume names ${briefly(resume)}`, inputs: { ...mildest, copySessionIds, resume } }];
}
