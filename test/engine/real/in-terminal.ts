import { execFile } from "node:child_process";
import { promisify } from "node:util";
import type { Terminal } from "../engine.ts";

/** The parameters of util-linux' `script` that run a command in a terminal of its own, of that size. */
export function inTerminal({ columns, rows }: Terminal, file: string, parameters: readonly string[]): string[] {
  const command = [file, ...parameters].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  return ["-qec", `stty cols ${columns} rows ${rows} -echo && exec ${command}`, "/dev/null"];
}

/** Whether this machine can open a terminal: it has util-linux' `script`, as every Linux but the smallest. */
export async function hasTerminals(): Promise<boolean> {
  const version = promisify(execFile)("script", ["--version"]);
  return version.then(
    ({ stdout }) => stdout.includes("util-linux"),
    () => false,
  );
}
