import { once } from "node:events";
import type { IncomingMessage, RequestListener } from "node:http";
import { createServer, type Socket } from "node:net";
import { afterEach } from "vitest";
import { systemClock } from "../../../provider/core/async/clock.ts";
import type { HttpRequest } from "../../../provider/core/http/exchange.ts";
import { connectHttp, type Http, type HttpOptions } from "../../../provider/core/http/http.ts";

const open: Http[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((http) => http.close()));
});

/** Connects the product's HTTP for one test. */
export function connect(origin: string, options: Partial<HttpOptions> = {}): Http {
  const http = connectHttp({
    clock: systemClock,
    arrayName: `the array (${origin})`,
    origin,
    requestsInFlight: 4,
    ...options,
  });
  open.push(http);
  return http;
}

export function get(path = "/", more: Partial<HttpRequest> = {}): HttpRequest {
  return { method: "GET", path, attempted: "read session 7", ...more };
}

export function post(path = "/", more: Partial<HttpRequest> = {}): HttpRequest {
  return { ...get(path), method: "POST", attempted: "cut over session 7", ...more };
}

/** Answers anything with a little JSON. */
export const json: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
};

export async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** A port on loopback where something else than HTTP is spoken. */
export async function rawServer(
  handle: (socket: Socket) => void,
): Promise<{ readonly host: string } & AsyncDisposable> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    handle(socket);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the server has no port");
  return {
    host: `127.0.0.1:${address.port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}

/** Lets so many turns of the event loop pass: real I/O on loopback needs a few. */
export async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
}
