// Pulumi passes a program's resources to a policy under these types.
const importSession = "pulumi-nodejs:dynamic/powerstore:ImportSession";
const recSessionGroup = "pulumi-nodejs:dynamic/eternus:RecSessionGroup";

/** The parts of a resource that the rules read. */
export interface Declared {
  readonly type: string;
  readonly props: Readonly<Record<string, unknown>>;
}

/** Force loses data, or ends an import without a rollback. */
export function forceViolations({ type, props }: Declared): string[] {
  if (type === recSessionGroup && props.force === true)
    return ["force suspends a session before all its data is transferred. Remove it."];
  if (type !== importSession) return [];
  const forced = [
    ...(props.forceCancel === true ? ["forceCancel"] : []),
    ...(props.forceCancelAfter === undefined ? [] : ["forceCancelAfter"]),
  ];
  return forced.map((name) => `${name} ends an import without rolling back. Remove it.`);
}

/** A cutover cannot be undone, so it needs a window or somebody's approval. */
export function gateViolations({ type, props }: Declared): string[] {
  if (type !== importSession || props.targetState !== "Import_Completed") return [];
  if (props.automaticCutover === true)
    return ["automaticCutover waits for no gate. Remove it, and declare a cutoverWindow or a cutoverApproval."];
  if (props.cutoverWindow !== undefined || props.cutoverApproval !== undefined) return [];
  // One approval counts for all members of a wave.
  const { wave } = props;
  if (typeof wave === "object" && wave !== null && "isApprovalAsked" in wave && wave.isApprovalAsked === true)
    return [];
  return ['In production, targetState "Import_Completed" requires a cutoverWindow or a cutoverApproval.'];
}

/** The stack in a URN: `urn:pulumi:<stack>::<project>::<type>::<name>`. */
export function stackOf(urn: string): string {
  const [, , stack = ""] = urn.split(":");
  return stack;
}
