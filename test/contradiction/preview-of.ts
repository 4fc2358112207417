import type { Clock } from "../../provider/core/async/clock.ts";
import { previewCheck, previewDiff } from "../../provider/core/preview/preview.ts";
import { type Route, route } from "../../provider/core/preview/route.ts";
import { routeText } from "../../provider/core/preview/route-text.ts";
import type { Audited } from "../../provider/core/reconcile/audited.ts";
import type { Findings, Recorded, Resource, Target } from "../../provider/core/resource.ts";

/** What a preview shows of a run. */
export interface Previewed<Observed, Action> {
  readonly route: Route<Observed, Action>;
  readonly row: string | undefined;
  readonly warnings: readonly string[];
  /** Why no run follows. */
  readonly refusals: readonly string[];
  /** Properties for whose sake something else takes the place of the resource: another run, and another preview. */
  readonly replaces: readonly string[];
  /** Whether Pulumi has anything to run. */
  readonly changes: boolean;
}

/** What is previewed: something new, a change of something recorded, or its deletion, of which Pulumi asks no provider for a preview. */
export type Question<Inputs, State> =
  | { readonly kind: "create"; readonly target: Target<Inputs, State> }
  | {
      readonly kind: "update";
      readonly target: Target<Inputs, State> & { readonly recorded: Recorded<State> };
      readonly before: Inputs;
      readonly changed: readonly string[];
    }
  | { readonly kind: "delete"; readonly target: Target<Inputs, State> & { readonly recorded: Recorded<State> } };

/** Takes the preview as Pulumi would be given it, and the route that it was read off. */
export async function previewOf<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  question: Question<Inputs, State>,
  clock: Clock,
): Promise<Previewed<Observed, Action>> {
  const means = { clock, interruption: never };
  const routeFrom = (observed: Observed) => {
    const { target } = question;
    const isDelete = question.kind === "delete";
    return route(
      {
        plan: (at, moment) => (isDelete ? resource.planDelete(target, at, moment) : resource.plan(target, at, moment)),
        next: (at, step) => resource.next(at, step, target),
      },
      observed,
      clock.nowMs(),
    );
  };
  switch (question.kind) {
    case "create": {
      const { target } = question;
      let found: Findings<Observed> | undefined;
      const preflight = async (...given: Parameters<typeof resource.preview.preflight>) => {
        found = await resource.preview.preflight(...given);
        return found;
      };
      const watched = { ...resource, preview: { ...resource.preview, preflight } };
      const { failures, texts } = await previewCheck(watched, target, means);
      return {
        route: routeFrom(found?.begins?.observed ?? resource.assume(target)),
        row: texts.findLast(({ row }) => row !== undefined)?.row,
        warnings: texts.flatMap(({ warnings }) => warnings),
        refusals: failures.map(({ property, reason }) => `${property}: ${reason}`),
        replaces: [],
        changes: true,
      };
    }
    case "update": {
      let seen: Observed | undefined;
      const observe = async (...given: Parameters<typeof resource.observe>) => {
        seen = await resource.observe(...given);
        return seen;
      };
      const { changes, text, refusal, replaces } = await previewDiff(
        { ...resource, observe },
        question.target,
        question.before,
        question.changed,
        means,
      );
      return {
        route: routeFrom(seen ?? resource.assume(question.target)),
        row: text.row,
        warnings: text.warnings,
        refusals: refusal === undefined ? [] : [refusal.message],
        replaces,
        changes,
      };
    }
    case "delete": {
      const { target } = question;
      const legs = routeFrom(await resource.observe(target, undefined, { signal: never, nowMs: clock.nowMs() }));
      const { row, warnings } = routeText(legs, resource.actions, target);
      return { route: legs, row, warnings, refusals: [], replaces: [], changes: true };
    }
  }
}

const never = new AbortController().signal;
