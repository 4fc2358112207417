import { z } from "zod";
import { arrayInput, durationInput, momentInput } from "../../core/inputs.ts";
import { maxDescriptionLength, maxNameLength } from "./naming.ts";
import { importTypes, targetStates } from "./states.ts";

const idRule = "must be an id, or name:<name>, without spaces or characters reserved in URLs";
const id = z.string().regex(/^(?:name:)?[^\s\p{Cc}/?#%&=+:;,<>"'\\^`{|}[\]@!$()*]+$/u, idRule);
const plainIdRule = "must be an id, without spaces or characters reserved in URLs";
const plainId = z.string().regex(/^[^\s\p{Cc}/?#%&=+:;,<>"'\\^`{|}[\]@!$()*]+$/u, plainIdRule);
const ids = z.array(id).min(1, "must name at least one");
// PowerStore takes neither spaces nor characters reserved in URLs (PowerStore REST 4.1 Swagger, `import_session_create.name`).
const sessionName = plainId.max(maxNameLength, `must be at most ${maxNameLength} characters`);
const descriptionRule = `must be at most ${maxDescriptionLength} characters: the rest is for the mark of the owning stack`;
const memberMapping = z
  .strictObject({ volumeWwn: z.string().min(1), hostIds: ids.optional(), hostGroupIds: ids.optional() })
  .refine(
    ({ hostIds, hostGroupIds }) => hostIds !== undefined || hostGroupIds !== undefined,
    "needs hostIds or hostGroupIds: the member would be mapped to no host",
  );

/** Shut without a code, however a program says that there is none. 0.1.0 took the code as a plain text. */
const cutoverApproval = z.preprocess(
  (given) => (typeof given === "string" || given === null ? { code: given } : given),
  z.strictObject({
    code: z
      .string()
      .nullish()
      .transform((code) => code ?? ""),
  }),
);

const cutoverWindow = z
  .strictObject({ notBefore: momentInput.optional(), notAfter: momentInput.optional() })
  .refine(
    ({ notBefore, notAfter }) => notBefore !== undefined || notAfter !== undefined,
    "needs notBefore, notAfter or both",
  )
  .refine(({ notBefore, notAfter }) => !(Number(notAfter) <= Number(notBefore)), {
    path: ["notAfter"],
    message: "must be later than notBefore",
  });

const maxChangeLength = 200;

/** The inputs with which a session is created. */
const creationShape = {
  remoteSystemId: id.optional(),
  sourceResourceId: plainId.optional(),
  sessionName: sessionName.optional(),
  description: z
    .string()
    .max(maxDescriptionLength, descriptionRule)
    .regex(/^\P{Cc}*$/u, "must not hold control characters")
    .optional(),
  type: z.enum(importTypes).optional(),
  hostIds: ids.optional(),
  hostGroupIds: ids.optional(),
  memberMappings: z.array(memberMapping).min(1).optional(),
  volumeGroupId: id.optional(),
  protectionPolicyId: id.optional(),
  scheduledTimestamp: momentInput.optional(),
  automaticCutover: z.boolean().optional(),
  globalStorageDiscoveryAddress: z.string().min(1).optional(),
};

/** Each input with its own schema. How they go together: `input-rules.ts`. */
export const inputShape = {
  array: arrayInput.optional(),
  sessionId: plainId.optional(),
  ...creationShape,
  targetState: z.enum(targetStates).default("Ready_For_Cutover"),
  paused: z.boolean().optional(),
  hostSteps: z
    .strictObject({ sourceStopped: z.boolean().default(false), destinationStarted: z.boolean().default(false) })
    .optional(),
  cutoverWindow: cutoverWindow.optional(),
  cutoverApproval: cutoverApproval.optional(),
  forceCancel: z.boolean().default(false),
  forceCancelAfter: durationInput.optional(),
  copyAgain: plainId.optional(),
  change: z
    .string()
    .max(maxChangeLength, `must be at most ${maxChangeLength} characters`)
    .regex(/^\P{Cc}*$/u, "must not hold control characters")
    .optional(),
  /**
   * The part that a MigrationWave gives a resource; not for programs. Two resources have the same session: one owns the copy, the other reports what comes after it. The
   * cutover is held while `hold` says why, and while an array shows one of `members` not ready. A release recorded the members once. Now they are left out, because as many
   * lists as members, all alike, made a large state.
   */
  wave: z
    .discriminatedUnion("part", [
      z.strictObject({ part: z.literal("copy") }),
      z.strictObject({
        part: z.literal("cutover"),
        hold: z.string(),
        /** For policies: whether somebody has to approve. */
        isApprovalAsked: z.boolean().default(false),
        members: z.array(z.strictObject({ sessionId: plainId, array: arrayInput.optional() })).optional(),
      }),
    ])
    .optional(),
};

export type ImportSessionInputs = z.infer<z.ZodObject<typeof inputShape, z.core.$strict>>;

export const importSessionInputNames: readonly string[] = Object.keys(inputShape);

/** The inputs of an import session as they were accepted once, and those that are known while others are not. */
export const recordedImportInputs: z.ZodType<ImportSessionInputs> = z.object(inputShape);

export const creationInputs = z.object(creationShape).keyof().options;

/** The inputs whose change means another session, beside `array`. The scheduled start is moved in place, and the array keeps the description that a session was created with. */
export const identifyingInputs = [
  "sessionId",
  ...creationInputs.filter((name) => name !== "scheduledTimestamp" && name !== "description"),
] as const;

/** The inputs that only say when the cutover is sent. They mean nothing once it has been. */
export const gateInputs: readonly string[] = ["cutoverWindow", "cutoverApproval", "wave"];

/** Whether the program consents to throw away the copy of this session, or of this source where no session of it is left. */
export function consents({ copyAgain }: Pick<ImportSessionInputs, "copyAgain">, id: string): boolean {
  return copyAgain !== undefined && copyAgain === id;
}
