import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { Socket } from "node:net";

/** The connections of one provider among many in this process. */
export interface Network {
  /** Everything that is sent in the course of this work is the provider's. */
  within<Result>(work: () => Result): Result;
  /** Breaks every connection, and each that is used later. */
  breakDown(): void;
}

interface Connections {
  readonly sockets: Set<Socket>;
  isDown: boolean;
}

const current = new AsyncLocalStorage<Connections>();

// undici tells on this channel which connection it is about to write a request to, in the course of the work that sends it.
subscribe("undici:client:sendHeaders", (message) => {
  const connections = current.getStore();
  const socket = socketOf(message);
  if (connections === undefined) return;
  if (connections.isDown) socket.destroy();
  else connections.sockets.add(socket);
});

export function openNetwork(): Network {
  const connections: Connections = { sockets: new Set(), isDown: false };
  return {
    within: (work) => current.run(connections, work),
    breakDown() {
      connections.isDown = true;
      for (const socket of connections.sockets) socket.destroy();
    },
  };
}

function socketOf(message: unknown): Socket {
  if (typeof message === "object" && message !== null && "socket" in message && message.socket instanceof Socket)
    return message.socket;
  throw new TypeError("undici speaks otherwise about its connections than it used to");
}
