import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { isIPv6, Socket } from "node:net";
import type { Duplex } from "node:stream";
import { type CertificateAuthority, makeCertificateAuthority } from "./certificate.ts";
import { type ArrayClock, passed } from "./clock.ts";
import { type ArrayAnswer, type Exchange, serialized } from "./exchange.ts";
import { type Faults, faultScript } from "./faults.ts";
import { type ArrayHandling, type Intake, openIntake } from "./intake.ts";
import { playFault } from "./play-fault.ts";
import { type CertificateKind, presented } from "./presented-certificate.ts";
import { readBody } from "./read-body.ts";
import type { LoggedRequest } from "./request-log.ts";
import { toRequest } from "./to-request.ts";

/** How and where the HTTPS side of a simulated array listens. */
export interface ListenOptions {
  readonly clock: ArrayClock;
  /** @default 0, a free port */
  readonly port?: number;
  /** The address to listen on. @default "127.0.0.1" */
  readonly host?: string;
  /** The largest body taken. @default 1 MiB */
  readonly bodyLimitBytes?: number;
  /** What the array presents itself with. @default "trusted" */
  readonly certificate?: CertificateKind | undefined;
}

/** The HTTPS side of a simulated array. */
export interface ArrayServer {
  /** `https://HOST:PORT`, without a slash at the end. */
  readonly endpoint: string;
  readonly port: number;
  /** PEM: what a client has to trust. */
  readonly caCertificate: string;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly LoggedRequest[];
  readonly faults: Faults;
  /** TCP connections: how many there were and how many are open. */
  readonly connections: { readonly total: number; readonly open: number };
  /** The array goes off the network: open connections break, new ones are refused, nothing is forgotten. */
  refuseConnections(): Promise<void>;
  /** Back on the network, on the same port. */
  acceptConnections(): Promise<void>;
  /** New connections see a new certificate. @default issued by the same authority */
  replaceCertificate(authority?: CertificateAuthority): Promise<void>;
  /** Ends it, together with all connections. */
  close(): Promise<void>;
}

/** Starts an HTTPS server on loopback that logs, damages and answers requests as it is told. */
export function startArrayServer(options: ListenOptions & ArrayHandling): Promise<ArrayServer> {
  return serveArray(openIntake(options), options);
}

/** Starts an HTTPS server on loopback in front of a simulated array; it damages what it is told to damage. */
export async function serveArray(intake: Intake, options: ListenOptions): Promise<ArrayServer> {
  const authority = await makeCertificateAuthority();
  const { server: ownCertificate, given } = await presented(options.certificate ?? "trusted", authority);
  const { faults, next } = faultScript();
  const sockets = new Set<Duplex>();
  const connections = { total: 0, open: 0 };
  const server = createServer(ownCertificate, (message, response) => {
    answer(message, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    connections.total += 1;
    connections.open += 1;
    socket.on("close", () => {
      sockets.delete(socket);
      connections.open -= 1;
    });
  });
  // A client that does not trust the certificate is its own problem, not an uncaught error here.
  server.on("tlsClientError", (_error, socket) => socket.destroy());

  const host = options.host ?? "127.0.0.1";
  let port = options.port ?? 0;
  await listen();
  const address = server.address();
  if (typeof address === "object" && address !== null) port = address.port;

  return {
    endpoint: `https://${isIPv6(host) ? `[${host}]` : host}:${port}`,
    port,
    caCertificate: given,
    requests: intake.requests,
    faults,
    connections,
    refuseConnections: stop,
    acceptConnections: listen,
    async replaceCertificate(other = authority) {
      server.setSecureContext(await other.issue());
    },
    close: stop,
  };

  async function answer(message: IncomingMessage, response: ServerResponse): Promise<void> {
    // The array's own time, which may be hours off the client's.
    response.sendDate = false;
    stampDate(response);
    const read = await readBody(message, options.bodyLimitBytes ?? 1024 * 1024);
    const request = toRequest(message, "body" in read ? read.body : undefined, options.clock.nowMs());
    const fault = next(request);
    const received = intake.receive(request, {
      fault: fault?.kind,
      body: "problem" in read ? read.problem : undefined,
    });
    const exchange: Exchange = {
      request,
      response,
      handle: received.handle,
      async send(toSend) {
        if (toSend.lateMs !== undefined && toSend.lateMs > 0) {
          await Promise.race([passed(options.clock, toSend.lateMs), closed(response)]);
          if (!response.headersSent) stampDate(response);
        }
        send(response, toSend);
        if (response.headersSent) received.entry.status = response.statusCode;
      },
      destroy(how) {
        if (how === "reset") reset(message.socket.remotePort);
        message.socket.destroy();
      },
      pause: (ms) => pause(response, ms),
    };
    try {
      if (fault === undefined) await exchange.send(exchange.handle());
      else await playFault(fault, exchange);
    } finally {
      if (response.headersSent) received.entry.status = response.statusCode;
    }
  }

  function stampDate(response: ServerResponse): void {
    response.setHeader("date", new Date(options.clock.nowMs()).toUTCString());
  }

  /** Only the TCP socket below the TLS one can be reset; they share no more than the client's port. */
  function reset(clientPort: number | undefined): void {
    for (const socket of sockets) {
      if (socket instanceof Socket && socket.remotePort === clientPort) socket.resetAndDestroy();
    }
  }

  function listen(): Promise<void> {
    return new Promise((resolve, reject) => {
      server.once("error", reject);
      server.listen(port, host, () => {
        server.off("error", reject);
        resolve();
      });
    });
  }

  function stop(): Promise<void> {
    return new Promise((resolve) => {
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  }
}

function send(response: ServerResponse, answer: ArrayAnswer): void {
  if (response.destroyed) return;
  const { headers, text } = serialized(answer);
  if (answer.status !== 204) headers["content-length"] = String(Buffer.byteLength(text));
  response.writeHead(answer.status, headers).end(text);
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    if (response.destroyed) return resolve();
    response.once("close", resolve);
  });
}

function pause(response: ServerResponse, ms: number): Promise<void> {
  return new Promise((resolve) => {
    // A timer cannot be set to more than 2^31-1 ms: Node would fire it at once.
    const timer = setTimeout(() => Number.isFinite(ms) && resolve(), Math.min(ms, 2 ** 31 - 1));
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
