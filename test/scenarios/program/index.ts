import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";
import type { Declaration } from "../declaration.ts";

const declared = new pulumi.Config().requireObject<readonly Declaration[]>("resources");
const resources: pulumi.Resource[] = [];

for (const { kind, name, args, options } of declared) {
  // Each after those before it, as a migration is declared.
  const ordered = { ...options, dependsOn: [...resources] };
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

export const outputs = Object.fromEntries(
  declared.map(({ name }, index) => {
    const resource = resources[index];
    if (!(resource instanceof powerstore.MigrationWave)) return [name, resource];
    const { states, ready, complete } = resource;
    return [name, { states, ready, complete }];
  }),
);
