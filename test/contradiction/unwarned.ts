import { type Act, actText } from "./act.ts";
import type { Foretold } from "./contradiction.ts";

/** What a warning about an act reads like. Undefined for one that puts nothing at stake. */
export type WarningOf = (act: Act) => RegExp | undefined;

/**
 * Which of the acts that a run sent put something at stake that its preview had not warned of. What is certain is warned of without an `if`; what depends on
 * something, with what it depends on.
 */
export function unwarned(
  { legs }: Foretold,
  sent: readonly Act[],
  warnings: readonly string[],
  warningOf: WarningOf,
): readonly string[] {
  return sent.flatMap((act) => {
    const expected = warningOf(act);
    if (expected === undefined) return [];
    const leg = legs.find(({ acts }) => acts.some((one) => actText(one) === actText(act)));
    // Of what was not announced there may still be a warning.
    if (leg === undefined && warnings.some((text) => expected.test(text))) return [];
    const intro = leg?.condition === undefined ? "" : `if ${leg.condition}: `;
    const isWarned = warnings.some((text) => text.startsWith(intro) && text.slice(intro.length).search(expected) === 0);
    return isWarned ? [] : [`sent without a warning before: ${actText(act)} (${intro}${expected.source})`];
  });
}
