import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { type DescribedClass, type DescribedLookup, describedClasses, describedLookups } from "./described.ts";
import { classBlocks, lookupBlocks, remade } from "./page.ts";
import { readSourceTypes } from "./source-types.ts";
import { type DescribedObject, pageOf } from "./type-texts.ts";

/** What `sdk/index.ts` exports, as the pages tell of it. */
export interface Described {
  readonly classes: readonly DescribedClass[];
  readonly lookups: readonly DescribedLookup[];
  /** What the lookups give. */
  readonly objects: readonly DescribedObject[];
}

export interface MadePage {
  readonly path: string;
  /** What is there; undefined where there is no page yet. */
  readonly found: string | undefined;
  readonly made: string;
}

export function describeSdk(): Described {
  const entry = fileURLToPath(new URL("../../sdk/index.ts", import.meta.url));
  const types = readSourceTypes(entry);
  return { classes: describedClasses(types, entry), ...describedLookups(types, entry) };
}

/** A page for every resource and component, and one for all lookups. */
export function madePages({ classes, lookups, objects }: Described): readonly MadePage[] {
  return [
    ...classes.map((one) => page(pageOf(one.name.split(".").at(-1) ?? ""), one.name, classBlocks(one))),
    page("lookups.md", "Lookups", lookupBlocks(lookups, objects)),
  ];
}

function page(name: string, title: string, blocks: readonly string[]): MadePage {
  const path = fileURLToPath(new URL(`../../docs/${name}`, import.meta.url));
  const found = existsSync(path) ? readFileSync(path, "utf8") : undefined;
  return { path, found, made: remade(found, title, blocks) };
}
