import type { Provider } from "../dynamic-provider/hooks.ts";
import type { LogEntry } from "../dynamic-provider/log-server.ts";
import type { Config } from "../plain-config.ts";
import type { Answer, ProgramMessage } from "../program/protocol.ts";
import type { Project } from "../project.ts";
import type { Time } from "../time.ts";

/** Where a run has its provider and its program: in processes of their own, or in this one. One host serves one run. */
export interface Host {
  readonly provider: Provider;
  /** Runs the program; what it registers comes as messages, each to be answered. */
  startProgram(options: ProgramRun): RunningProgram;
  /** Ends the provider at the end of a run: it gives its logins back. */
  stop(): Promise<void>;
  /** Ends the provider at once: nothing of it continues. */
  kill(): void;
}

export type OpenHost = (options: HostOptions) => Promise<Host>;

export interface HostOptions {
  readonly project: Project;
  readonly stackName: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: Config;
  readonly time: Time;
  /** The program as a function, where the caller has it. */
  readonly programHere: (() => unknown) | undefined;
  /** Called with what programs and providers say of a resource. */
  readonly onLog: (entry: LogEntry) => void;
  /** Called with each line of what they print. */
  readonly onLine: (line: string) => void;
}

export interface ProgramRun {
  readonly isPreview: boolean;
  readonly onMessage: (message: ProgramMessage) => void;
}

export interface RunningProgram {
  /** Resolves when the program has ended: whether it did so on its own, and well. */
  readonly ended: Promise<boolean>;
  /** A program that was killed in the meantime does not hear it. */
  answer(answer: Answer): void;
  kill(): void;
}
