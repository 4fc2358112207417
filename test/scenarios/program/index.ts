import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";
import type { Declaration } from "../declaration.ts";

const declared = new pulumi.Config().requireObject<readonly Declaration[]>("resources");
const resources: pulumi.CustomResource[] = [];

for (const { kind, name, args, options } of declared) {
  // Each after those before it, as a migration is declared.
  const ordered = { ...options, dependsOn: [...resources] };
  resources.push(
    kind === "ImportSession"
      ? new powerstore.ImportSession(name, args, ordered)
      : new eternus.RecSessionGroup(name, args, ordered),
  );
}

export const outputs = Object.fromEntries(declared.map(({ name }, index) => [name, resources[index]]));
