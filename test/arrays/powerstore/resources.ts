import { auditResource } from "./audit-resource.ts";
import { criteriaIn } from "./import-criteria.ts";
import type { ImportWorld } from "./import-world.ts";
import type { Inventory } from "./inventory.ts";
import type { JobBook } from "./job-book.ts";
import { jobResource, type Release } from "./job-resource.ts";
import { remoteSystemAttributes, remoteSystemRows } from "./remote-systems.ts";
import type { Resource, Row } from "./resource.ts";
import { roles } from "./roles.ts";
import { sessionAttributes } from "./session-instance.ts";
import { sourceResources } from "./source-resources.ts";

/** What an array has to show. */
export interface Holdings {
  readonly world: ImportWorld;
  readonly inventory: Inventory;
  readonly book: JobBook;
  readonly release: Release;
  /** How remote systems that are well say so. @default "OK" */
  readonly okWord?: "OK" | "Ok";
  /** The sessions as they are shown. */
  sessions(): readonly Row[];
}

/** Every collection of the array, by its name in the path. */
export function resourcesOf(holdings: Holdings): ReadonlyMap<string, Resource> {
  const { world, inventory, book } = holdings;
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
    rows: holdings.sessions,
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
    rows: () => remoteSystemRows(inventory, holdings.okWord),
  };
  const jobs = jobResource(book, holdings.release);
  const all = [
    sessions,
    remoteSystems,
    roles,
    jobs,
    auditResource(book),
    ...sourceResources(inventory, criteriaIn(world)),
  ];
  return new Map(all.map((resource) => [resource.name, resource]));
}
