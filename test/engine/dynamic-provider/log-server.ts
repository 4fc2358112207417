import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { Empty, engineMessages, engineServices, grpc } from "./sdk.ts";

/** A text from a program or a provider: on the row of the resource with that URN, or the stack's when it is blank. */
export interface LogEntry {
  readonly urn: string;
  readonly severity: "debug" | "info" | "warning" | "error";
  readonly message: string;
  /** Shown for a moment only, not told again at the end. */
  readonly isEphemeral: boolean;
}

/** Serves what programs and providers use of Pulumi's `Engine` service: its log. */
export async function serveLog(onLog: (entry: LogEntry) => void): Promise<Disposable & { readonly address: string }> {
  const server = new grpc.Server();
  server.addService(engineServices.EngineService, {
    log({ request }: { request: LogRequest }, done: Done): void {
      const { severity: number, urn, message, ephemeral: isEphemeral } = request.toObject();
      const severity = SEVERITIES[number];
      if (severity !== undefined) onLog({ urn, severity, message, isEphemeral });
      done(null, new Empty());
    },
    setRootResource: (_call: unknown, done: Done) => done(null, new engineMessages.SetRootResourceResponse()),
  });
  const port = await new Promise<number>((resolve, reject) => {
    const onBound = (error: Error | null, bound: number) => (error === null ? resolve(bound) : reject(error));
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), onBound);
  });
  return { address: `127.0.0.1:${port}`, [Symbol.dispose]: () => server.forceShutdown() };
}

type Done = (error: null, response: object) => void;

/** By Pulumi's number. */
const SEVERITIES: Readonly<Record<number, LogEntry["severity"]>> = { 0: "debug", 1: "info", 2: "warning", 3: "error" };
