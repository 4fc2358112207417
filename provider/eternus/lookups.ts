import { lookUp, type PooledConnection } from "../core/array/lookup.ts";
import type { SettingsSource } from "../core/array/settings-source.ts";
import { MigrationError } from "../core/errors.ts";
import { sessionsText } from "./client.ts";
import { connectEternus, type EternusArray } from "./connect.ts";
import type { CopySession } from "./copy-session.ts";
import type { CopySessionSummary } from "./lookup-types.ts";
import { eternus } from "./vendor.ts";

export type EternusLookups = ReturnType<typeof eternusLookups>;

/** What a program can ask an ETERNUS. Nothing here changes anything. */
export function eternusLookups(source: SettingsSource, array: string | undefined) {
  const where = { vendor: eternus, array, source, connect: connectEternus, pool };
  return {
    getCopySession(id: number): Promise<CopySessionSummary> {
      const attempted = `look up ${sessionsText([id])}`;
      return lookUp(where, attempted, async ({ client, title }, signal) => {
        const session = await client.getSession(id, signal);
        if (session !== undefined) return summaryOf(session);
        throw new MigrationError({
          kind: "notFound",
          attempted,
          on: title,
          answered: "there is no such session",
          next: "Check the id, and that this is the right array: ids count per array.",
        });
      });
    },
    /** @param ids all sessions when undefined; ids the array does not have are left out */
    listCopySessions: (ids: readonly number[] | undefined): Promise<CopySessionSummary[]> =>
      lookUp(where, "list copy sessions", async ({ client }, signal) =>
        (await client.listSessions(ids, signal)).map(summaryOf),
      ),
  };
}

const pool = new Map<string | undefined, PooledConnection<EternusArray>>();

function summaryOf({ id, type, status, phase, transferMode, progress, pair }: CopySession): CopySessionSummary {
  return { id, type, status, phase, transferMode, progress, ...pair };
}
