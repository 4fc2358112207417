import { requireFromSdk } from "../sdk.ts";
import type { Display, Severity } from "./display.ts";
import { grpc } from "./rpc.ts";

/** Serves the part of Pulumi's `Engine` service that programs and providers use: their log goes to the display. */
export async function serveLog(display: Display): Promise<{ readonly address: string; stop(): void }> {
  const server = new grpc.Server();
  server.addService(services.EngineService, {
    log: (request: Call<InstanceType<typeof messages.LogRequest>>, done: Done) => {
      const severity = SEVERITIES[request.request.getSeverity()];
      const { urn, message, ephemeral } = request.request.toObject();
      if (severity !== undefined) display.log(urn, severity, message, ephemeral);
      done(null, new empty.Empty());
    },
    setRootResource: (_request: unknown, done: Done) => done(null, new messages.SetRootResourceResponse()),
  });
  const credentials = grpc.ServerCredentials.createInsecure();
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", credentials, (error, bound) => (error === null ? resolve(bound) : reject(error)));
  });
  return { address: `127.0.0.1:${port}`, stop: () => server.forceShutdown() };
}

interface Call<Request> {
  readonly request: Request;
}

type Done = (error: null, response: object) => void;

const services: typeof import("@pulumi/pulumi/proto/engine_grpc_pb.js") = requireFromSdk("./proto/engine_grpc_pb.js");
const messages: typeof import("@pulumi/pulumi/proto/engine_pb.js") = requireFromSdk("./proto/engine_pb.js");
const empty: typeof import("google-protobuf/google/protobuf/empty_pb.js") = requireFromSdk(
  "google-protobuf/google/protobuf/empty_pb.js",
);

/** By number; what is below them is for debugging. */
const SEVERITIES: Readonly<Record<number, Severity>> = { 1: "info", 2: "warning", 3: "error" };
