import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { delimiter, dirname } from "node:path";
import { stripVTControlCharacters } from "node:util";
import type { RunOptions } from "../engine.ts";
import { listenForInterruption } from "../interruption.ts";
import { eachLine } from "../lines.ts";
import { inTerminal } from "./in-terminal.ts";
import { strike } from "./strike.ts";

/** How to run one `pulumi` command. */
export interface Command {
  readonly executable: string;
  readonly folder: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly parameters: readonly string[];
  readonly input?: string;
  readonly onLine?: (line: string) => void;
  readonly run?: RunOptions;
}

export interface CommandResult {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs a command to its end; its output and its error output come as one. */
export async function runCommand(command: Command): Promise<CommandResult> {
  const lines: string[] = [];
  const child = start(command);
  const { terminal } = command.run ?? {};
  if (terminal !== undefined) child.stdout.on("data", (bytes: Uint8Array) => terminal.write(bytes));
  const add = (text: string) => {
    // The SDK colours the stack traces of programs whatever `--color` says.
    const line = stripVTControlCharacters(text);
    lines.push(line);
    command.onLine?.(line);
  };
  const read = Promise.all([eachLine(child.stdout, add), eachLine(child.stderr, add)]);
  using _ = listenForInterruption(command.run ?? {}, (how) => void strike(child.pid, how));
  const [code] = await once(child, "close");
  await read;
  return { ok: code === 0, output: lines.join("\n") };
}

/** Runs a command that must succeed. */
export async function mustRun(command: Command): Promise<CommandResult> {
  const result = await runCommand(command);
  if (!result.ok) throw new Error(`pulumi ${command.parameters.slice(0, 2).join(" ")} failed:\n${result.output}`);
  return result;
}

/** This process's environment, with this process's Node and the engine's own plugins first on the PATH. */
export function commandEnvironment(executable: string): NodeJS.ProcessEnv {
  const path = [dirname(process.execPath), dirname(executable), process.env.PATH ?? ""].join(delimiter);
  return { ...process.env, PATH: path };
}

function start({ executable, folder, environment, parameters, input = "", run = {} }: Command) {
  const { terminal } = run;
  const [file, args] =
    terminal === undefined ? [executable, parameters] : ["script", inTerminal(terminal, executable, parameters)];
  // In a group of its own, a Ctrl-C at the terminal reaches the command once, from here, and not twice.
  const child = spawn(file, args, { cwd: folder, env: { ...environment, TERM: "xterm-256color" }, detached: true });
  child.stdin.end(input);
  return child satisfies ChildProcess;
}
