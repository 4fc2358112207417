import { connect } from "node:net";

const betweenLooksMs = 1000;

/**
 * Calls back, once, when the engine that started this process has gone without a word: nobody listens at its address any more.
 *
 * Asked for from time to time, because nothing else tells: the connection that the first call came in on was there before this code was loaded.
 *
 * @param address of the engine's own server, `127.0.0.1:4711`
 */
export function watchEngine(address: string, onLost: () => void): void {
  const [, host, port] = /^\[?([\w.:]+?)\]?:(\d+)$/.exec(address) ?? [];
  if (host === undefined || port === undefined) return;
  let missed = 0;
  const timer = setInterval(async () => {
    missed = (await isListening(host, Number(port))) ? 0 : missed + 1;
    // One connection may fail on a machine that is short of something; the engine's address does not change.
    if (missed < 2) return;
    clearInterval(timer);
    onLost();
  }, betweenLooksMs);
  timer.unref();
}

function isListening(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    const tell = (isThere: boolean) => () => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", tell(true)).once("error", tell(false));
  });
}
