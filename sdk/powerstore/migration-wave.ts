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
import { type CutoverWindow, ImportSession, type ImportSessionArgs } from "./import-session.ts";
import { independent } from "./independent.ts";
import { canaryHold, cutOver, statesOf, unready, unreadyHold } from "./wave-holds.ts";
import { waveTurns } from "./wave-turns.ts";

const type = "pulumi-storage-migration:powerstore:MigrationWave";

/**
 * Volumes that move together: all are copied, so many at once, and none is cut over before all are ready.
 *
 * Each member is an {@link ImportSession} `<wave>-<member>` that is brought to `Ready_For_Cutover`. When `cutover` is declared, another one,
 * `<wave>-<member>-cutover`, takes the same session over and cuts it over. Taking `cutover` back sends nothing; destroying the wave cancels what is not over.
 */
export class MigrationWave extends ComponentResource {
  /** Brings each member to `Ready_For_Cutover`, by the member's name. */
  readonly copies: Readonly<Record<string, ImportSession>>;
  /** Cuts each member over, by the member's name; without those whose cutover is not declared. */
  readonly cutovers: Readonly<Record<string, ImportSession>>;
  /** PowerStore's word for the state of each member, by the member's name. @example { db: "Ready_For_Cutover" } */
  readonly states: Output<Readonly<Record<string, string>>>;
  /** Whether every member is ready for the cutover, or past it. */
  readonly ready: Output<boolean>;
  /** Whether every member has been cut over. */
  readonly complete: Output<boolean>;

  /**
   * @param name the wave's name in the program
   * @param args the members, and whether they are to be cut over
   * @param options Pulumi's own: `customTimeouts` are the deadlines of each member, `dependsOn`, `protect` and `retainOnDelete` hold for each member
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

export interface MigrationWaveArgs {
  /** What moves, by a name of its own within the wave; where `copiesAtOnce` bounds the copies, they begin in this order. Put first what takes longest. Another name is another member, unless `formerNames` says otherwise. @example { db: { sourceResourceId: "sv_42" }, log: { sourceResourceId: "sv_43" } } */
  members: Readonly<Record<string, WaveMember>>;
  /** Members that have another name now: the name each had in the last update, by the one it has now. Their sessions stay; without this a member is taken for a new one, and the one of the old name is cancelled. @default none was renamed @example { database: "db" } */
  formerNames?: Readonly<Record<string, string>>;
  /** What all members have in common; what a member says itself comes first. @default nothing @example { remoteSystemId: "name:old-unity", type: "Non_Disruptive" } */
  defaults?: WaveMember;
  /** How many members copy at once, 1 or more: as soon as one is ready, the next begins. A copy that fails keeps its turn, because the array may still be copying. @default all; the array queues what is beyond its own limit @example 4 */
  copiesAtOnce?: number;
  /** The member that is cut over first: the others only once its import is complete. @default all are cut over together @example "log" */
  canary?: string;
  /**
   * Declares the cutover, which cannot be undone: `true` of all members, `"canary"` of the canary alone. Either waits until all members are ready, and is
   * held while one is not. @default false
   */
  cutover?: boolean | "canary";
  /** Cutovers are sent only within this window; outside it they are held, and the update succeeds. @default always open @example { notBefore: "2026-12-05T22:00:00Z" } */
  cutoverWindow?: Input<CutoverWindow>;
  /** When given, cutovers are sent only if it equals the wave's name; an empty string holds them. @default no approval is waited for @example "erp" */
  cutoverApproval?: Input<string>;
}

/** One member: an import as {@link ImportSession} takes it, without what the wave decides. */
export type WaveMember = Omit<
  ImportSessionArgs,
  "sessionId" | "targetState" | "automaticCutover" | "cutoverWindow" | "cutoverApproval"
>;

