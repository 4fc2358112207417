import { batchedReads } from "../core/array/batched-reads.ts";
import { type ArrayConnection, type Connection, type ConnectionMeans, connectArray } from "../core/array/connection.ts";
import type { ArraySettings } from "../core/array/settings.ts";
import type { Clock } from "../core/async/clock.ts";
import { type EternusClient, eternusClient, idsPerRequest } from "./client.ts";
import { graceMs } from "./job.ts";
import { eternusLogin } from "./login.ts";
import { eternus } from "./vendor.ts";

/** One ETERNUS, ready to be asked. */
export interface EternusArray extends ArrayConnection {
  readonly client: EternusClient;
}

export function connectEternus(settings: ArraySettings, means: ConnectionMeans): EternusArray {
  const { clock } = means;
  return eternusArray(connectArray(eternus, settings, eternusLogin(settings, clock), means), clock);
}

/** A connection with the requests of an ETERNUS, of which those that read sessions and jobs are shared by all who read at once. */
export function eternusArray(connection: Connection, clock: Clock): EternusArray {
  const { settings, title } = connection;
  const client = eternusClient(connection.http, clock);
  const limits = { on: title, atOnce: settings.requestsInFlight, keysPerRead: idsPerRequest };
  return {
    ...connection,
    // A command becomes a job, and that takes a moment.
    showsAfterMs: settings.pollMinimumMs,
    lostAnswerGraceMs: graceMs,
    client: {
      ...client,
      readSessions: batchedReads(client.readSessions, { ...limits, attempted: "read copy sessions" }),
      readJobs: batchedReads(client.readJobs, { ...limits, attempted: "read jobs" }),
    },
  };
}
