import { Output, output } from "@pulumi/pulumi";

/**
 * The gates that a program names, also those without a value: `cutoverApproval: config.get("approval")`. Pulumi passes on nothing that is undefined, so the cutover would
 * wait for nobody. The provider shuts an approval without a value, and refuses a window or an end of one.
 */
export function namedGates(args: { readonly cutoverApproval?: unknown; readonly cutoverWindow?: unknown }) {
  return {
    ...("cutoverApproval" in args ? { cutoverApproval: named(args.cutoverApproval) } : {}),
    ...("cutoverWindow" in args ? { cutoverWindow: named(args.cutoverWindow) } : {}),
  };
}

function named(gate: unknown): unknown {
  if (Output.isInstance(gate) || gate instanceof Promise) return output(gate).apply(named);
  if (typeof gate !== "object") return gate ?? {};
  // Pulumi passes on null. Each part is known as soon as it is, so that a preview checks the others.
  const parts = Object.entries(gate ?? {}).map(([name, part]) => [name, output(part).apply((value) => value ?? null)]);
  return Object.fromEntries(parts);
}
