import { access, constants, readdir, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { delimiter, join } from "node:path";

/** The first `pulumi` on PATH, in `~/.pulumi/bin` and in `~/.pulumi/versions/<version>/bin`, newest version first. */
export async function findExecutable(): Promise<string | undefined> {
  const home = join(homedir(), ".pulumi");
  const versions = await readdir(join(home, "versions")).catch(() => []);
  const newestFirst = versions.sort((a, b) => b.localeCompare(a, undefined, { numeric: true }));
  const onPath = (process.env.PATH ?? "").split(delimiter).filter((folder) => folder !== "");
  const installed = [join(home, "bin"), ...newestFirst.map((version) => join(home, "versions", version, "bin"))];
  for (const folder of [...onPath, ...installed]) {
    const file = join(folder, process.platform === "win32" ? "pulumi.exe" : "pulumi");
    if (await isExecutable(file)) return await realpath(file);
  }
  return undefined;
}

function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}
