import { isSameArray } from "../array/connection.ts";
import { MigrationError } from "../errors.ts";
import type { Audited } from "../reconcile/audited.ts";
import type { DiffQuestion, Recorded, Resource, Target } from "../resource.ts";
import { type PreviewMeans, readingFor } from "./preflight.ts";

/** Whether the new inputs name another array than the recorded one. Its name in the configuration may change, and its address. While the name is not known yet, it may be another. */
export async function isOtherArray<Inputs, State extends Audited, Observed, Action>(
  { open }: Resource<Inputs, State, Observed, Action>,
  { inputs, unknown, recorded }: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  before: Inputs,
): Promise<boolean> {
  if (unknown.includes("array")) return true;
  const now = open(inputs);
  return recorded.state.endpoint !== now.settings.origin && !(await isSameArray(open(before), now));
}

/** Those of the changed inputs that mean something else than what the recorded object has, and those that are not known yet. */
export async function differingIn<Inputs, State extends Audited, Observed, Action>(
  { preview }: Resource<Inputs, State, Observed, Action>,
  question: Pick<DiffQuestion<Inputs, State, Observed, Action>, "target" | "before" | "observed" | "changed">,
  { isElsewhere, isRead }: { readonly isElsewhere: boolean; readonly isRead: boolean },
  means: PreviewMeans,
): Promise<readonly string[]> {
  const { target, changed } = question;
  const known = changed.filter((name) => !target.unknown.includes(name));
  if (isElsewhere || known.length === 0) return changed;
  const same = isRead
    ? await preview.meantAlready?.({ ...question, changed: known }, readingFor(means)).catch(ifUnread)
    : undefined;
  return changed.filter((name) => name !== "array" && !same?.includes(name));
}

/** What cannot be read now is taken for a change. */
function ifUnread(error: unknown): undefined {
  if (error instanceof MigrationError) return undefined;
  throw error;
}
