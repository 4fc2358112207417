import type { Target } from "../../../core/resource.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { unnamedId } from "../naming.ts";
import type { RecordedGroup } from "../recorded.ts";

export type GroupTarget = Target<RecSessionGroupInputs, RecordedGroup>;

/** Inputs as they may turn out where some are not known yet. */
interface Possibility {
  /** In which they differ from the mildest: `targetState is "Active"`. */
  readonly condition: string;
  readonly inputs: RecSessionGroupInputs;
}

/** Values by which something may be lost: a resume discards writes, force leaves a destination unusable, a reverse turns the copy around. The gravest first. */
const graveValues: readonly Partial<RecSessionGroupInputs>[] = [
  { targetState: "Active" },
  { force: true },
  { direction: "Reversed" },
  { direction: "Forward" },
];

/** How the inputs may turn out, one by one. Modes that are not known yet are left out: nothing is lost by them. */
export function possibilitiesOf(target: GroupTarget) {
  const { inputs, unknown } = target;
  // Without the transfer mode nobody can tell whether a split mode may be declared.
  const splitMode = unknown.includes("transferMode") ? undefined : inputs.splitMode;
  const mildest: RecSessionGroupInputs = { ...inputs, copySessionIds: idsOf(target), splitMode };
  const [gravest, ...others] = graveValues.flatMap((value): Possibility[] => {
    const isOpen = Object.keys(value).every((name) => unknown.includes(name));
    const isRefused = value.force === true && mildest.targetState === "Active";
    const [condition = ""] = Object.entries(value).map(([name, word]) => `${name} is ${JSON.stringify(word)}`);
    return isOpen && !isRefused ? [{ condition, inputs: { ...mildest, ...value } }] : [];
  });
  return { mildest, gravest, others };
}

/** The sessions named; while that is not known, those named before, and others. */
function idsOf({ inputs, unknown, operation }: GroupTarget): number[] {
  if (!unknown.includes("copySessionIds")) return inputs.copySessionIds;
  return [...(operation.kind === "update" ? operation.before.copySessionIds : []), unnamedId];
}
