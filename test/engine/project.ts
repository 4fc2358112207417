import { readFile, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { z } from "zod";
import { requireFromSdk } from "./sdk.ts";

/** What an engine needs to know of a `Pulumi.yaml`. */
export interface Project {
  readonly name: string;
  readonly root: string;
  /** The folder the program and its providers run in: that of `main` when the project names one. */
  readonly folder: string;
  /** The file or folder to run. */
  readonly entry: string;
}

/** Reads the project of the program in that folder. */
export async function readProject(program: string): Promise<Project> {
  const root = resolve(program);
  const { name, main = "." } = projectFile.parse(yaml.load(await readFile(join(root, "Pulumi.yaml"), "utf8")));
  const entry = resolve(root, main);
  const folder = (await stat(entry)).isDirectory() ? entry : dirname(entry);
  return { name, root, folder, entry };
}

const projectFile = z.object({ name: z.string(), main: z.string().optional() });

// The YAML reader that comes with the SDK: no further dependency for one small file.
const yaml: { load(text: string): unknown } = requireFromSdk("js-yaml");
