import { availableParallelism } from "node:os";
import type { AnyOptions, Interruption, RunResult } from "../engine.ts";
import { listenForInterruption } from "../interruption.ts";
import { openSlots } from "../slots.ts";
import { type Properties, readable } from "../wire-value.ts";
import type { Checkpoint } from "./checkpoint.ts";
import { deployProgram } from "./deploy-program.ts";
import { refreshAll, removeAll } from "./deployment.ts";
import { type Display, openDisplay } from "./display.ts";
import type { Host, HostOptions, OpenHost } from "./host.ts";
import type { Deployment } from "./step.ts";

export type Operation = "preview" | "up" | "refresh" | "destroy";

export interface OpenStack extends Omit<HostOptions, "onLog" | "onLine"> {
  readonly openHost: OpenHost;
  readonly checkpoint: Checkpoint;
  readonly onOutput: (line: string) => void;
}

/** Does one operation, from the notice to the summary, with a provider of its own. */
export async function run(stack: OpenStack, operation: Operation, options: AnyOptions): Promise<RunResult> {
  const { project, stackName, checkpoint } = stack;
  const stackUrn = `urn:pulumi:${stackName}::${project.name}::pulumi:pulumi:Stack::${project.name}-${stackName}`;
  const display = openDisplay(stackUrn, stack.onOutput, options.debug ?? false);
  display.line(`${NOTICE}\n${TITLES[operation]} (${stackName}):`);
  const halt = new AbortController();
  const onLine = (line: string) => display.tell("info", line);
  const opening = stack.openHost({ ...stack, onLog: display.log, onLine });
  using _ = listenForInterruption(options, befalling(checkpoint, halt, opening));
  const host = await opening;
  const { provider } = host;
  const inSlot = openSlots(options.parallel ?? availableParallelism() * 4);
  const isPreview = operation === "preview";
  const { replace = [], target = [] } = options;
  const isTarget = ({ urn }: { readonly urn: string }) => target.length === 0 || target.includes(urn);
  const deployment = { isPreview, replace, isTarget, provider, checkpoint, display, inSlot, halt };
  if (options.clearPendingCreates === true) checkpoint.apply({ pending: [] });
  if (operation === "up" || operation === "destroy") warnOfPending(checkpoint, display);
  const outputs = readable(await operate(deployment, operation, host));
  await provider.cancel();
  await host.stop();

  const ok = !halt.signal.aborted;
  const isFailed = display.diagnostics.some((text) => text.startsWith("error: "));
  if (!ok) display.tell("error", `${isPreview ? "preview" : "update"} ${isFailed ? "failed" : "canceled"}`);
  display.summary(isPreview, outputs);
  return { ok, outputs, changes: display.changes, diagnostics: display.diagnostics, output: display.lines.join("\n") };
}

const NOTICE = "This is not Pulumi but a small engine for tests. Get Pulumi: https://www.pulumi.com/docs/install/";
const TITLES = { preview: "Previewing update", up: "Updating", refresh: "Refreshing", destroy: "Destroying" };

function warnOfPending(checkpoint: Checkpoint, display: Display): void {
  const pending = checkpoint.pending().map(({ type, resource }) => `  * ${resource.urn}, interrupted while ${type}`);
  const count = `${pending.length} pending operations from previous deployment.`;
  if (pending.length > 0)
    display.tell("warning", [`Attempting to deploy or update resources with ${count}`, ...pending].join("\n"));
}

/** What befalls a run befalls its provider, too: as soon as there is one. */
function befalling(
  checkpoint: Checkpoint,
  halt: AbortController,
  opening: Promise<Host>,
): (how: Interruption["how"]) => void {
  let isCancelled = false;
  const giveUp = () => {
    checkpoint.freeze();
    halt.abort();
  };
  // Who cannot open a host tells so in the run itself.
  const reach = (strike: (host: Host) => unknown) => void opening.then(strike, () => undefined);
  const cancel = () => {
    isCancelled = true;
    halt.abort();
    reach(({ provider }) => provider.cancel());
  };
  return (how) => {
    switch (how) {
      case "Ctrl-C":
        // As with the real engine, the second Ctrl-C waits for nothing.
        if (!isCancelled) return cancel();
        giveUp();
        return reach((host) => host.stop());
      case "kill provider":
        return reach((host) => host.kill());
      case "lose machine":
        giveUp();
        return reach((host) => host.kill());
      case "terminate":
      case "terminate group":
      case "terminate all":
      case "kill engine":
        throw new RangeError(`the embedded engine is this process: "${how}" would end the test`);
    }
  };
}

async function operate(deployment: Deployment, operation: Operation, host: Host): Promise<Properties> {
  const { checkpoint } = deployment;
  switch (operation) {
    case "preview":
    case "up":
      return await deployProgram(deployment, host);
    case "refresh":
      await refreshAll(deployment);
      return checkpoint.outputs();
    case "destroy":
      await removeAll(deployment, checkpoint.resources().filter(deployment.isTarget));
      return {};
  }
}
