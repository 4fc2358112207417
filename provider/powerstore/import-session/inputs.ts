import { z } from "zod";
import { arrayInput, durationInput, momentInput, ownInputs } from "../../core/inputs.ts";
import { longestDescription, longestName } from "./naming.ts";
import { importTypes, targetStates } from "./states.ts";

const idRule = "must be an id, or name:<name>, without spaces or characters that have a meaning in a URL";
const id = z.string().regex(/^(?:name:)?[^\s\p{Cc}/?#%&=+:;,<>"'\\^`{|}[\]@!$()*]+$/u, idRule);
const plainId = z
  .string()
  .regex(
    /^[^\s\p{Cc}/?#%&=+:;,<>"'\\^`{|}[\]@!$()*]+$/u,
    "must be an id, without spaces or characters that have a meaning in a URL",
  );
const ids = z.array(id).min(1, "must name at least one");
// PowerStore takes neither spaces nor characters with a meaning in a URL (PowerStore REST 4.1 Swagger, `import_session_create.name`).
const sessionName = plainId.max(longestName, `must be at most ${longestName} characters`);

const shape = {
  array: arrayInput.optional(),
  sessionId: plainId.optional(),
  remoteSystemId: id.optional(),
  sourceResourceId: plainId.optional(),
  sessionName: sessionName.optional(),
  description: z
    .string()
    .max(
      longestDescription,
      `must be at most ${longestDescription} characters: the rest is for the mark of the owning stack`,
    )
    .regex(/^\P{Cc}*$/u, "must not hold control characters")
    .optional(),
  type: z.enum(importTypes).optional(),
  hostIds: ids.optional(),
  hostGroupIds: ids.optional(),
  memberMappings: z
    .array(z.strictObject({ volumeWwn: z.string().min(1), hostIds: ids.optional(), hostGroupIds: ids.optional() }))
    .min(1)
    .optional(),
  volumeGroupId: id.optional(),
  protectionPolicyId: id.optional(),
  scheduledTimestamp: momentInput.optional(),
  automaticCutover: z.boolean().optional(),
  globalStorageDiscoveryAddress: z.string().min(1).optional(),
  targetState: z.enum(targetStates).optional(),
  paused: z.boolean().optional(),
  hostSteps: z
    .strictObject({ sourceStopped: z.boolean().optional(), destinationStarted: z.boolean().optional() })
    .optional(),
  cutoverWindow: z.strictObject({ notBefore: momentInput.optional(), notAfter: momentInput.optional() }).optional(),
  cutoverApproval: z.string().optional(),
  forceCancel: z.boolean().optional(),
  forceCancelAfter: durationInput.optional(),
  /**
   * The part that a MigrationWave gives a resource; not for programs. Two have the same session: the copy owns it, and what comes after the copy is for
   * the cutover to tell. The cutover is held while `hold` says why, and while an array shows one of `members` not ready. A release recorded the members once;
   * now they are left out: as many lists as members, all alike, made a large state.
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
  ...ownInputs,
};

/** The inputs with which a session is created. */
export const creationInputs = [
  "remoteSystemId",
  "sourceResourceId",
  "sessionName",
  "description",
  "type",
  "hostIds",
  "hostGroupIds",
  "memberMappings",
  "volumeGroupId",
  "protectionPolicyId",
  "scheduledTimestamp",
  "automaticCutover",
  "globalStorageDiscoveryAddress",
] as const;

/** The inputs whose change means another session, beside `array`. The scheduled start is moved in place. */
export const identifyingInputs = [
  "sessionId",
  ...creationInputs.filter((name) => name !== "scheduledTimestamp"),
] as const;

/** The inputs that only say when the cutover is sent: of no meaning once it has been. */
export const gateInputs: readonly string[] = ["cutoverWindow", "cutoverApproval", "wave"];

export const importSessionInputNames: readonly string[] = Object.keys(shape);

export type ImportSessionInputs = z.infer<z.ZodObject<typeof shape, z.core.$strict>>;

/** The inputs of an import session as they were accepted once. */
export const recordedImportInputs: z.ZodType<ImportSessionInputs> = z.object(shape);

/** The inputs of an import session, checked one by one and against each other. */
export const importSessionInputs: z.ZodType<ImportSessionInputs> = z
  .strictObject(shape)
  .superRefine((inputs, context) => {
    for (const { property, reason } of contradictions(inputs)) {
      context.addIssue({ code: "custom", path: property.split("."), message: reason });
    }
  });

function contradictions(inputs: ImportSessionInputs): { readonly property: string; readonly reason: string }[] {
  const found: { property: string; reason: string }[] = [];
  const refuse = (when: boolean, property: string, reason: string) => {
    if (when) found.push({ property, reason });
  };
  const given = creationInputs.filter((name) => inputs[name] !== undefined);
  const isAdopting = inputs.sessionId !== undefined;
  const { notBefore, notAfter } = inputs.cutoverWindow ?? {};
  const hasGate = inputs.cutoverWindow !== undefined || inputs.cutoverApproval !== undefined;

  refuse(
    isAdopting && given.length > 0,
    given[0] ?? "sessionId",
    "cannot be given together with sessionId, which adopts an existing session as it is",
  );
  refuse(
    !isAdopting && given.length === 0,
    "sessionId",
    "is needed to adopt a session; to create one, give remoteSystemId, sourceResourceId and type",
  );
  if (!isAdopting && given.length > 0) {
    for (const name of ["remoteSystemId", "sourceResourceId", "type"] as const) {
      refuse(inputs[name] === undefined, name, "is needed to create a session");
    }
  }
  for (const name of ["hostIds", "hostGroupIds", "memberMappings", "hostSteps"] as const) {
    refuse(inputs[name] !== undefined && inputs.type === "Non_Disruptive", name, "is for agentless imports only");
  }
  refuse(
    inputs.type === "Non_Disruptive" &&
      (inputs.targetState === "Mirror_Enabled" || inputs.targetState === "Ready_To_Start_Copy"),
    "targetState",
    "is where an agentless import can rest; a non-disruptive one passes it by itself, so ask for Ready_For_Cutover",
  );
  for (const [index, { hostIds, hostGroupIds }] of (inputs.memberMappings ?? []).entries()) {
    refuse(
      hostIds === undefined && hostGroupIds === undefined,
      `memberMappings.${index}`,
      "needs hostIds or hostGroupIds: the member would be mapped to nobody",
    );
  }
  const common = inputs.hostIds === undefined ? "hostGroupIds" : "hostIds";
  refuse(
    inputs.memberMappings !== undefined && inputs[common] !== undefined,
    common,
    "cannot be given together with memberMappings",
  );
  refuse(
    inputs.automaticCutover === true && hasGate,
    "automaticCutover",
    "cannot be given together with cutoverWindow or cutoverApproval: the array would not wait for them",
  );
  refuse(
    inputs.automaticCutover === true && inputs.targetState !== "Import_Completed",
    "automaticCutover",
    'needs targetState "Import_Completed": the array cuts over by itself',
  );
  refuse(
    inputs.cutoverWindow !== undefined && notBefore === undefined && notAfter === undefined,
    "cutoverWindow",
    "needs notBefore, notAfter or both",
  );
  refuse(
    notBefore !== undefined && notAfter !== undefined && notAfter <= notBefore,
    "cutoverWindow.notAfter",
    "must be later than notBefore",
  );
  refuse(
    inputs.forceCancel === true && inputs.forceCancelAfter !== undefined,
    "forceCancelAfter",
    "has no meaning together with forceCancel, which sends force at once",
  );
  return found;
}
