import { once } from "node:events";
import { createServer, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { Socket } from "node:net";
import type { ServerCertificate } from "../arrays/certificate.ts";

/** A server on loopback for one test, closed with all its connections at the end of it. */
export interface LoopbackServer extends AsyncDisposable {
  readonly origin: string;
  /** What arrived: method and path with query, in order. */
  readonly arrived: readonly string[];
  readonly open: number;
}

export async function loopbackServer(
  handle: RequestListener,
  certificate?: ServerCertificate,
): Promise<LoopbackServer> {
  const arrived: string[] = [];
  const sockets = new Set<Socket>();
  const listener: RequestListener = (request, response) => {
    arrived.push(lineOf(request));
    handle(request, response);
  };
  const server: Server = certificate === undefined ? createServer(listener) : createTlsServer(certificate, listener);
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
  });
  server.on("tlsClientError", (_error: Error, socket: Socket) => socket.destroy());
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    origin: `${certificate === undefined ? "http" : "https"}://127.0.0.1:${address.port}`,
    arrived,
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

function lineOf(request: IncomingMessage): string {
  return `${request.method} ${request.url}`;
}
