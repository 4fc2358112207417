import { createRequire } from "node:module";
// Generated CommonJS. Node cannot detect its names, so it needs default imports.
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import { type EngineLog, silentLog } from "../log.ts";

const { LogRequest, LogSeverity } = messages;

/** Connects to the engine that started this provider process. The dynamic-provider server gets the engine's address as its first argument. */
export function connectEngineLog(address: string | undefined): EngineLog {
  if (address === undefined || !/^[\w.[\]:-]+:\d+$/.test(address)) return silentLog;
  const client = new services.EngineClient(address, pulumisGrpc().credentials.createInsecure());
  let sent = Promise.resolve();
  return distinctLog(
    ({ severity, urn, text, ephemeral }) => {
      const request = new LogRequest();
      request.setSeverity(severities[severity]);
      request.setUrn(urn);
      request.setMessage(text);
      request.setEphemeral(ephemeral);
      // One after the other, so that the display keeps their order. A display that no longer listens must not fail a migration.
      sent = sent.then(() => new Promise((resolve) => client.log(request, () => resolve())));
    },
    () => sent,
  );
}

/** A text on its way to the engine. */
interface LogLine {
  readonly severity: keyof typeof severities;
  readonly urn: string;
  readonly text: string;
  readonly ephemeral: boolean;
}

const severities = { info: LogSeverity.INFO, warning: LogSeverity.WARNING, debug: LogSeverity.DEBUG } as const;

/** Sends each text once: one on the row until the next, because a display without a terminal prints a line for each, and a warning for ever, because the update repeats its diff's. */
export function distinctLog(send: (line: LogLine) => void, flush: EngineLog["flush"] = async () => {}): EngineLog {
  const rows = new Map<string, string>();
  const warned = new Set<string>();
  const show = (urn: string, text: string, ephemeral: boolean) => {
    if (rows.get(urn) === text) return;
    rows.set(urn, text);
    send({ severity: "info", urn, text, ephemeral });
  };
  return {
    progress: (urn, text) => show(urn, text, true),
    note: (urn, text) => show(urn, text, false),
    warn(urn, text) {
      const key = JSON.stringify([urn, text]);
      if (warned.has(key)) return;
      warned.add(key);
      send({ severity: "warning", urn, text, ephemeral: false });
    },
    debug: (urn, text) => send({ severity: "debug", urn, text, ephemeral: false }),
    end() {},
    flush,
  };
}

// The client class belongs to Pulumi's own copy of gRPC, and accepts only credentials of that copy.
function pulumisGrpc(): typeof import("@grpc/grpc-js") {
  const requireHere = createRequire(import.meta.url);
  return createRequire(requireHere.resolve("@pulumi/pulumi/package.json"))("@grpc/grpc-js");
}
