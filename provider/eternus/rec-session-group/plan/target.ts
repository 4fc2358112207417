import type { Target } from "../../../core/resource.ts";
import type { RecSessionGroupInputs } from "../inputs.ts";
import { sessionKey } from "../naming.ts";
import type { RecordedGroup } from "../recorded.ts";

export type GroupTarget = Target<RecSessionGroupInputs, RecordedGroup>;

/** What is on record when a run begins: of this group, or what it keeps of the one that it replaces. */
export function recordFor({ recorded, predecessor }: GroupTarget): RecordedGroup | undefined {
  if (recorded !== undefined) return recorded.state;
  if (predecessor === undefined || predecessor.kept.size === 0) return undefined;
  const { state, kept } = predecessor;
  return { ...state, sessions: state.sessions.filter(({ id }) => kept.has(sessionKey(id))) };
}
