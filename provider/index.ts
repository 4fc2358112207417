import { processDeployment } from "./core/pulumi/deployment.ts";
import { providerOf } from "./provider.ts";

/** The hooks of `powerstore.ImportSession` and `eternus.RecSessionGroup`, as Pulumi's dynamic-provider server loads them. */
export const { importSession, recSessionGroup } = providerOf(processDeployment());
