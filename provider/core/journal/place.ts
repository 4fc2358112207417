import { homedir } from "node:os";
import { join, resolve } from "node:path";

/** The process's environment variables. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** Where journals are kept, or that none is kept. */
export type JournalPlace =
  | { readonly kind: "off" }
  /** `isDefault`: nobody chose the folder. */
  | { readonly kind: "folder"; readonly root: string; readonly isDefault: boolean };

/**
 * The stack's setting goes before the variable `STORAGE_MIGRATION_JOURNAL`; `off` in the one that counts keeps no journal. A relative path is resolved against the
 * working directory of the provider's process (`process.cwd()`), and `~/` is the home folder. @default `storage-migration/journal` in Pulumi's home
 */
export function journalPlace(setting: string | undefined, environment: Environment): JournalPlace {
  const chosen = setting?.trim() || environment.STORAGE_MIGRATION_JOURNAL?.trim();
  if (chosen === "off") return { kind: "off" };
  const root = chosen ? resolve(chosen.replace(/^~(?=[/\\]|$)/, homedir)) : undefined;
  const fallback = () => join(pulumiHome(environment), "storage-migration", "journal");
  return { kind: "folder", root: root ?? fallback(), isDefault: root === undefined };
}

/** Pulumi's own folder. */
export function pulumiHome(environment: Environment): string {
  return environment.PULUMI_HOME ? resolve(environment.PULUMI_HOME) : join(homedir(), ".pulumi");
}
