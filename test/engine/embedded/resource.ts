import { z } from "zod";

const properties = z.record(z.string(), z.unknown());

/** A resource as the checkpoint records it. */
export const resourceState = z.object({
  urn: z.string(),
  type: z.string(),
  id: z.string(),
  inputs: properties,
  outputs: properties,
  initErrors: z.array(z.string()).readonly(),
  /** URNs of what must be there as long as this is. */
  dependencies: z.array(z.string()),
  protect: z.boolean(),
  retainOnDelete: z.boolean(),
  /** Its replacement is made, and it is still to be deleted. */
  isReplaced: z.boolean(),
});

/** What the program tells the engine: a resource it wants, the stack's outputs, or why it failed. */
export const programMessage = z.discriminatedUnion("kind", [
  resourceState
    .omit({ id: true, outputs: true, initErrors: true, isReplaced: true })
    .extend({ kind: z.literal("register"), call: z.number(), deleteBeforeReplace: z.boolean() }),
  z.object({ kind: z.literal("outputs"), outputs: properties }),
  z.object({ kind: z.literal("failure"), message: z.string() }),
]);

/** What the engine answers when the resource is there. */
export const answer = z.object({ call: z.number(), id: z.string(), outputs: properties });

export type ResourceState = Readonly<z.output<typeof resourceState>>;
export type ProgramMessage = z.output<typeof programMessage>;
export type Registration = Readonly<Extract<ProgramMessage, { kind: "register" }>>;
export type Answer = z.output<typeof answer>;
