import { fork } from "node:child_process";
import { once } from "node:events";
import type { ProgramRun, RunningProgram } from "../embedded/host.ts";
import { eachLine } from "../lines.ts";
import { type Config, plainConfig, secretKeys } from "../plain-config.ts";
import type { Project } from "../project.ts";
import { type Answer, programMessage } from "./protocol.ts";

/** How to run a program. */
export interface ProgramOptions extends ProgramRun {
  readonly project: Project;
  readonly stackName: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: Config;
  /** Where its log goes. */
  readonly logAddress: string;
  /** Called with each line of what it prints. */
  readonly onLine: (line: string) => void;
}

/** Runs a Pulumi program in a process of its own. */
export function startProgram({ project, onMessage, onLine, ...options }: ProgramOptions): RunningProgram {
  const runner = new URL("runner.ts", import.meta.url);
  const settings = { cwd: project.folder, env: toEnvironment(project, options), execArgv: [] };
  const child = fork(runner, [project.entry], { ...settings, silent: true, detached: true });
  child.on("message", (message) => onMessage(programMessage.parse(message)));
  for (const stream of [child.stdout, child.stderr]) if (stream !== null) void eachLine(stream, onLine);
  return {
    ended: once(child, "close").then(([code]) => code === 0),
    answer: (answer: Answer) => void (child.connected && child.send(answer, () => undefined)),
    kill: () => void child.kill("SIGKILL"),
  };
}

/** What the real engine's language host sets, too. */
function toEnvironment(project: Project, options: Omit<ProgramOptions, "project" | "onMessage" | "onLine">) {
  return {
    ...options.environment,
    PULUMI_NODEJS_PROJECT: project.name,
    PULUMI_NODEJS_ROOT_DIRECTORY: project.root,
    PULUMI_NODEJS_STACK: options.stackName,
    PULUMI_NODEJS_DRY_RUN: String(options.isPreview),
    PULUMI_NODEJS_ENGINE: options.logAddress,
    PULUMI_CONFIG: JSON.stringify(plainConfig(options.config)),
    PULUMI_CONFIG_SECRET_KEYS: JSON.stringify(secretKeys(options.config)),
  };
}
