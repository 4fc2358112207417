import type { Target } from "../../../core/resource.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { unnamedId } from "../naming.ts";
import type { RecordedGroup } from "../recorded.ts";

export type GroupTarget = Target<RecSessionGroupInputs, RecordedGroup>;

/** Inputs as they may turn out where some are not known yet. */
export interface Possibility {
  /** In which they differ from the mildest: `targetState is "Active"`. */
  readonly condition: string;
  readonly inputs: RecSessionGroupInputs;
}

/**
 * How the inputs may turn out, as far as that decides what may be lost: a resume discards writes, a suspend by force leaves a destination unusable, a reverse turns
 * the copy around. Modes that are not known yet are left out.
 */
export function possibilitiesOf(target: GroupTarget): {
  readonly mildest: RecSessionGroupInputs;
  readonly others: readonly Possibility[];
} {
  const { inputs, unknown } = target;
  const choices = <Name extends "targetState" | "force" | "direction">(
    name: Name,
    all: readonly RecSessionGroupInputs[Name][],
  ) => (unknown.includes(name) ? all : [inputs[name]]);
  const mildest = {
    ...inputs,
    copySessionIds: idsOf(target),
    // Without the transfer mode nobody can tell whether it may be declared.
    splitMode: unknown.includes("transferMode") ? undefined : inputs.splitMode,
    targetState: choices("targetState", ["Suspend"])[0] ?? "Suspend",
    force: choices("force", [false])[0] ?? false,
    direction: choices("direction", [undefined])[0],
  };
  const others = choices("direction", [undefined, "Reversed", "Forward"]).flatMap((direction) =>
    choices("force", [false, true]).flatMap((force) =>
      choices("targetState", ["Suspend", "Active"]).flatMap((targetState) => {
        const condition = differenceText({ targetState, force, direction }, mildest);
        const isRefused = force && targetState === "Active";
        return condition === "" || isRefused
          ? []
          : [{ condition, inputs: { ...mildest, targetState, force, direction } }];
      }),
    ),
  );
  return { mildest, others };
}

/** The sessions named; while that is not known, those named before, and others. */
function idsOf({ inputs, unknown, operation }: GroupTarget): number[] {
  if (!unknown.includes("copySessionIds")) return inputs.copySessionIds;
  return [...(operation.kind === "update" ? operation.before.copySessionIds : []), unnamedId];
}

type Chosen = Pick<RecSessionGroupInputs, "targetState" | "force" | "direction">;

function differenceText(chosen: Chosen, mildest: Chosen): string {
  return (["targetState", "force", "direction"] as const)
    .filter((name) => chosen[name] !== mildest[name])
    .map((name) => `${name} is ${JSON.stringify(chosen[name])}`)
    .join(" and ");
}
