import { createRequire } from "node:module";
import engineGrpc from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import type { LogRequest } from "@pulumi/pulumi/proto/engine_pb.js";
import { expect, test } from "vitest";
import { silentLog } from "../../../provider/core/log.ts";
import { connectEngineLog } from "../../../provider/core/pulumi/engine-log.ts";

// Pulumi's own copies, as in the product.
const requireHere = createRequire(import.meta.url);
const requirePulumis = createRequire(requireHere.resolve("@pulumi/pulumi/package.json"));
const grpc: typeof import("@grpc/grpc-js") = requirePulumis("@grpc/grpc-js");
const { Empty } = requirePulumis("google-protobuf/google/protobuf/empty_pb.js");

/** An engine that hears what is logged. */
async function engine() {
  const heard: LogRequest.AsObject[] = [];
  const server = new grpc.Server();
  server.addService(engineGrpc.EngineService, {
    log(call: { request: LogRequest }, answer: (error: null, empty: unknown) => void) {
      heard.push(call.request.toObject());
      answer(null, new Empty());
    },
  });
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return { address: `127.0.0.1:${port}`, heard, stop: () => server.forceShutdown() };
}

test("progress replaces what stands on a row, a warning stays, and all is received when flush ends", async () => {
  const { address, heard, stop } = await engine();
  const log = connectEngineLog(address);
  log.progress("urn:v", "copying 43%");
  log.warn("urn:v", "a forced cancel");
  log.debug("urn:v", "GET /x");
  await log.flush();
  stop();
  const lines = heard.map(({ severity, urn, message, ephemeral }) => [severity, urn, message, ephemeral]);
  expect(lines).toHaveLength(3);
  expect(lines).toEqual(
    expect.arrayContaining([
      [1, "urn:v", "copying 43%", true],
      [2, "urn:v", "a forced cancel", false],
      [0, "urn:v", "GET /x", false],
    ]),
  );
});

test("what a row shows already is not logged again, and each warning once", async () => {
  const { address, heard, stop } = await engine();
  const log = connectEngineLog(address);
  for (const text of ["copying", "copying", "cutting over", "copying"]) log.progress("urn:v", text);
  log.progress("urn:w", "copying");
  for (let again = 0; again < 3; again++) log.warn("urn:v", "a forced cancel");
  await log.flush();
  stop();
  expect(heard.map(({ urn, message }) => `${urn} ${message}`).sort()).toEqual([
    "urn:v a forced cancel",
    "urn:v copying",
    "urn:v copying",
    "urn:v cutting over",
    "urn:w copying",
  ]);
});

test("an engine that no longer listens fails nothing", async () => {
  const { address, stop } = await engine();
  stop();
  const log = connectEngineLog(address);
  log.progress("urn:v", "copying");
  await expect(log.flush()).resolves.toBeUndefined();
});

test.each([undefined, "", "up", "--help", "engine", "127.0.0.1"])(
  "without an engine's address (%j) nothing is logged",
  async (address) => {
    expect(connectEngineLog(address)).toBe(silentLog);
    await silentLog.flush();
  },
);
