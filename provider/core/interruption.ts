import { channel } from "node:diagnostics_channel";

const controller = new AbortController();

/** Aborts when the deployment is interrupted: every wait of this process ends on it. */
export const interruption: AbortSignal = controller.signal;

let watching = false;

// The engine kills a provider that has not exited five seconds after SIGINT.
const longestGoodbyeMs = 2000;

/**
 * Watches for Ctrl-C and for the end of the deployment. The SDK's dynamic-provider server answers the engine's `Cancel` without telling
 * the hooks, so the incoming call itself is watched for. On SIGINT, which the engine also sends after a normal end, `onEnd` gives the
 * logins back and the process exits at once: one that lingers delays every `pulumi` command by five seconds.
 */
export function watchForInterruption(onEnd: () => Promise<void>): void {
  if (watching) return;
  watching = true;
  channel("http2.server.stream.start").subscribe((message) => {
    if (isCancelCall(message)) controller.abort();
  });
  const end = () => {
    controller.abort();
    const exit = () => process.exit(0);
    setTimeout(exit, longestGoodbyeMs);
    onEnd().finally(exit);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
}

function isCancelCall(message: unknown): boolean {
  if (typeof message !== "object" || message === null || !("headers" in message)) return false;
  const { headers } = message;
  if (typeof headers !== "object" || headers === null || !(":path" in headers)) return false;
  return headers[":path"] === "/pulumirpc.ResourceProvider/Cancel";
}
