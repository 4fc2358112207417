import { batchedReads } from "../core/array/batched-reads.ts";
import {
  type ActionTiming,
  type ArrayConnection,
  type Connection,
  type ConnectionMeans,
  connectArray,
} from "../core/array/connection.ts";
import type { AuthenticatedHttp } from "../core/array/login.ts";
import type { ArraySettings } from "../core/array/settings.ts";
import type { Clock } from "../core/async/clock.ts";
import { MigrationError } from "../core/errors.ts";
import { exchangeLimits } from "../core/http/limits.ts";
import { cachingClient } from "./caching-client.ts";
import { idsPerQuery, type PowerStoreClient, powerStoreClient } from "./client.ts";
import { powerStoreLogin } from "./login.ts";
import { type RoleCheck, roleCheck } from "./role-check.ts";
import { powerstore } from "./vendor.ts";

export interface PowerStoreArray extends ArrayConnection {
  readonly client: PowerStoreClient;
  /** The same for previews, one after the other: reads ahead, and may be some seconds late. */
  readonly previewClient: PowerStoreClient;
  readonly checkRoles: RoleCheck;
}

export function connectPowerStore(settings: ArraySettings, means: ConnectionMeans): PowerStoreArray {
  const login = powerStoreLogin(settings, means.clock);
  return powerStoreArray(connectArray(powerstore, settings, login, means), means.clock);
}

// PowerStore answers when it has acted, so the state changes with the answer. An action whose answer was lost shows within as long as an answer may take.
const timing: ActionTiming = { showsAfterMs: 0, lostAnswerGraceMs: exchangeLimits.headersMs };

// Names are longer than ids.
const namesPerQuery = 40;

/** A connection with the requests of a PowerStore. Reads of sessions are shared by all who read at once. */
export function powerStoreArray(connection: Connection, clock: Clock): PowerStoreArray {
  const http: AuthenticatedHttp = {
    ...connection.http,
    async send(request) {
      const answer = connection.http.send(request);
      return request.method === "GET" ? answer : answer.finally(() => ahead.forgetSessions());
    },
  };
  const client = powerStoreClient(http, clock);
  const { title: on, settings } = connection;
  const options = { attempted: "read import sessions", on, atOnce: settings.requestsInFlight };
  const findRemoteSystems = async (keys: readonly string[], signal: AbortSignal) => {
    const found = await Promise.all(keys.map((key) => client.findRemoteSystem(key, signal)));
    return new Map(found.flatMap((system, index) => (system === undefined ? [] : [[keys[index] ?? "", system]])));
  };
  const attempted = "find remote systems";
  const remoteSystems = batchedReads(findRemoteSystems, { ...options, attempted, keysPerRead: idsPerQuery });
  const shared: PowerStoreClient = {
    ...client,
    readSessions: batchedReads(client.readSessions, { ...options, keysPerRead: 2000 }),
    readNamed: batchedReads(client.readNamed, { ...options, keysPerRead: namesPerQuery }),
    findRemoteSystem: async (idOrName, signal) => (await remoteSystems([idOrName], signal)).get(idOrName),
    readMembers: batchedReads(client.readMembers, { ...options, keysPerRead: idsPerQuery }),
    readOfSources: batchedReads(client.readOfSources, { ...options, keysPerRead: idsPerQuery }),
  };
  const ahead = cachingClient(shared, clock);
  const checkRoles = roleCheck(client, settings.username);
  const identity = identityReader(client);
  return { ...connection, ...timing, client: shared, previewClient: ahead, checkRoles, identity };
}

// A person waits for the preview that compares two addresses.
const maxIdentityMs = 20_000;

/** Reads the array's identity when it is first needed. An array that does not tell it now is known by its address. */
function identityReader(client: PowerStoreClient): () => Promise<string | undefined> {
  let known: Promise<string | undefined> | undefined;
  return () => {
    known ??= client.readIdentity(AbortSignal.timeout(maxIdentityMs)).catch((error: unknown) => {
      // The next comparison asks again.
      known = undefined;
      if (error instanceof MigrationError) return undefined;
      throw error;
    });
    return known;
  };
}
