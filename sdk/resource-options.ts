import { type CustomResourceOptions, createUrn, type Input } from "@pulumi/pulumi";

/**
 * The options of every resource of this package. If Pulumi replaces without a diff from the provider (`--replace`, `replaceWith`), it must still delete the old resource first. Otherwise
 * the new resource would take over the existing session, and then lose it to the delete.
 */
export function ownOptions(options: CustomResourceOptions | undefined): CustomResourceOptions {
  return { ...options, deleteBeforeReplace: true };
}

/**
 * What every resource of this package sends besides its arguments.
 *
 * Pulumi finds the code of a dynamic resource in `__provider`. Ours names the installed package and contains no copy of its code. The state therefore stays
 * small, an upgrade is no diff, and destroy and refresh run the installed release. This text must stay the same in every release.
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
    // Pulumi passes neither to the provider of a dynamic resource.
    resourceUrn: urnOf(name, type, options),
    ...(timeouts === undefined ? {} : { timeouts: { ...timeouts } }),
  };
}

/** A promise, because an output would depend on the parent. If that is a component, it would depend on all other resources in it, and each would wait for the others. */
function urnOf(name: string, type: string, options: CustomResourceOptions | undefined): Promise<string> {
  return new Promise((resolve) => {
    createUrn(name, type, options?.parent).apply(resolve);
  });
}
