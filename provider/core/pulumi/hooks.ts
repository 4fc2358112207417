import type { dynamic } from "@pulumi/pulumi";
import { MigrationError } from "../errors.ts";
import {
  changedInputs,
  hasUnknown,
  inputFailures,
  knownInputs,
  type OwnInputs,
  type Properties,
  partlyKnown,
  withoutProvider,
} from "../inputs.ts";
import type { Announcement, Lifecycle, Operation, Recorded } from "../lifecycle.ts";
import { confirmReplacement } from "../preview/confirm-replacement.ts";
import { observedNow, preflight, refusedIn } from "../preview/preflight.ts";
import type { Run } from "../reconcile/run.ts";
import type { Deployment } from "./deployment.ts";
import { outputsOf, readRecorded } from "./recorded.ts";
import { forUser, readOrTell, toUserError, withPartialState } from "./user-error.ts";

/** How long a run may take when the program gives no `customTimeouts`, in milliseconds. */
export const defaultTimeoutsMs = {
  create: 24 * 3_600_000,
  update: 24 * 3_600_000,
  delete: 3_600_000,
  read: 120_000,
} as const;

/** Serves a lifecycle through Pulumi's dynamic provider protocol. */
export function dynamicHooks<Inputs extends OwnInputs, State extends object>(
  lifecycle: Lifecycle<Inputs, State>,
  deployment: Deployment,
): dynamic.ResourceProvider {
  const inputsOf = (properties: Properties): Inputs => lifecycle.inputs.parse(withoutProvider(properties));
  const recordable = (given: Properties): Properties => lifecycle.recordable?.(given) ?? given;
  // What takes the place of another is checked again after the diff that says so, as if it were new; then the other is deleted.
  const replaced = new Map<string, Inputs>();
  // What is new until it is created: a delete before that is for a replacement.
  const successors = new Map<string, Inputs>();
  const takeOccasion = (olds: Properties, urn: string): Operation<Inputs> => {
    if (isRecorded(olds)) return { is: "change", before: lifecycle.recordedInputs.parse(olds) };
    const before = replaced.get(urn);
    replaced.delete(urn);
    return before === undefined ? { is: "creation" } : { is: "replacement", before };
  };
  const show = (urn: string, { plan, warnings }: Announcement) => {
    // What is said as a warning need not be said twice.
    if (plan !== undefined && warnings.includes(plan)) deployment.log.progress(urn, plan);
    else if (plan !== undefined) deployment.log.note(urn, plan);
    for (const warning of warnings) deployment.log.warn(urn, warning);
  };
  const runFor = (properties: Properties, inputs: Inputs, hook: keyof typeof defaultTimeoutsMs): Run => {
    const givenMs = inputs.timeouts?.[hook];
    const { clock, log } = deployment;
    const urn = `${properties.resourceUrn}`;
    return {
      clock,
      deadlineMs: clock.nowMs() + (givenMs ?? defaultTimeoutsMs[hook]),
      signal: deployment.interruption,
      progress: (text, pacing) => log.progress(urn, text, pacing),
      warn: (text) => log.warn(urn, text),
      debug: (text) => log.debug(urn, text),
    };
  };
  /** Runs a hook that changes the array; if it fails, what was last recorded is saved with the failure. */
  const recording = async (
    properties: Properties,
    start: Recorded<State> | undefined,
    work: (record: (recorded: Recorded<State>) => void) => Promise<Recorded<State>>,
  ): Promise<Recorded<State>> => {
    let last = start;
    try {
      return await work((recorded) => {
        last = recorded;
      });
    } catch (thrown) {
      const error = telling(thrown, last === undefined ? "nothing" : lifecycle.recordedText?.(last));
      throw last === undefined ? toUserError(error) : withPartialState(error, last.id, outputsOf(properties, last));
    } finally {
      deployment.log.end(`${properties.resourceUrn}`);
      await deployment.log.flush();
    }
  };

  /** The error with what is recorded, where the lifecycle puts that into words. */
  const telling = (error: unknown, recorded: string | undefined): unknown => {
    const isTold = error instanceof MigrationError && lifecycle.recordedText !== undefined && recorded !== undefined;
    return isTold ? error.withRecorded(recorded) : error;
  };

  return {
    configure: async ({ config }) => deployment.configure((key) => config.get(key)),

    check: (olds: Properties, news: Properties) =>
      forUser(deployment.log, async () => {
        const failures = inputFailures(lifecycle.inputs, news);
        const kept = recordable(news);
        const urn = `${news.resourceUrn}`;
        const nowMs = deployment.clock.nowMs();
        const occasion = takeOccasion(olds, urn);
        const isChange = occasion.is === "change";
        lifecycle.remember?.(news);
        if (failures.length > 0) return { inputs: { ...kept }, failures };
        const inputs = knownInputs(lifecycle.inputs, kept);
        if (inputs === undefined) {
          const announced = isChange ? undefined : lifecycle.announcePartly?.(partlyKnown(kept), nowMs);
          if (announced !== undefined) show(urn, announced);
          return { inputs: { ...kept }, failures };
        }
        if (!isChange) successors.set(urn, inputs);
        const before = occasion.is === "creation" ? undefined : occasion.before;
        failures.push(...(lifecycle.refuse?.(before, inputs, nowMs) ?? []));
        const isSame = isChange && changedInputs(lifecycle.inputNames, recordable(olds), kept).length === 0;
        if (!isSame && failures.length === 0) {
          const { refusals, warnings, announced } = await preflight(lifecycle, inputs, occasion, deployment);
          failures.push(...refusals);
          show(urn, { warnings });
          if (!isChange && failures.length === 0) show(urn, announced ?? lifecycle.announce(inputs, nowMs));
        }
        return { inputs: { ...kept }, failures };
      }),

    diff: (id, olds: Properties, news: Properties) =>
      forUser(deployment.log, async () => {
        const { recorded, given, inputs: before } = readRecorded(lifecycle, id, olds);
        const kept = recordable(news);
        const changed = changedInputs(lifecycle.inputNames, recordable(given), kept);
        const inputs = hasUnknown(kept) ? undefined : inputsOf(kept);
        const partly = inputs === undefined ? partlyKnown(kept) : undefined;
        // Looked at where it is recorded: another array in the new inputs is another matter.
        const { warnings, mode, isRefused, ...now } = await observedNow(lifecycle, recorded, before, deployment);
        const earlier = recorded.state;
        const nowMs = deployment.clock.nowMs();
        const review = lifecycle.review({ ...now, earlier, before, inputs, partly, changed, nowMs });
        const refused = refusedIn(mode, review);
        show(`${news.resourceUrn}`, { ...review, warnings: [...warnings, ...refused.warnings, ...review.warnings] });
        if (refused.refusal !== undefined) throw refused.refusal;
        // What a preview only warns of is the run's own to refuse.
        const changes = review.changes || isRefused || refused.warnings.length > 0;
        if (review.replaces.length > 0) replaced.set(`${news.resourceUrn}`, before);
        return { changes, replaces: [...review.replaces], deleteBeforeReplace: true };
      }),

    create: async (news: Properties) => {
      successors.delete(`${news.resourceUrn}`);
      const recorded = await recording(news, undefined, async (record) => {
        const inputs = inputsOf(news);
        return lifecycle.create(inputs, runFor(news, inputs, "create"), record);
      });
      return { id: recorded.id, outs: outputsOf(news, recorded) };
    },

    read: (id, properties: Properties = {}) =>
      forUser(deployment.log, async () => {
        if (!isRecorded(properties)) throw nothingRecorded(id);
        const { recorded, inputs, given } = readRecorded(lifecycle, id, properties);
        const run = runFor(properties, inputs, "read");
        const seen = await lifecycle.read(recorded, inputs, run).finally(() => deployment.log.end(inputs.resourceUrn));
        // A blank id is how the protocol says that the object is gone.
        return seen === undefined ? { id: "", props: {} } : { id: seen.id, props: outputsOf(given, seen) };
      }),

    update: async (id, olds: Properties, news: Properties) => {
      const before = readOrTell(() => readRecorded(lifecycle, id, olds).recorded);
      const recorded = await recording(news, before, async (record) => {
        const inputs = inputsOf(news);
        return lifecycle.update(before, inputs, runFor(news, inputs, "update"), record);
      });
      return { outs: outputsOf(news, recorded) };
    },

    delete: (id, properties: Properties) =>
      forUser(deployment.log, async () => {
        const { recorded, inputs } = readRecorded(lifecycle, id, properties);
        const successor = successors.get(inputs.resourceUrn);
        try {
          const run = runFor(properties, inputs, "delete");
          if (successor !== undefined) await confirmReplacement(lifecycle, recorded, inputs, successor, run);
          await lifecycle.delete(recorded, inputs, run);
        } catch (error) {
          const text = lifecycle.recordedText?.(recorded);
          throw telling(error, text && `${text}, as before`);
        } finally {
          deployment.log.end(inputs.resourceUrn);
        }
      }),
  };
}

function isRecorded(olds: Properties): boolean {
  return Object.keys(withoutProvider(olds)).length > 0;
}

function nothingRecorded(id: string): MigrationError {
  return new MigrationError({
    kind: "input",
    attempted: `read ${id}`,
    on: "the array",
    answered: "nothing is recorded of it: Pulumi cannot import a dynamic resource",
    next: "Declare it in the program instead; what exists already is adopted.",
  });
}
