import { batchedReads } from "../core/array/batched-reads.ts";
import { type ArrayConnection, connectArray } from "../core/array/connection.ts";
import type { ArraySettings } from "../core/array/settings.ts";
import type { Deployment } from "../core/pulumi/deployment.ts";
import { type EternusClient, eternusClient, idsPerRequest } from "./client.ts";
import { graceMs } from "./grace.ts";
import { eternusLogin } from "./login.ts";
import { eternus } from "./vendor.ts";

/** One ETERNUS, ready to be asked. */
export interface EternusArray extends ArrayConnection {
  readonly client: EternusClient;
}

export function connectEternus(
  settings: ArraySettings,
  deployment: Pick<Deployment, "clock"> & Partial<Pick<Deployment, "log">>,
): EternusArray {
  const connection = connectArray(
    eternus,
    settings,
    eternusLogin(settings, deployment.clock),
    // A command becomes a job, and that takes a moment.
    { showsAfterMs: settings.pollMinimumMs, lostAnswerGraceMs: graceMs },
    deployment,
  );
  const client = eternusClient(connection.http, deployment.clock);
  const limits = { on: connection.title, atOnce: settings.requestsInFlight, keysPerRead: idsPerRequest };
  return {
    ...connection,
    client: {
      ...client,
      readSessions: batchedReads(client.readSessions, { ...limits, attempted: "read copy sessions" }),
      readJobs: batchedReads(client.readJobs, { ...limits, attempted: "read jobs" }),
    },
  };
}
