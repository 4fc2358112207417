import { fork } from "node:child_process";
import { once } from "node:events";
import { eachLine } from "../lines.ts";
import type { Project } from "../project.ts";
import { type Answer, type ProgramMessage, programMessage } from "./resource.ts";

/** Runs the program in a process of its own, whose runner file hands over what it registers. */
export function startProgram(
  { entry, folder }: Project,
  environment: NodeJS.ProcessEnv,
  onMessage: (message: ProgramMessage) => void,
  onLine: (line: string) => void,
) {
  const runner = new URL("program-runner.ts", import.meta.url);
  const child = fork(runner, [entry], { cwd: folder, env: environment, silent: true, execArgv: [], detached: true });
  child.on("message", (message) => onMessage(programMessage.parse(message)));
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) void eachLine(stream, onLine);
  return {
    ended: once(child, "close").then(([code]) => code === 0),
    answer: (answer: Answer) => child.connected && child.send(answer),
    kill: () => child.kill("SIGKILL"),
  };
}
