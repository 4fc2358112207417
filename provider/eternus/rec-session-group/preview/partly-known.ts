import type { Properties } from "../../../core/inputs.ts";
import { sessionsText } from "../../client.ts";
import { type RecSessionGroupInputs, recSessionGroupInputNames, someGroupInputs } from "../inputs.ts";

/**
 * What is at stake in a preview while some of the inputs are not known yet, as far as those that are tell.
 *
 * @param changed the inputs that differ from those of the last run: what was at stake then is not told again
 */
export function partlyKnownStakes(
  known: Properties = {},
  changed: readonly string[] = recSessionGroupInputNames,
): readonly string[] {
  const { copySessionIds: ids, targetState, force, direction } = someGroupInputs.parse(known);
  const which = ids === undefined ? "the copy sessions" : sessionsText(ids);
  const isNew = (...names: readonly (keyof RecSessionGroupInputs)[]) =>
    ["copySessionIds", ...names].some((name) => changed.includes(name));
  return [
    ...(force === true && isNew("force", "targetState")
      ? [
          `force: ${which} may be suspended before they are equivalent; a destination that lacks data will not be usable`,
        ]
      : []),
    ...(targetState === "Active" && isNew("targetState")
      ? [`resume: discards what was written on the destinations of those of ${which} that are suspended`]
      : []),
    ...(direction === "Reversed" && isNew("direction")
      ? [`reverse: once resumed, ${which} copy from their destinations over their sources`]
      : []),
  ];
}
