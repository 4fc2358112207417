import { type CustomResourceOptions, createUrn, type Input } from "@pulumi/pulumi";

/**
 * The options of every resource of this package. Where Pulumi replaces without asking the provider (`--replace`, `replaceWith`), the old one has to go first, too: the
 * new one would take what is there for its own, and lose it to the delete.
 */
export function ownOptions(options: CustomResourceOptions | undefined): CustomResourceOptions {
  return { ...options, deleteBeforeReplace: true };
}

/**
 * What every resource of this package sends besides its arguments.
 *
 * `__provider` is how Pulumi finds the code of a dynamic resource. Ours names the installed package instead of holding a copy of its code, so the state
 * stays small, an upgrade is no diff, and destroy and refresh run the installed release. It must stay the same text in every release.
 */
export function ownInputs(
  name: string,
  type: string,
  hooks: "importSession" | "recSessionGroup",
  options: CustomResourceOptions | undefined,
): { readonly [input: string]: Input<unknown> } {
  const timeouts = options?.customTimeouts;
  return {
    __provider: `exports.handler=()=>require("pulumi-storage-migration/provider").${hooks}`,
    // Neither reaches the provider of a dynamic resource by itself.
    resourceUrn: urnOf(name, type, options),
    ...(timeouts === undefined ? {} : { timeouts: { ...timeouts } }),
  };
}

/** A promise, because an output would depend on the parent, and so, where that is a component, on all other resources in it: each would wait for the others. */
function urnOf(name: string, type: string, options: CustomResourceOptions | undefined): Promise<string> {
  return new Promise((resolve) => {
    createUrn(name, type, options?.parent).apply(resolve);
  });
}
