import type { SimulatedEternus, SimulatedPowerStore } from "../arrays/index.ts";
import type { ConfigValue } from "../engine/engine.ts";

type Reachable = Pick<SimulatedPowerStore | SimulatedEternus, "endpoint" | "username" | "password" | "caCertificate">;

/** The stack configuration that leads to the simulated arrays; their time runs fast, so they are looked at often. */
export function configFor(powerstore: Reachable, eternus: Reachable): Record<string, ConfigValue> {
  return { ...settingsOf("powerstore", powerstore), ...settingsOf("eternus", eternus) };
}

function settingsOf(namespace: string, array: Reachable): Record<string, ConfigValue> {
  return {
    [`${namespace}:endpoint`]: array.endpoint,
    [`${namespace}:username`]: array.username,
    [`${namespace}:password`]: { secret: array.password },
    [`${namespace}:caCertificate`]: array.caCertificate,
    [`${namespace}:pollMinimumSeconds`]: "0.1",
    [`${namespace}:pollMaximumSeconds`]: "1",
  };
}
