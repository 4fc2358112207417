import { lookUp, type PooledConnection } from "../core/array/lookup.ts";
import type { SettingsSource } from "../core/array/settings-source.ts";
import { MigrationError } from "../core/errors.ts";
import { connectPowerStore, type PowerStoreArray } from "./connect.ts";
import { findImportableVolume } from "./importable-volume.ts";
import type { ImportSessionFilter, ImportSessionKey, ImportSessionSummary, SourceVolumeKey } from "./lookup-types.ts";
import { powerstore } from "./vendor.ts";
import type { WireSession } from "./wire.ts";

export type PowerStoreLookups = ReturnType<typeof powerStoreLookups>;

/** What a program can ask a PowerStore. Nothing here changes anything. */
export function powerStoreLookups(source: SettingsSource, array: string | undefined) {
  const where = { vendor: powerstore, array, source, connect: connectPowerStore, pool };
  return {
    getImportSession(key: ImportSessionKey) {
      const which = key.sessionId === undefined ? `"${oneOf(key.name, "name", "sessionId")}"` : key.sessionId;
      const filter = key.sessionId === undefined ? equals("name", key.name ?? "") : equals("id", key.sessionId);
      const attempted = `look up import session ${which}`;
      return lookUp(where, attempted, async ({ client, title }, signal) => {
        const [session] = await client.listSessions(filter, signal);
        if (session !== undefined) return summaryOf(session);
        throw new MigrationError({
          kind: "notFound",
          attempted,
          on: title,
          answered: "there is no such session",
          next: "Check the id or the name, and that this is the right array.",
        });
      });
    },
    listImportSessions({ states, sourceResourceId, parentSessionId }: ImportSessionFilter) {
      const filters = [
        parentSessionId === undefined ? "parent_session_id=is.null" : equals("parent_session_id", parentSessionId),
        ...(states === undefined ? [] : [`state=in.(${states.map(encodeURIComponent).join(",")})`]),
        ...(sourceResourceId === undefined ? [] : [equals("source_resource_id", sourceResourceId)]),
      ];
      return lookUp(where, "list import sessions", async ({ client }, signal) =>
        (await client.listSessions(filters.join("&"), signal)).map(summaryOf),
      );
    },
    getImportableVolume(key: SourceVolumeKey) {
      oneOf(key.wwn ?? key.name, "name", "wwn");
      const attempted = "look up a source volume";
      return lookUp(where, attempted, (connection, signal) => findImportableVolume(connection, key, signal));
    },
  };
}

const pool = new Map<string | undefined, PooledConnection<PowerStoreArray>>();

function summaryOf(session: WireSession): ImportSessionSummary {
  return {
    sessionId: session.id,
    name: session.name,
    type: session.type,
    state: session.state,
    remoteSystemId: session.remote_system_id,
    sourceResourceId: session.source_resource_id,
    destinationResourceId: session.destination_resource_id,
    parentSessionId: session.parent_session_id,
    progressPercentage: session.progress_percentage,
    estimatedCompletionTimestamp: session.estimated_completion_timestamp,
  };
}

function equals(attribute: string, value: string): string {
  return `${attribute}=eq.${encodeURIComponent(value)}`;
}

function oneOf(value: string | undefined, ...names: readonly string[]): string {
  if (value !== undefined) return value;
  throw new MigrationError({
    kind: "input",
    attempted: "look it up",
    on: powerstore.title,
    answered: `neither ${names.join(" nor ")} was given`,
    next: `Give ${names.join(" or ")}.`,
  });
}
