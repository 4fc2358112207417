import { openDeployment, sharedArrays } from "./core/deployment.ts";
import { dynamicHooks } from "./core/hooks.ts";
import { connectPowerStore } from "./powerstore/connect.ts";
import { importSessionLifecycle } from "./powerstore/import-session/lifecycle.ts";
import { powerstore } from "./powerstore/vendor.ts";

const deployment = openDeployment();

/** The hooks of `powerstore.ImportSession`, as Pulumi's dynamic-provider server loads them. */
export const importSession = dynamicHooks(importSessionLifecycle(sharedArrays(deployment, powerstore, connectPowerStore)), deployment);
