import { ComponentResource, Config, type Resource } from "@pulumi/pulumi";
import type * as sdk from "../../../sdk/index.ts";
import type { Declaration } from "../declaration.ts";

/**
 * Declares what the configuration says.
 *
 * @returns what the program exports
 */
export function declareAll({ eternus, powerstore }: typeof sdk): { readonly outputs: object } {
  const declared = new Config("scenario").requireObject<readonly Declaration[]>("resources");
  const resources: Resource[] = [];
  for (const { kind, name, args, options } of declared) {
    const { component, ...own } = options ?? {};
    const parent = component === undefined ? {} : { parent: new ComponentResource("scenario:Part", component) };
    // Each after those before it, as a migration is declared.
    const ordered = { ...own, ...parent, dependsOn: [...resources] };
    switch (kind) {
      case "ImportSession":
        resources.push(new powerstore.ImportSession(name, args, ordered));
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
