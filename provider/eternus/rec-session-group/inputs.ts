import { z } from "zod";
import { arrayInput, ownInputs } from "../../core/inputs.ts";
import { recoveries, settableTransferModes } from "../words.ts";

export const targetStates = ["Suspend", "Active"] as const;
export const directions = ["Forward", "Reversed"] as const;
export type Direction = (typeof directions)[number];

const sessionId = z.int("must be a copy session's id, a whole number").min(0, "must be a copy session's id, 0 or more");

const sessionIds = z
  .array(sessionId)
  .min(1, "must name at least one copy session")
  .superRefine((ids, context) => {
    for (const [index, id] of ids.entries()) {
      if (ids.indexOf(id) === index) continue;
      context.addIssue({ code: "custom", path: [index], message: `names copy session ${id} a second time` });
    }
  });

const word = <Words extends readonly string[]>(words: Words) =>
  z.enum(words, { error: `must be ${words.map((one) => `"${one}"`).join(" or ")}` });

const shape = {
  array: arrayInput.optional(),
  copySessionIds: sessionIds,
  targetState: word(targetStates).optional(),
  force: z.boolean().optional(),
  waitForEquivalent: z.boolean().optional(),
  direction: word(directions).optional(),
  transferMode: word(settableTransferModes).optional(),
  splitMode: word(recoveries).optional(),
  recoveryMode: word(recoveries).optional(),
  ...ownInputs,
};

export type RecSessionGroupInputs = z.infer<z.ZodObject<typeof shape, z.core.$strict>>;

export const recSessionGroupInputNames: readonly string[] = Object.keys(shape);

/** The inputs of a REC session group as they were accepted once. */
export const recordedGroupInputs: z.ZodType<RecSessionGroupInputs> = z.object({
  ...shape,
  copySessionIds: z.array(sessionId),
});

/** Those inputs of a REC session group that are known. */
export const someGroupInputs = z.object({ ...shape, copySessionIds: sessionIds.optional() });

/** The inputs of a REC session group, checked one by one and against each other. */
export const recSessionGroupInputs: z.ZodType<RecSessionGroupInputs> = z
  .strictObject(shape)
  .superRefine((inputs, context) => {
    const refuse = (property: string, message: string) =>
      context.addIssue({ code: "custom", path: [property], message });
    if (inputs.splitMode !== undefined && (inputs.transferMode ?? "Synchronous") !== "Synchronous") {
      refuse("splitMode", "exists in Synchronous mode only");
    }
    if (inputs.force === true && inputs.targetState === "Active") {
      refuse("force", 'is about suspending, so it cannot be given together with targetState "Active"');
    }
  });
