import type { Audited } from "../reconcile/audited.ts";
import type { Recorded, Resource, Target } from "../resource.ts";
import { differingIn, isOtherArray } from "./changed-meaning.ts";
import { newsOf } from "./news.ts";
import { type PreviewMeans, readNow } from "./preflight.ts";

/** Reads what a diff is about: the recorded object, what differs from its record, and which of the changed inputs mean something else. */
export async function readDifference<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  target: Target<Inputs, State> & { readonly recorded: Recorded<State> },
  before: Inputs,
  changed: readonly string[],
  means: PreviewMeans,
) {
  const isElsewhere = changed.includes("array") && (await isOtherArray(resource, target, before));
  const isNamedAnew = changed.includes("array") && !isElsewhere;
  // If the new inputs name another array, the old one holds the object, so the preview reads the old one and shows the delete.
  const operation = { kind: "delete", successor: target.inputs } as const;
  const leaving = { ...target, inputs: before, unknown: [], operation };
  const read = isElsewhere ? leaving : target;
  const { isRead, observed, ...reading } = await readNow(resource, read, means);
  const nowMs = means.clock.nowMs();
  const news = newsOf(resource, read, { observed, isRead, isNamedAnew }, nowMs);
  const differing = await differingIn(resource, { target, before, observed, changed }, { isElsewhere, isRead }, means);
  return { ...reading, isElsewhere, leaving, read, observed, news, differing, nowMs };
}
