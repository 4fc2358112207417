import * as pulumi from "@pulumi/pulumi";
import { eternus, powerstore } from "pulumi-storage-migration";
import type { Declared } from "../../scenarios/declaration.ts";

const declared = new pulumi.Config("scenario").requireObject<readonly Declared[]>("resources");

/** What people would want to know of each. */
export const outputs = Object.fromEntries(declared.map((one) => [one.name, declare(one)]));

function declare({ kind, name, args }: Declared) {
  switch (kind) {
    case "ImportSession": {
      const { state, held } = new powerstore.ImportSession(name, args);
      return { state, held };
    }
    case "RecSessionGroup": {
      const { consistent, destinationUsable } = new eternus.RecSessionGroup(name, args);
      return { consistent, destinationUsable };
    }
    case "MigrationWave":
      throw new RangeError("no story tells of a wave yet");
  }
}
