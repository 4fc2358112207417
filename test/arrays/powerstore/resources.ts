import { criteriaIn } from "./import-criteria.ts";
import type { ImportWorld } from "./import-world.ts";
import type { Inventory } from "./inventory.ts";
import { remoteSystemAttributes, remoteSystemRows } from "./remote-systems.ts";
import type { Resource } from "./resource.ts";
import { roles } from "./roles.ts";
import { sessionAttributes, toRow } from "./session-instance.ts";
import { sourceResources } from "./source-resources.ts";

/** Every collection of the array, by its name in the path. */
export function resourcesOf(world: ImportWorld, inventory: Inventory): ReadonlyMap<string, Resource> {
  const sessions: Resource = {
    name: "import_session",
    attributes: sessionAttributes,
    embeds: {
      remote_system: {
        isList: false,
        resource: () => remoteSystems,
        of: (row, candidates) => candidates.filter(({ id }) => id === row.remote_system_id),
      },
    },
    rows: () => [...world.sessions.values()].map((session) => toRow(world, session)),
  };
  const remoteSystems: Resource = {
    name: "remote_system",
    attributes: remoteSystemAttributes,
    embeds: {
      import_sessions: {
        isList: true,
        resource: () => sessions,
        of: (row, candidates) => candidates.filter(({ remote_system_id }) => remote_system_id === row.id),
      },
    },
    rows: () => remoteSystemRows(inventory),
  };
  const all = [sessions, remoteSystems, roles, ...sourceResources(inventory, criteriaIn(world))];
  return new Map(all.map((resource) => [resource.name, resource]));
}
