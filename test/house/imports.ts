import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** One import of one file, types included. Paths are relative to the checkout; packages are named. */
export interface Import {
  readonly from: string;
  readonly to: string;
  /** Whether it is loaded at run time only, when a function is called. */
  readonly isLazy: boolean;
}

/** The files of the product, relative to the checkout. */
export async function productFiles(): Promise<string[]> {
  const files: string[] = [];
  for await (const file of glob(["provider/**/*.ts", "sdk/**/*.ts"], { cwd: root })) files.push(file);
  return files.sort();
}

export function importsOf(files: readonly string[]): Import[] {
  return files.flatMap((file) => importsIn(file, readFileSync(join(root, file), "utf8")));
}

export function importsIn(file: string, text: string): Import[] {
  return [...text.matchAll(/(?<!")\b(?:from|import)\s*(\(?)\s*"([^"]+)"/g)].map(([, lazy, specifier = ""]) => ({
    from: file,
    to: specifier.startsWith(".") ? normalize(join(dirname(file), specifier)) : packageOf(specifier),
    isLazy: lazy === "(",
  }));
}

function packageOf(specifier: string): string {
  if (specifier.startsWith("node:")) return "node";
  return specifier
    .split("/")
    .slice(0, specifier.startsWith("@") ? 2 : 1)
    .join("/");
}

/** A rule of the table in CONTRIBUTING: what the files of a folder may import. */
export interface Rule {
  /** Folders or files: `provider/core/http`. */
  readonly folders: readonly string[];
  /** Folders, files or packages. Its own folder and Node itself are allowed to everybody. */
  readonly allowed: readonly string[];
  /** The same for what is loaded only when a function is called. */
  readonly allowedLazily: readonly string[];
  /** What lies in an allowed folder and is not allowed all the same. */
  readonly never: readonly string[];
}

/**
 * The rules as CONTRIBUTING has them, in their order: the first that names a file's folder holds for it. A cell that says `as` a folder means all that is allowed in
 * that folder's row, and the folder itself.
 */
export function rulesIn(contributing: string): Rule[] {
  const [, table = ""] = /\| folder \| what \| may import \|\n\|[-| ]+\n((?:\|.*\n)+)/.exec(contributing) ?? [];
  const cells = table.split("\n").map((row) => row.split("|").slice(1, -1));
  const allowedIn = (cell: string): string[] => {
    const [, like] = /\bas `([^`]+)`/.exec(cell) ?? [];
    const row = like === undefined ? undefined : cells.find(([folders = ""]) => codes(folders).includes(like));
    return [...codes(cell), ...(row === undefined ? [] : allowedIn(row[2] ?? ""))];
  };
  return cells
    .filter((row) => row.length > 0)
    .map(([folders = "", , allowed = ""]) => {
      const [places = "", never = ""] = allowed.split("never:");
      const [always = "", lazily = ""] = places.split("when called:");
      return { folders: codes(folders), allowed: allowedIn(always), allowedLazily: codes(lazily), never: codes(never) };
    });
}

function codes(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, code = ""]) => code);
}

/** The imports that no rule allows, each as `from -> to`. */
export function forbidden(imports: readonly Import[], rules: readonly Rule[]): string[] {
  return imports
    .filter(({ from, to, isLazy }) => {
      const rule = rules.find(({ folders }) => folders.some((folder) => isIn(from, folder)));
      if (rule === undefined) return true;
      const allowed = [...rule.folders, ...rule.allowed, ...(isLazy ? rule.allowedLazily : []), "node"];
      return !allowed.some((place) => isIn(to, place)) || rule.never.some((place) => isIn(to, place));
    })
    .map(({ from, to }) => `${from} -> ${to}`);
}

export function isIn(path: string, place: string): boolean {
  return path === place || path.startsWith(`${place}/`);
}

/** Files that import each other in a circle, types included: each circle once, in the order of the way round. */
export function circles(imports: readonly Import[]): string[][] {
  const targets = Map.groupBy(imports, ({ from }) => from);
  const found: string[][] = [];
  const done = new Set<string>();
  const visit = (file: string, way: readonly string[]) => {
    const start = way.indexOf(file);
    if (start >= 0) {
      found.push(way.slice(start));
      return;
    }
    if (done.has(file)) return;
    for (const { to } of targets.get(file) ?? []) visit(to, [...way, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return found;
}
