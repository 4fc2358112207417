import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

/** The folder of the stack's `Pulumi.yaml`: the working directory, or the next one above it, because `main` may lead into a folder below. @returns undefined if there is none */
export function projectFolder(): string | undefined {
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    if (existsSync(join(folder, "Pulumi.yaml"))) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

/** The file that a setting names. @returns the first that exists of those that it may name */
export function fileOfSetting(path: string): string {
  const files = starts().map((folder) => resolve(folder, path));
  return files.find((file) => existsSync(file)) ?? resolve(path);
}

/** For errors: where the path of a setting starts. */
export function pathRule(): string {
  return `A relative path starts at ${starts().join(", or at ")}.`;
}

/** At the project's folder, otherwise at that of the program. */
function starts(): readonly string[] {
  return [...new Set([projectFolder() ?? process.cwd(), process.cwd()])];
}
