import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { run } from "./run.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

/** Packs the package as it is built, into a folder; the path of the tarball. */
export async function packInto(folder: string): Promise<string> {
  // Without scripts: the tests were started by a build, and another one would write what other tests are reading.
  const packed = await run(checkout, "npm", "pack", "--ignore-scripts", "--silent", "--pack-destination", folder);
  return join(folder, packed.trim());
}

/** What a tarball holds, as paths of the package. */
export async function filesIn(tarball: string): Promise<readonly string[]> {
  const listed = await run(checkout, "tar", "-tzf", tarball);
  return listed.split("\n").flatMap((path) => (path === "" ? [] : [path.replace(/^package\//, "")]));
}

/** What of a folder of the checkout is in git. */
export async function filesInGit(folder: string): Promise<readonly string[]> {
  return (await run(checkout, "git", "ls-files", folder)).trim().split("\n");
}
