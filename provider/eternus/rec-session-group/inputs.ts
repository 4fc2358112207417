import { z } from "zod";
import { arrayInput } from "../../core/inputs.ts";
import { nearestName } from "../../core/text/nearest-name.ts";
import { recoveries, settableTransferModes } from "../words.ts";
import { directions, relativeDirections } from "./direction.ts";

const sessionId = z.int("must be a copy session's id, a whole number").min(0, "must be a copy session's id, 0 or more");

const sessionIds = (least: number) =>
  z
    .array(sessionId)
    .min(least, "must name at least one copy session")
    .superRefine((ids, context) => {
      for (const [index, id] of ids.entries()) {
        if (ids.indexOf(id) === index) continue;
        context.addIssue({ code: "custom", path: [index], message: `names copy session ${id} a second time` });
      }
    });

const maxChangeLength = 200;
const change = z
  .string()
  .max(maxChangeLength, `must be at most ${maxChangeLength} characters`)
  .regex(/^\P{Cc}*$/u, "must not hold control characters");

/** `must be "Suspend" or "Active"; did you mean "Suspend"?` */
function mustBe(words: readonly string[], input: unknown): string {
  const nearest = typeof input === "string" ? nearestName(input, words) : undefined;
  const all = words.map((one) => `"${one}"`).join(" or ");
  return `must be ${all}${nearest === undefined ? "" : `; did you mean "${nearest}"?`}`;
}

const word = <Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: ({ input }) => mustBe(words, input) });

const direction = z.enum(directions, {
  error({ input }) {
    const old = relativeDirections.find((one) => one === input);
    if (old === undefined) return mustBe(directions, input);
    const [held, did] = old === "Forward" ? ["held", "did not"] : ["did not hold", "did"];
    return `${mustBe(directions, undefined)}: "${old}" of 0.1.0 is "LocalToRemote" if this array ${held} the source when the group found its sessions, and "RemoteToLocal" if it ${did}`;
  },
});
const targetState = word(["Suspend", "Active"]);

/** What any release has recorded. */
const shape = {
  array: arrayInput.optional(),
  copySessionIds: sessionIds(1),
  targetState: targetState.default("Suspend"),
  force: z.boolean().default(false),
  waitForEquivalent: z.boolean().default(true),
  direction: z.enum([...directions, ...relativeDirections]).optional(),
  transferMode: word(settableTransferModes).optional(),
  splitMode: word(recoveries).optional(),
  recoveryMode: word(recoveries).optional(),
  /** Ids that leave the group and are to be resumed. One that just leaves is let go. */
  resume: sessionIds(0).default([]),
  change: change.optional(),
};

export type RecSessionGroupInputs = z.output<z.ZodObject<typeof shape, z.core.$strict>>;

export const recSessionGroupInputNames: readonly string[] = Object.keys(shape);

/** The inputs as any release accepted them, and those that are known while others are not. */
export const recordedGroupInputs: z.ZodType<RecSessionGroupInputs> = z.object({
  ...shape,
  copySessionIds: z.array(sessionId).default([]),
});

/** The inputs of a REC session group, checked one by one and against each other. */
export const recSessionGroupInputs: z.ZodType<RecSessionGroupInputs> = z
  .strictObject({ ...shape, targetState, direction: direction.optional() })
  .superRefine((inputs, context) => {
    const refuse = (property: string, message: string, ...path: readonly number[]) =>
      context.addIssue({ code: "custom", path: [property, ...path], message });
    if (inputs.splitMode !== undefined && (inputs.transferMode ?? "Synchronous") !== "Synchronous") {
      refuse("splitMode", "exists in Synchronous mode only");
    }
    if (inputs.force && inputs.targetState === "Active") {
      refuse("force", 'is about suspending, so it cannot be given together with targetState "Active"');
    }
    for (const [index, id] of inputs.resume.entries()) {
      if (!inputs.copySessionIds.includes(id)) continue;
      refuse("resume", `names copy session ${id}, which copySessionIds lists too: it is for those that leave`, index);
    }
  });
