import { channel } from "node:diagnostics_channel";
import { z } from "zod";
import { watchEngine } from "./engine-liveness.ts";

const controller = new AbortController();

/** Aborts when the deployment is interrupted. Every wait of this process ends then. */
export const interruption: AbortSignal = controller.signal;

let isInstalled = false;

// The engine kills a provider that has not exited five seconds after SIGINT.
const maxLogoutMs = 2000;

/**
 * Detects a Ctrl-C, the end of the deployment, and the loss of the engine. The SDK's dynamic-provider server answers the engine's `Cancel` without a call to the hooks,
 * so this code detects the incoming call itself.
 *
 * The engine sends SIGINT also after a normal end. Then `onEnd` logs out and the process exits at once, because a process that remains delays every `pulumi` command by
 * five seconds. Some CI systems send SIGTERM to every process of a job. Then only the waits end: the engine, which is terminated too, records their results and then sends
 * SIGINT. An engine that was killed sends nothing. Without the engine, nobody would end a wait or record the outcome of an action.
 *
 * @param engine the address of the engine's own server; undefined for a process without an engine
 */
export function watchForInterruption(onEnd: () => Promise<void>, engine?: string): void {
  if (isInstalled) return;
  isInstalled = true;
  const interrupt = () => controller.abort();
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    interrupt();
    const exit = () => process.exit(0);
    setTimeout(exit, maxLogoutMs);
    onEnd().finally(exit);
  };
  channel("http2.server.stream.start").subscribe((message) => {
    if (cancelCall.safeParse(message).success) interrupt();
  });
  process.once("SIGINT", end);
  process.on("SIGTERM", engine === undefined ? end : interrupt);
  if (engine !== undefined) watchEngine(engine, end);
}

const cancelCall = z.object({ headers: z.object({ ":path": z.literal("/pulumirpc.ResourceProvider/Cancel") }) });
