import { connect } from "node:net";

const defaultIntervalMs = 1000;

/**
 * Calls back, once, when the engine that started this process has vanished: nobody listens at its address any more.
 *
 * Polled, because no event shows it: the connection of the first call was open before this code was loaded.
 *
 * @param address of the engine's own server, `127.0.0.1:4711`
 * @param intervalMs between two attempts to reach it
 */
export function watchEngine(address: string, onLost: () => void, intervalMs = defaultIntervalMs): void {
  const [, host, port] = /^\[?([\w.:]+?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === undefined || port === undefined) return;
  let missed = 0;
  const timer = setInterval(async () => {
    missed = (await isListening(host, Number(port))) ? 0 : missed + 1;
    // One connection may fail on a machine that is short of something; the engine's address does not change.
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
