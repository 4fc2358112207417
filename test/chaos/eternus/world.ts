import fc from "fast-check";
import type { EternusSettings } from "../../arrays/index.ts";
import { present, sometimes } from "../arbitrary.ts";

/** Which copy sessions there are, how the array works, and how it is reached. */
export interface World {
  readonly sessions: readonly Member[];
  readonly behaviour?: Partial<
    Pick<
      EternusSettings,
      | "jobRunningMs"
      | "suspendDrainMs"
      | "stateJudgedBy"
      | "failureShape"
      | "errorCodeType"
      | "notEquivalentCode"
      | "pageSize"
      | "loginLimit"
      | "jobTableSize"
    >
  >;
  /** How far the array's clock is ahead. */
  readonly aheadS?: number;
  readonly requestsInFlight?: number;
}

/** A copy session at the beginning. */
export interface Member {
  readonly mode: "Synchronous" | "Stack" | "Consistency";
  readonly is: "equivalent" | "copying" | "suspended" | "suspended early" | "halted";
}

/** The ids of sessions, by their place in the world: 0 is as good as any. */
export const memberIds = [0, 7, 12] as const;

/** What the program says. */
export interface Declared {
  readonly target: "Suspend" | "Active";
  /** Which of the sessions it names. @default all */
  readonly names?: "the first" | "all but the first";
  /** Whether those that it does not name are to be resumed. @default they are let go */
  readonly resumesOthers?: boolean;
  readonly force?: boolean;
  readonly waitForEquivalent?: boolean;
  readonly direction?: "LocalToRemote" | "RemoteToLocal";
  readonly recoveryMode?: "Automatic" | "Manual";
}

const member: fc.Arbitrary<Member> = fc.record({
  mode: fc.constantFrom("Synchronous", "Stack", "Consistency"),
  is: fc.constantFrom("equivalent", "copying", "suspended", "suspended early", "halted"),
});

export const worlds: fc.Arbitrary<World> = present(
  fc.record({
    sessions: fc.array(member, { minLength: 1, maxLength: memberIds.length }),
    behaviour: present(
      fc.record({
        jobRunningMs: sometimes(fc.constantFrom(0, 20_000)),
        suspendDrainMs: sometimes(fc.constantFrom(0, 70_000)),
        stateJudgedBy: sometimes(fc.constant("request")),
        failureShape: sometimes(fc.constantFrom("nested", "named", "href", "absent"), 5),
        errorCodeType: sometimes(fc.constant("number")),
        notEquivalentCode: sometimes(fc.constant("5323")),
        pageSize: sometimes(fc.constant(1)),
        loginLimit: sometimes(fc.constant(2), 1),
        jobTableSize: sometimes(fc.constant(3), 1),
      }),
    ),
    aheadS: sometimes(fc.constantFrom(37, 7200, -7200)),
    requestsInFlight: sometimes(fc.constant(4)),
  }),
);

const target = fc.constantFrom("Suspend", "Active");
const more = {
  names: sometimes(fc.constantFrom("the first", "all but the first")),
  resumesOthers: sometimes(fc.boolean()),
  force: sometimes(fc.boolean()),
  waitForEquivalent: sometimes(fc.boolean()),
  direction: sometimes(fc.constantFrom("LocalToRemote", "RemoteToLocal"), 1),
  recoveryMode: sometimes(fc.constantFrom("Automatic", "Manual"), 1),
} as const;

export const declarations: fc.Arbitrary<Declared> = present(fc.record({ target, ...more }));
export const changes: fc.Arbitrary<Partial<Declared>> = present(fc.record({ target: sometimes(target, 5), ...more }));

export const handWords = [
  "suspend",
  "resume",
  "delete",
  "halt",
  "lose the path of",
  "recover",
  "break",
  "give up the suspend of",
  "fail the next suspend of",
  "refuse the next suspend of",
  "fail the next resume of",
  "cancel the job of",
  "replace",
  "disguise",
  "undisguise",
  "forget all jobs, not",
] as const;
export type HandWord = (typeof handWords)[number];

/** `suspend 7` */
export const byHand: fc.Arbitrary<string> = fc
  .tuple(fc.constantFrom(...handWords), fc.constantFrom(...memberIds))
  .map(([word, id]) => `${word} ${id}`);
