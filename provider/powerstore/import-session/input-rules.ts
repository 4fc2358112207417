import { z } from "zod";
import { durationInput, type InputFailure, type Properties } from "../../core/inputs.ts";
import { durationText } from "../../core/text/duration-text.ts";
import { creationInputs, type ImportSessionInputs, inputShape } from "./inputs.ts";

/** The inputs of an import session, checked one by one and against each other. */
export const importSessionInputs: z.ZodType<ImportSessionInputs> = z
  .strictObject(inputShape)
  .superRefine((inputs, context) => {
    for (const { property, reason } of inputRules.filter((rule) => rule.when(inputs)))
      context.addIssue({ code: "custom", path: property.split("."), message: reason });
  });

/** A delete that ends before force is due never sends it, and the next one counts from the beginning. */
export function lateForce({ forceCancelAfter }: Properties, deleteMs: number): readonly InputFailure[] {
  const { data: afterMs = 0 } = durationInput.safeParse(forceCancelAfter);
  if (afterMs < deleteMs) return [];
  const reason = `is not over when the delete times out, after ${durationText(deleteMs)}, so force would never be sent: shorten it, or raise customTimeouts.delete`;
  return [{ property: "forceCancelAfter", reason }];
}

interface InputRule {
  readonly property: string;
  /** When it is broken. */
  when(inputs: ImportSessionInputs): boolean;
  readonly reason: string;
}

const isAdopting = ({ sessionId }: ImportSessionInputs) => sessionId !== undefined;
const isCreating = (inputs: ImportSessionInputs) =>
  !isAdopting(inputs) && creationInputs.some((name) => inputs[name] !== undefined);
const isNonDisruptive = ({ type }: ImportSessionInputs) => type === "Non_Disruptive";
const isAutomatic = ({ automaticCutover }: ImportSessionInputs) => automaticCutover === true;

const inputRules: readonly InputRule[] = [
  ...creationInputs.map((property) => ({
    property,
    when: (inputs: ImportSessionInputs) => isAdopting(inputs) && inputs[property] !== undefined,
    reason: "cannot be given together with sessionId, which adopts an existing session as it is",
  })),
  {
    property: "sessionId",
    when: (inputs) => !isAdopting(inputs) && !isCreating(inputs),
    reason: "is needed to adopt a session; to create one, give remoteSystemId, sourceResourceId and type",
  },
  ...(["remoteSystemId", "sourceResourceId", "type"] as const).map((property) => ({
    property,
    when: (inputs: ImportSessionInputs) => isCreating(inputs) && inputs[property] === undefined,
    reason: "is needed to create a session",
  })),
  ...(["hostIds", "hostGroupIds", "memberMappings", "hostSteps"] as const).map((property) => ({
    property,
    when: (inputs: ImportSessionInputs) => isNonDisruptive(inputs) && inputs[property] !== undefined,
    reason: "is for agentless imports only",
  })),
  {
    property: "targetState",
    when: (inputs) => isNonDisruptive(inputs) && ["Mirror_Enabled", "Ready_To_Start_Copy"].includes(inputs.targetState),
    reason:
      "is where an agentless import can rest; a non-disruptive one does not stop there: ask for Ready_For_Cutover",
  },
  ...(["hostIds", "hostGroupIds"] as const).map((property) => ({
    property,
    when: (inputs: ImportSessionInputs) => inputs.memberMappings !== undefined && inputs[property] !== undefined,
    reason: "cannot be given together with memberMappings",
  })),
  {
    property: "automaticCutover",
    when: (inputs) =>
      isAutomatic(inputs) && (inputs.cutoverWindow !== undefined || inputs.cutoverApproval !== undefined),
    reason: "cannot be given together with cutoverWindow or cutoverApproval: the array would not wait for them",
  },
  {
    property: "automaticCutover",
    when: (inputs) => isAutomatic(inputs) && inputs.targetState !== "Import_Completed",
    reason: 'needs targetState "Import_Completed": the array cuts over automatically',
  },
  {
    // The cutover of a wave is given what its copy is given, and adopts whatever session that has.
    property: "copyAgain",
    when: ({ copyAgain, sessionId, wave }) =>
      copyAgain !== undefined && copyAgain === sessionId && wave?.part !== "cutover",
    reason: "names the session that sessionId adopts; to copy its source again, declare that instead of sessionId",
  },
  {
    property: "forceCancelAfter",
    when: ({ forceCancel, forceCancelAfter }) => forceCancel && forceCancelAfter !== undefined,
    reason: "has no meaning together with forceCancel, which sends force at once",
  },
];
