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
  const rows = new Map<string, string>();
  const warned = new Set<string>();
  const log = (severity: messages.LogRequest.AsObject["severity"], urn: string, text: string, ephemeral: boolean) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(text);
    request.setEphemeral(ephemeral);
    // One after the other, so that the display keeps their order. A display that no longer listens must not fail a migration.
    sent = sent.then(() => new Promise((resolve) => client.log(request, () => resolve())));
  };
  const show = (urn: string, text: string, ephemeral: boolean) => {
    // A display without a terminal prints a line for each text, so a repeated text is left out.
    if (rows.get(urn) === text) return;
    rows.set(urn, text);
    log(LogSeverity.INFO, urn, text, ephemeral);
  };
  return {
    progress: (urn, text) => show(urn, text, true),
    note: (urn, text) => show(urn, text, false),
    warn(urn, text) {
      // The update does not repeat a warning that its diff has shown.
      const key = JSON.stringify([urn, text]);
      if (warned.has(key)) return;
      warned.add(key);
      log(LogSeverity.WARNING, urn, text, false);
    },
    debug: (urn, text) => log(LogSeverity.DEBUG, urn, text, false),
    end() {},
    flush: () => sent,
  };
}

// The client class belongs to Pulumi's own copy of gRPC, and accepts only credentials of that copy.
function pulumisGrpc(): typeof import("@grpc/grpc-js") {
  const requireHere = createRequire(import.meta.url);
  return createRequire(requireHere.resolve("@pulumi/pulumi/package.json"))("@grpc/grpc-js");
}
