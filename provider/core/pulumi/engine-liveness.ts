import { connect } from "node:net";

/**
 * Calls `onLost` once when the engine that started this process is gone, so that nothing listens at its address.
 *
 * It polls, because no event reports this. The connection of the first call was open before Node loaded this code.
 *
 * @param address the address of the engine's own server, `127.0.0.1:4711`
 * @param intervalMs the time between two attempts to connect, in milliseconds
 */
export function watchEngine(address: string, onLost: () => void, intervalMs = 1000): void {
  const [, host, port] = /^\[?([\w.:]+?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === undefined || port === undefined) return;
  let missed = 0;
  const timer = setInterval(async () => {
    missed = (await isListening(host, Number(port))) ? 0 : missed + 1;
    // A single attempt may fail on a machine that lacks resources.
    if (missed < 2) return;
    clearInterval(timer);
    onLost();
  }, intervalMs);
  timer.unref();
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const report = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", report(true)).once("error", report(false));
  });
}
