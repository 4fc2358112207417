import { openDeployment, sharedArrays } from "./core/pulumi/deployment.ts";
import { dynamicHooks } from "./core/pulumi/hooks.ts";
import { connectEternus } from "./eternus/connect.ts";
import { recSessionGroupLifecycle } from "./eternus/rec-session-group/resource.ts";
import { eternus } from "./eternus/vendor.ts";
import { connectPowerStore } from "./powerstore/connect.ts";
import { importSessionLifecycle } from "./powerstore/import-session/resource.ts";
import { powerstore } from "./powerstore/vendor.ts";

const deployment = openDeployment();

/** The hooks of `powerstore.ImportSession`, as Pulumi's dynamic-provider server loads them. */
export const importSession = dynamicHooks(
  importSessionLifecycle(sharedArrays(deployment, powerstore, connectPowerStore)),
  deployment,
);

/** The hooks of `eternus.RecSessionGroup`, as Pulumi's dynamic-provider server loads them. */
export const recSessionGroup = dynamicHooks(
  recSessionGroupLifecycle(sharedArrays(deployment, eternus, connectEternus)),
  deployment,
);
