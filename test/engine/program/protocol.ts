import { z } from "zod";

const properties = z.record(z.string(), z.unknown());

/** What a program tells: a resource it wants, the stack's outputs, or why it failed. */
export const programMessage = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("register"),
    /** To be given back with the answer. */
    call: z.number(),
    urn: z.string(),
    type: z.string(),
    inputs: properties,
    /** URNs of what must be there as long as this is, its parent among them. */
    dependencies: z.array(z.string()),
    protect: z.boolean(),
    retainOnDelete: z.boolean(),
    deleteBeforeReplace: z.boolean(),
  }),
  z.object({ kind: z.literal("outputs"), outputs: properties }),
  z.object({ kind: z.literal("failure"), message: z.string() }),
]);

/** What it is answered when a resource is there; blank `id` in a preview. */
export const answer = z.object({ call: z.number(), id: z.string(), outputs: properties });

export type ProgramMessage = z.output<typeof programMessage>;
export type Registration = Readonly<Extract<ProgramMessage, { kind: "register" }>>;
export type Answer = z.output<typeof answer>;
