import {
  ComponentResource,
  type ComponentResourceOptions,
  type CustomResourceOptions,
  type Input,
  type Output,
  output,
  ResourceError,
  runtime,
} from "@pulumi/pulumi";
import { openSemaphore } from "../../provider/core/async/semaphore.ts";
import { ImportSession } from "./import-session.ts";
import { independent } from "./independent.ts";
import type { MigrationWaveArgs } from "./wave-args.ts";
import { canaryHold, cutOver, statesOf, unready, unreadyHold } from "./wave-holds.ts";

import { problemOf } from "./wave-problem.ts";

const type = "pulumi-storage-migration:powerstore:MigrationWave";

/**
 * A wave moves volumes together. It copies up to N of them at a time, and cuts over none before all are ready.
 *
 * For each member, an {@link ImportSession} `<wave>-<member>` brings the session to `Ready_For_Cutover`. If `cutover` is declared, a second one,
 * `<wave>-<member>-cutover`, takes over the same session and cuts it over. Removing `cutover` sends nothing. Destroying the wave cancels every session that has not ended.
 */
export class MigrationWave extends ComponentResource {
  /** By the member's name, the resource that brings the member to `Ready_For_Cutover`. */
  readonly copies: Readonly<Record<string, ImportSession>>;
  /** By the member's name, the resource that cuts the member over; only members whose cutover is declared. */
  readonly cutovers: Readonly<Record<string, ImportSession>>;
  /** By the member's name, the member's state, as PowerStore names it. @example { db: "Ready_For_Cutover" } */
  readonly states: Output<Readonly<Record<string, string>>>;
  /** True if every member is ready for the cutover, or past it. */
  readonly ready: Output<boolean>;
  /** True if every member is cut over. */
  readonly complete: Output<boolean>;

  /**
   * @param name the wave's name in the program
   * @param args the members, and whether to cut them over
   * @param options Pulumi's own: `customTimeouts` sets the deadlines of each member; `dependsOn`, `protect` and `retainOnDelete` apply to each member
   */
  constructor(name: string, args: MigrationWaveArgs, options: ComponentResourceOptions = {}) {
    super(type, name, {}, options);
    const problem = problemOf(args);
    if (problem !== undefined) throw new ResourceError(`${name}: ${problem}`, this, true);
    this.copies = copiesOf(name, args, memberOptions(this, options));
    this.cutovers = cutoversOf(name, args, this.copies, memberOptions(this, options));
    this.states = statesOf({ ...this.copies, ...this.cutovers });
    this.ready = this.states.apply((states) => unready(states).length === 0);
    this.complete = this.states.apply((states) => Object.values(states).every((state) => state === cutOver));
    this.registerOutputs({ states: this.states, ready: this.ready, complete: this.complete });
  }
}

function memberOptions(parent: MigrationWave, options: ComponentResourceOptions): CustomResourceOptions {
  const { dependsOn, customTimeouts, retainOnDelete } = options;
  return {
    parent,
    ...(dependsOn === undefined ? {} : { dependsOn }),
    ...(customTimeouts === undefined ? {} : { customTimeouts }),
    ...(retainOnDelete === undefined ? {} : { retainOnDelete }),
  };
}

function copiesOf(
  name: string,
  { members, formerNames, defaults, copiesAtOnce = Number.POSITIVE_INFINITY }: MigrationWaveArgs,
  options: CustomResourceOptions,
): Record<string, ImportSession> {
  const turns = openSemaphore(copiesAtOnce);
  const copies: Record<string, ImportSession> = {};
  for (const [member, args] of Object.entries(members)) {
    // Pulumi registers a resource only when all its inputs are known, so this promise delays it. A dependency would do that too, but Pulumi would record it. Destroy would
    // then cancel one session after the other, and none behind a session that it cannot cancel.
    const turn = turns.acquire(never);
    const targetState = turn.then(() => "Ready_For_Cutover" as const);
    const own = { ...options, ...formerly(name, formerNames?.[member]) };
    const copy = new ImportSession(`${name}-${member}`, { ...defaults, ...args, targetState, ...copyPart }, own);
    copy.urn.apply(async () => (await turn)?.());
    copies[member] = copy;
  }
  return copies;
}

function cutoversOf(
  name: string,
  args: MigrationWaveArgs,
  copies: Readonly<Record<string, ImportSession>>,
  options: CustomResourceOptions,
): Record<string, ImportSession> {
  const { cutover = false, canary, cutoverApproval, formerNames } = args;
  if (cutover === false) return {};
  // Named without a value, it is asked all the same.
  const isApprovalAsked = "cutoverApproval" in args;
  // The approval comes first, so that a preview can report it before anything is copied.
  const held = output(cutoverApproval).apply((approval): Output<string> => {
    if (!isApprovalAsked || approval === name) return unreadyHold(name, copies);
    return output(`until approved: set the wave's cutoverApproval to "${name}"`);
  });
  const window = "cutoverWindow" in args ? { cutoverWindow: args.cutoverWindow ?? {} } : {};
  const cutOverMember = (member: string, hold: Input<string>): ImportSession => {
    const { array, paused, copyAgain } = { ...args.defaults, ...args.members[member] };
    const inputs = {
      sessionId: copies[member]?.sessionId ?? "",
      targetState: cutOver,
      ...(array === undefined ? {} : { array }),
      ...(paused === undefined ? {} : { paused }),
      // With another session of the copy, this one leaves the session that was cut over.
      ...(copyAgain === undefined ? {} : { copyAgain }),
      ...window,
      wave: { part: "cutover", hold: independent(hold), isApprovalAsked, members },
    } as const;
    // The copy's resource cancels the session, so this one must not.
    const alias = formerly(name, formerNames?.[member], "-cutover");
    const own = { ...options, ...alias, retainOnDelete: true, protect: false };
    return new ImportSession(`${name}-${member}-cutover`, inputs, own);
  };
  // The provider reads these again right before it sends a cutover, because the copies may have been ready hours ago.
  const members = independent(
    Object.entries(copies).map(([member, { sessionId }]) => {
      const { array } = { ...args.defaults, ...args.members[member] };
      return { sessionId, ...(array === undefined ? {} : { array }) };
    }),
  );
  if (canary === undefined) return eachOf(Object.keys(copies), (member) => cutOverMember(member, held));

  const first = cutOverMember(canary, held);
  if (cutover === "canary") return { [canary]: first };
  // A preview does not know how the canary's cutover ends, so it also shows what would follow.
  const heldByCanary = runtime.isDryRun()
    ? held
    : output({ hold: held, state: first.state }).apply(({ hold, state }) =>
        hold === "" ? canaryHold(`${name}-${canary}`, state) : hold,
      );
  const others = Object.keys(copies).filter((member) => member !== canary);
  return { [canary]: first, ...eachOf(others, (member) => cutOverMember(member, heldByCanary)) };
}

/** Nothing ends the wait for a turn early. */
const never = new AbortController().signal;

/** For the provider alone: after the copy, the cutover's resource reports what happens to the session. */
const copyPart = { wave: { part: "copy" } } as const;

/** With this alias, a renamed resource keeps its recorded state. */
function formerly(wave: string, member: string | undefined, ending = ""): Pick<CustomResourceOptions, "aliases"> {
  return member === undefined ? {} : { aliases: [{ name: `${wave}-${member}${ending}` }] };
}

function eachOf<Value>(names: readonly string[], make: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
