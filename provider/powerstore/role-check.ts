import { MigrationError } from "../core/errors.ts";
import type { PowerStoreClient } from "./client.ts";

export type RoleCheck = ReturnType<typeof roleCheck>;

/**
 * Checks whether the user's roles may allow an import, as far as their names show. If the array does not report them, there is no warning, because only a rejected
 * action shows for certain what a role does not allow.
 *
 * @returns the warnings, once per array and process
 */
export function roleCheck(client: Pick<PowerStoreClient, "readRoleIds" | "listRoles">, username: string) {
  let hasRun = false;
  return async (signal: AbortSignal): Promise<readonly string[]> => {
    if (hasRun) return [];
    hasRun = true;
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

/** Returns no warning if the name of a role is unknown. */
function roleWarnings(username: string, names: readonly (string | undefined)[]): string[] {
  const known = names.filter((name) => name !== undefined);
  if (known.length === 0 || known.length < names.length || known.some((name) => allowed.includes(name))) return [];
  const roles = known.length === 1 ? `role ${known.join()}` : `roles ${known.join(", ")}`;
  return [`user ${username} has the ${roles}, which might lack permission to import; ${allowed.join(" and ")} have it`];
}

/** Only the PowerStore Security Configuration Guide says what each role allows. Dell names the second role as the minimum for its own drivers (dell/csm, issue 777). */
const allowed: readonly string[] = ["Administrator", "Storage Administrator"];
