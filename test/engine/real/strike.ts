import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Interruption } from "../engine.ts";

/** Does to a running command, and to what descends from it, what befalls it. */
export async function strike(command: number | undefined, how: Interruption["how"]): Promise<void> {
  if (command === undefined) return;
  const family = await familyOf(command);
  const provider = family.filter(({ text }) => text.includes("dynamic-provider"));
  const group = family.filter(({ group }) => group === command);
  const send = (signal: NodeJS.Signals, processes: readonly Process[]) => {
    for (const { id } of processes) kill(id, signal);
  };
  switch (how) {
    case "Ctrl-C":
      return kill(command, "SIGINT");
    case "terminate":
      return kill(command, "SIGTERM");
    case "terminate group":
      return send("SIGTERM", group);
    case "terminate all":
      return send("SIGTERM", family);
    case "kill provider":
      return send("SIGKILL", provider);
    case "kill engine":
      // The program and its language host are the engine's own: without this it leaves them behind for good.
      return send(
        "SIGKILL",
        family.filter((one) => !provider.includes(one)),
      );
    case "lose machine":
      return send("SIGKILL", family);
  }
}

interface Process {
  readonly id: number;
  readonly group: number;
  readonly text: string;
}

/** A process and all that descend from it, in whatever process group they are. */
async function familyOf(root: number): Promise<readonly Process[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-ww", "-o", "pid=,ppid=,pgid=,args="], {
    maxBuffer: 64 * 1024 ** 2,
  });
  const processes = stdout.split("\n").map((line) => {
    const [id = "0", parent = "0", group = "0", ...text] = line.trim().split(/\s+/);
    return { id: Number(id), parent: Number(parent), group: Number(group), text: text.join(" ") };
  });
  const family = processes.filter(({ id }) => id === root);
  for (const { id } of family) family.push(...processes.filter(({ parent }) => parent === id));
  return family;
}

function kill(id: number, signal: NodeJS.Signals): void {
  try {
    process.kill(id, signal);
  } catch {
    // It ended by itself meanwhile.
  }
}
