import type { dynamic } from "@pulumi/pulumi";
import type { Audited } from "../reconcile/audited.ts";
import type { Resource } from "../resource.ts";
import { check } from "./check.ts";
import type { Deployment } from "./deployment.ts";
import { diff } from "./diff.ts";
import { operations } from "./operations.ts";
import { trackReplacements } from "./replacements.ts";
import { forUser } from "./user-error.ts";

/** Serves a resource through Pulumi's dynamic provider protocol. */
export function dynamicHooks<Inputs, State extends Audited, Observed, Action>(
  resource: Resource<Inputs, State, Observed, Action>,
  deployment: Deployment,
): dynamic.ResourceProvider {
  const { log } = deployment;
  const service = { resource, deployment, replacements: trackReplacements<Inputs, State>() };
  const { create, update, read, remove } = operations(service);
  return {
    configure: async ({ config }) => deployment.configure((key) => config.get(key)),
    check: (olds, news) => forUser(log, () => check(service, olds, news)),
    diff: (id, olds, news) => forUser(log, () => diff(service, id, olds, news)),
    create: (news) => forUser(log, () => create(news)),
    update: (id, olds, news) => forUser(log, () => update(id, olds, news)),
    read: (id, properties = {}) => forUser(log, () => read(id, properties)),
    delete: (id, properties) => forUser(log, () => remove(id, properties)),
  };
}
