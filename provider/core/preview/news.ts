import { isDeepStrictEqual } from "node:util";
import type { Audited } from "../reconcile/audited.ts";
import { recordOf } from "../reconcile/run-resource.ts";
import type { Recorded, Resource, Target } from "../resource.ts";

/** What an update records though it sends nothing. */
export interface News {
  /** Whether the array no longer has the object. */
  readonly isGone: boolean;
  /** Undefined where the record is up to date. */
  readonly text: string | undefined;
}

/** Compares what the array shows with the record. @param isNamedAnew whether the array has another name in the configuration */
export function newsOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  {
    observed,
    isRead,
    isNamedAnew,
  }: { readonly observed: Observed; readonly isRead: boolean; readonly isNamedAnew: boolean },
  nowMs: number,
): News {
  const current = recordOf(resource, target, observed, nowMs);
  if (current === undefined) return { isGone: true, text: undefined };
  const { visible, recordedText } = resource.schemas;
  const [now, then] = [current.state, target.recorded.state].map((state) => visible(state, target.inputs));
  const texts = [
    ...(isRead && !isDeepStrictEqual(now, then) ? [recordedText(current)] : []),
    ...(isNamedAnew ? ["the array's new name in the configuration"] : []),
  ];
  return {
    isGone: false,
    text: texts.length === 0 ? undefined : `nothing to send; the record is updated to ${texts.join(" and ")}`,
  };
}