function problemOf(args: MigrationWaveArgs): string | undefined {
  const { members, formerNames = {}, copiesAtOnce = 1, canary, cutover } = args;
  const names = Object.keys(members);
  const strange = Object.keys(formerNames).find((name) => !names.includes(name));
  const former = Object.values(formerNames);
  const taken = former.find((name, index) => names.includes(name) || former.indexOf(name) !== index);
  if (names.length === 0) return "members must name at least one";
  if (strange !== undefined) return `formerNames: "${strange}" is none of the members`;
  if (taken !== undefined) return `formerNames: "${taken}" is the name of another member, too`;
  if (!Number.isInteger(copiesAtOnce) || copiesAtOnce < 1) return "copiesAtOnce must be a whole number, 1 or more";
  if (canary !== undefined && !names.includes(canary)) return `canary "${canary}" is none of the members`;
  if (cutover === "canary" && canary === undefined) return 'cutover "canary" needs a canary';
  return undefined;
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
  const turns = waveTurns(copiesAtOnce);
  const copies: Record<string, ImportSession> = {};
  for (const [member, args] of Object.entries(members)) {
    // An input that is not there yet holds the registration back. A dependency would do that too, but stay recorded: destroy would then cancel one after
    // the other, and nothing behind one that cannot be cancelled.
    const targetState = turns.next().then(() => "Ready_For_Cutover" as const);
    const own = { ...options, ...formerly(name, formerNames?.[member]) };
    const copy = new ImportSession(`${name}-${member}`, { ...defaults, ...args, targetState, ...copyPart }, own);
    turns.endWith(copy.urn);
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
  const { cutover = false, canary, cutoverApproval, cutoverWindow } = args;
  if (cutover === false) return {};
  // Asked about first, so that a preview can say it before anything is copied.
  const held = output(cutoverApproval).apply((approval): Output<string> => {
    const isApproved = approval === undefined || approval === name;
    return isApproved
      ? unreadyHold(name, copies)
      : output(`until approved: set the wave's cutoverApproval to "${name}"`);
  });
  const cutOverMember = (member: string, hold: Input<string>): ImportSession => {
    const { array, paused } = { ...args.defaults, ...args.members[member] };
    const inputs = {
      sessionId: copies[member]?.sessionId ?? "",
      targetState: cutOver,
      ...(array === undefined ? {} : { array }),
      ...(paused === undefined ? {} : { paused }),
      ...(cutoverWindow === undefined ? {} : { cutoverWindow }),
      wave: { part: "cutover", hold: independent(hold), isApprovalAsked: cutoverApproval !== undefined, members },
    } as const;
    // The session is its copy's to cancel.
    const own = {
      ...options,
      ...formerly(name, args.formerNames?.[member], "-cutover"),
      retainOnDelete: true,
      protect: false,
    };
    return new ImportSession(`${name}-${member}-cutover`, inputs, own);
  };
  // Looked at once more, right before a cutover is sent: the copies may have been ready hours ago.
  const members = independent(
    Object.entries(copies).map(([member, { sessionId }]) => {
      const { array } = { ...args.defaults, ...args.members[member] };
      return { sessionId, ...(array === undefined ? {} : { array }) };
    }),
  );
  if (canary === undefined) return eachOf(Object.keys(copies), (member) => cutOverMember(member, held));

  const first = cutOverMember(canary, held);
  if (cutover === "canary") return { [canary]: first };
  // A preview that does not know yet how the canary's cutover ends shows what comes after it as well.
  const heldByCanary = runtime.isDryRun()
    ? held
    : output({ hold: held, state: first.state }).apply(({ hold, state }) =>
        hold === "" ? canaryHold(`${name}-${canary}`, state) : hold,
      );
  const others = Object.keys(copies).filter((member) => member !== canary);
  return { [canary]: first, ...eachOf(others, (member) => cutOverMember(member, heldByCanary)) };
}

/** For the provider alone: what becomes of the session after the copy is the cutover's to tell. */
const copyPart = { wave: { part: "copy" } } as const;

/** A renamed resource keeps what is recorded of it. */
function formerly(wave: string, member: string | undefined, ending = ""): Pick<CustomResourceOptions, "aliases"> {
  return member === undefined ? {} : { aliases: [{ name: `${wave}-${member}${ending}` }] };
}

function eachOf<Value>(names: readonly string[], make: (name: string) => Value): Record<string, Value> {
  return Object.fromEntries(names.map((name) => [name, make(name)]));
}
