import { availableParallelism } from "node:os";
import { connectProvider, toReason } from "../dynamic-provider/hooks.ts";
import { type LogEntry, serveLog } from "../dynamic-provider/log-server.ts";
import { startProviderProcess } from "../dynamic-provider/process.ts";
import type { ConfigValue, RefreshOptions, RunResult } from "../engine.ts";
import { listenForInterruption } from "../interruption.ts";
import type { Project } from "../project.ts";
import { type Properties, readable } from "../wire-value.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { deployResource, refreshAll, removeAll } from "./deployment.ts";
import { openDisplay } from "./display.ts";
import { startProgram } from "./program.ts";
import { openSlots } from "./slots.ts";
import { type Deployment, fail } from "./step.ts";

export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface OpenStack {
  readonly project: Project;
  readonly stackName: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly config: Readonly<Record<string, ConfigValue>>;
  readonly checkpoint: Checkpoint;
  readonly onOutput: (line: string) => void;
}

export async function runOperation(stack: OpenStack, operation: Operation, options: RefreshOptions): Promise<RunResult> {
  const { project, stackName, environment, checkpoint } = stack;
  const stackUrn = `urn:pulumi:${stackName}::${project.name}::pulumi:pulumi:Stack::${project.name}-${stackName}`;
  const display = openDisplay(stackUrn, stack.onOutput);
  const tell = (severity: LogEntry["severity"]) => (message: string) =>
    display.log({ urn: "", severity, message, isEphemeral: false });
  display.line(`${NOTICE}\n${TITLES[operation]} (${stackName}):`);
  const log = await serveLog(display.log);
  const providerProcess = await startProviderProcess(project, environment, log.address, tell("info"));
  const provider = await connectProvider(providerProcess.address, plainConfig(stack));
  const inSlot = openSlots(options.parallel ?? availableParallelism() * 4);
  const isPreview = operation === "preview";
  const deployment: Deployment = { isPreview, provider, checkpoint, display, inSlot, halt: new AbortController() };
  const lose = () => {
    checkpoint.freeze();
    deployment.halt.abort();
    providerProcess.kill();
  };
  using _ = listenForInterruption(options, {
    interrupt() {
      // As with the real engine the second Ctrl-C waits for nothing.
      if (deployment.halt.signal.aborted) return lose();
      deployment.halt.abort();
      void provider.cancel();
    },
    lose,
  });
  const outputs = await operate(stack, deployment, operation, log.address, tell)
  await provider.cancel();
  await providerProcess.stop();
  log.stop();
  const ok = !deployment.halt.signal.aborted;
  if (!ok) tell("error")(`${isPreview ? "preview" : "update"} ${hasErrors ? "failed" : "canceled"}`);
  display.summary(isPreview, readable(outputs));
  const { changes, diagnostics, lines } = display;
  return { ok, changes, diagnostics, output: lines.join("\n"), outputs: readable(outputs) };
}

const NOTICE = "";
const TITLES = { preview: "Previewing update", up: "Updating", refresh: "Refreshing", destroy: "Destroying" };
