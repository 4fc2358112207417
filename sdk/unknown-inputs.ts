import { output } from "@pulumi/pulumi";

/**
 * The inputs that a program names and this resource does not know, with null for no value: Pulumi passes on nothing that is undefined, and a misspelt gate would be none.
 * The provider refuses them by name.
 */
export function unknownInputs(args: object, known: Readonly<Record<string, true>>): Readonly<Record<string, unknown>> {
  const unknown = Object.entries(args).filter(([name]) => !Object.hasOwn(known, name));
  return Object.fromEntries(unknown.map(([name, value]) => [name, output(value).apply((given) => given ?? null)]));
}
