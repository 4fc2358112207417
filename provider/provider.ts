import type { dynamic } from "@pulumi/pulumi";
import { type Deployment, type DeploymentOptions, openDeployment, sharedArrays } from "./core/pulumi/deployment.ts";
import { dynamicHooks } from "./core/pulumi/hooks.ts";
import { connectEternus } from "./eternus/connect.ts";
import { recSessionGroupResource } from "./eternus/rec-session-group/resource.ts";
import { eternus } from "./eternus/vendor.ts";
import { connectPowerStore } from "./powerstore/connect.ts";
import { importSessionResource } from "./powerstore/import-session/resource.ts";
import { powerstore } from "./powerstore/vendor.ts";

/** The hooks of all resources, for one deployment. */
export interface Provider {
  readonly importSession: dynamic.ResourceProvider;
  readonly recSessionGroup: dynamic.ResourceProvider;
  /** Gives all logins back. Nothing may be asked of the provider after that. */
  end(): Promise<void>;
}

/** Makes a provider in this process, on the clock, log, configuration and signal it is given. */
export function createProvider(options: DeploymentOptions): Provider {
  return providerOf(openDeployment(options));
}

export function providerOf(deployment: Deployment): Provider {
  return {
    importSession: dynamicHooks(
      importSessionResource(sharedArrays(deployment, powerstore, connectPowerStore)),
      deployment,
    ),
    recSessionGroup: dynamicHooks(
      recSessionGroupResource(sharedArrays(deployment, eternus, connectEternus)),
      deployment,
    ),
    end: deployment.end,
  };
}
