import { ComponentResource, Config, type CustomResourceOptions, output, type Resource } from "@pulumi/pulumi";
import type * as sdk from "../../../sdk/index.ts";
import type { Declared } from "../declaration.ts";

/**
 * Declares what the configuration says.
 *
 * @returns what the program exports
 */
export function declareAll({ eternus, powerstore }: Sdk): { readonly outputs: object } {
  const declared = new Config("scenario").requireObject<readonly Declared[]>("resources");
  const resources: Resource[] = [];
  for (const declaration of declared) {
    const { kind, name, args, options } = declaration;
    const { component, ...own } = options ?? {};
    const parent = component === undefined ? {} : { parent: new ComponentResource("scenario:Part", component) };
    // Each after those before it, as a migration is declared.
    const ordered = { ...own, ...parent, dependsOn: [...resources] };
    switch (kind) {
      case "ImportSession":
        resources.push(new powerstore.ImportSession(name, { ...args, ...withoutValue(declaration) }, ordered));
        break;
      case "MigrationWave":
        resources.push(new powerstore.MigrationWave(name, args, ordered));
        break;
      case "RecSessionGroup":
        resources.push(new eternus.RecSessionGroup(name, args, ordered));
    }
  }
  const outputs = declared.map(({ name }, index) => {
    const resource = resources[index];
    if (!(resource instanceof powerstore.MigrationWave)) return [name, resource];
    const { states, ready, complete } = resource;
    return [name, { states, ready, complete }];
  });
  return { outputs: Object.fromEntries(outputs) };
}

/** The package as a program sees it, from the checkout or as it is published. */
interface Sdk {
  readonly eternus: typeof sdk.eternus;
  readonly powerstore: Pick<typeof sdk.powerstore, "MigrationWave"> & {
    readonly ImportSession: new (
      name: string,
      args: sdk.powerstore.ImportSessionArgs,
      options?: CustomResourceOptions,
    ) => Resource;
  };
}

/** What a configuration cannot say. */
function withoutValue(declaration: Declared): object {
  if (declaration.kind !== "ImportSession") return {};
  const named = Object.entries(declaration.withoutValue ?? {});
  return Object.fromEntries(named.map(([name, as]) => [name, as === "output" ? output(undefined) : undefined]));
}
