import { createRequire } from "node:module";

/** Loads what the Pulumi SDK itself loads, so that this process holds one copy of it. */
export const requireFromSdk = createRequire(createRequire(import.meta.url).resolve("@pulumi/pulumi/package.json"));
