import { execFile } from "node:child_process";
import { promisify } from "node:util";

/** Kills a process and all that descend from it, in whatever process group they are: what the loss of a machine does. */
export async function killTree(root: number | undefined): Promise<void> {
  if (root === undefined) return;
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid="]);
  const pairs = stdout.split("\n").map((line) => line.trim().split(/\s+/).map(Number));
  const family = [root];
  for (const parent of family) {
    for (const [child, of] of pairs) if (of === parent && child !== undefined) family.push(child);
  }
  for (const member of family) {
    try {
      process.kill(member, "SIGKILL");
    } catch {
      // It ended by itself meanwhile.
    }
  }
}
