import { existsSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { requireFromSdk } from "./dynamic-provider/sdk.ts";

/** What an engine needs to know of a `Pulumi.yaml`. */
export interface Project {
  readonly name: string;
  readonly root: string;
  /** The folder the program and its providers run in: that of `main` when the project names one. */
  readonly folder: string;
  /** The file to run. */
  readonly entry: string;
}

/** Reads the project of the program in that folder. */
export async function readProject(program: string): Promise<Project> {
  const root = resolve(program);
  const { name, main = "." } = projectFile.parse(yaml.load(await readFile(join(root, "Pulumi.yaml"), "utf8")));
  const path = resolve(root, main);
  if (!(await stat(path)).isDirectory()) return { name, root, folder: dirname(path), entry: path };
  return { name, root, folder: path, entry: await findEntry(path) };
}

/** What `main` of the `package.json` names, else an index file. */
async function findEntry(folder: string): Promise<string> {
  const { main } = packageFile.parse(JSON.parse(await readFile(join(folder, "package.json"), "utf8")));
  const names = [main ?? [], "index.js", "index.mjs", "index.ts"].flat();
  const entry = names.map((name) => join(folder, name)).find((file) => existsSync(file));
  if (entry === undefined) throw new Error(`no program found in ${folder}`);
  return entry;
}

const packageFile = z.object({ main: z.string().optional() });
const projectFile = z.object({ name: z.string(), main: z.string().optional() });

// The YAML reader that comes with the SDK: no further dependency for one small file.
const yaml: { load(text: string): unknown } = requireFromSdk("js-yaml");
