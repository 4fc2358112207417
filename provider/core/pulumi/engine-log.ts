import { createRequire } from "node:module";
// Generated CommonJS, whose names Node cannot see from outside: hence the default imports.
import services from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import messages from "@pulumi/pulumi/proto/engine_pb.js";
import { type EngineLog, silentLog } from "../log.ts";

const { LogRequest, LogSeverity } = messages;

/** Connects to the engine that started this provider process: the dynamic-provider server gets its address as its first argument. */
export function connectEngineLog(address: string | undefined): EngineLog {
  if (address === undefined || !/^[\w.[\]:-]+:\d+$/.test(address)) return silentLog;
  const client = new services.EngineClient(address, pulumisGrpc().credentials.createInsecure());
  let said = Promise.resolve();
  const rows = new Map<string, string>();
  const warned = new Set<string>();
  const log = (severity: messages.LogRequest.AsObject["severity"], urn: string, text: string, ephemeral: boolean) => {
    const request = new LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(text);
    request.setEphemeral(ephemeral);
    // One after the other, so that they are read as they were said. A display that does not listen any more must not fail a migration.
    said = said.then(() => new Promise((resolve) => client.log(request, () => resolve())));
  };
  const say = (urn: string, text: string, ephemeral: boolean) => {
    // A display without a terminal makes a line of each: only what is new is said.
    if (rows.get(urn) === text) return;
    rows.set(urn, text);
    log(LogSeverity.INFO, urn, text, ephemeral);
  };
  return {
    progress: (urn, text) => say(urn, text, true),
    note: (urn, text) => say(urn, text, false),
    warn(urn, text) {
      // What a diff has announced, the update need not announce again.
      const key = JSON.stringify([urn, text]);
      if (warned.has(key)) return;
      warned.add(key);
      log(LogSeverity.WARNING, urn, text, false);
    },
    debug: (urn, text) => log(LogSeverity.DEBUG, urn, text, false),
    end() {},
    flush: () => said,
  };
}

// The client class comes with Pulumi's own copy of gRPC and accepts only that copy's credentials.
function pulumisGrpc(): typeof import("@grpc/grpc-js") {
  const requireHere = createRequire(import.meta.url);
  return createRequire(requireHere.resolve("@pulumi/pulumi/package.json"))("@grpc/grpc-js");
}
