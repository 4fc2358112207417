import { channel } from "node:diagnostics_channel";
import { watchEngine } from "./engine-liveness.ts";

const controller = new AbortController();

/** Aborts when the deployment is interrupted: every wait of this process ends on it. */
export const interruption: AbortSignal = controller.signal;

let watching = false;

// The engine kills a provider that has not exited five seconds after SIGINT.
const longestGoodbyeMs = 2000;

/**
 * Watches for Ctrl-C, for the end of the deployment, and for the loss of the engine. The SDK's dynamic-provider server answers the engine's
 * `Cancel` without telling the hooks, so the incoming call itself is watched for.
 *
 * On SIGINT, which the engine also sends after a normal end, `onEnd` gives the logins back and the process exits at once: one that lingers delays every
 * `pulumi` command by five seconds. On SIGTERM, which some CI systems send to every process of a job, only the waits end: the engine, terminated too, records
 * what they come to and then sends SIGINT. An engine that was killed sends nothing: without it nobody would ever end a wait, nor learn what an act came to.
 *
 * @param engine the address of the engine's own server; none for a process that stands alone
 */
export function watchForInterruption(onEnd: () => Promise<void>, engine?: string): void {
  if (watching) return;
  watching = true;
  const interrupt = () => controller.abort();
  let isEnding = false;
  const end = () => {
    if (isEnding) return;
    isEnding = true;
    interrupt();
    const exit = () => process.exit(0);
    setTimeout(exit, longestGoodbyeMs);
    onEnd().finally(exit);
  };
  channel("http2.server.stream.start").subscribe((message) => {
    if (isCancelCall(message)) interrupt();
  });
  process.once("SIGINT", end);
  process.on("SIGTERM", engine === undefined ? end : interrupt);
  if (engine !== undefined) watchEngine(engine, end);
}

function isCancelCall(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("headers" in message)) return false;
  const { headers } = message;
  if (typeof headers !== "object" || headers === null || !(":path" in headers)) return false;
  return headers[":path"] === "/pulumirpc.ResourceProvider/Cancel";
}
