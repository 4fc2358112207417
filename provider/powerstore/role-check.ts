import { MigrationError } from "../core/errors.ts";
import type { PowerStoreClient } from "./client.ts";

/** Checks whether the user may act, as far as the names of its roles show. @returns the warnings, once for each array and process */
export type RoleCheck = (signal: AbortSignal) => Promise<readonly string[]>;

/** Reads once, before a run, which roles the user has. An array that does not report them causes no warning: only a rejected action shows for certain what a role may not do. */
export function roleCheck(client: Pick<PowerStoreClient, "readRoleIds" | "listRoles">, username: string): RoleCheck {
  let isAsked = false;
  return async (signal) => {
    if (isAsked) return [];
    isAsked = true;
    try {
      const ids = await client.readRoleIds(signal);
      const roles = await client.listRoles(signal);
      const names = ids.map((id) => roles.find((role) => role.id === id)?.name);
      return roleWarnings(username, names);
    } catch (error) {
      if (error instanceof MigrationError) return [];
      throw error;
    }
  };
}

/** A role without a name here is one that this release does not know. */
function roleWarnings(username: string, names: readonly (string | undefined)[]): string[] {
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0 || known.length < names.length || known.some((name) => allowed.includes(name))) return [];
  const roles = known.length === 1 ? `role ${known.join()}` : `roles ${known.join(", ")}`;
  return [`user ${username} has the ${roles}, which might lack permission to import; ${allowed.join(" and ")} have it`];
}

/** Which role may do what is in the PowerStore Security Configuration Guide only; Dell names the second as the least for its own drivers (dell/csm, issue 777). */
const allowed: readonly string[] = ["Administrator", "Storage Administrator"];
