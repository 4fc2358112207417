import type { dynamic } from "@pulumi/pulumi";
import type { Audited } from "../reconcile/run-resource.ts";
import type { Resource } from "../resource.ts";
import { check } from "./check.ts";
import type { Deployment } from "./deployment.ts";
import { diff } from "./diff.ts";
import { create, read, remove, update } from "./operations.ts";
import { trackReplacements } from "./replacements.ts";
import type { Service } from "./service.ts";
import { forUser } from "./user-error.ts";

/** Serves a resource through Pulumi's dynamic provider protocol. */
export function dynamicHooks<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  deployment: Deployment,
): dynamic.ResourceProvider {
  const { log } = deployment;
  const service: Service<Inputs, State, Observed, Action> = {
    resource,
    deployment,
    replacements: trackReplacements(),
  };
  return {
    configure: async ({ config }) => deployment.configure((key) => config.get(key)),
    check: (olds, news) => forUser(log, () => check(service, olds, news)),
    diff: (id, olds, news) => forUser(log, () => diff(service, id, olds, news)),
    create: (news) => create(service, news),
    update: (id, olds, news) => update(service, id, olds, news),
    read: (id, properties = {}) => forUser(log, () => read(service, id, properties)),
    delete: (id, properties) => forUser(log, () => remove(service, id, properties)),
  };
}
