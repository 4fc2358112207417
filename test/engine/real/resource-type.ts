export const STACK_TYPE = "pulumi:pulumi:Stack";

/** Whether a resource stands for something outside: neither the stack nor a component nor a provider. */
export function isManaged({ type, custom }: { readonly type: string; readonly custom: boolean }): boolean {
  return custom && !type.startsWith("pulumi:providers:");
}
