export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Whether a resource is one of the program's own, neither the stack nor a provider. */
export function isOfProgram(type: string): boolean {
  return type !== STACK_TYPE && !type.startsWith("pulumi:providers:");
}
