import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestProject } from "vitest/node";
import { packInto } from "./tarball.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The path of the packed package. */
    readonly tarball: string;
  }
}

/** Packs the package once, for all tests of what is packed. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), "storage-migration-packed-"));
  project.provide("tarball", await packInto(folder));
  return () => rm(folder, { recursive: true, force: true });
}
