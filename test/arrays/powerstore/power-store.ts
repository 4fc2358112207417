import { type ArrayServer, startArrayServer } from "../array-server.ts";
import { type ArrayClock, scaledClock } from "../clock.ts";
import type { LoggedRequest } from "../request-log.ts";
import { importModel, setRate, setState } from "./import-model.ts";
import { failImport } from "./import-rollback.ts";
import type { ImportTimings, SessionConditions } from "./import-session.ts";
import type { ImportState } from "./import-states.ts";
import { defaultInventory, type Inventory, type SourceGroupSeed, type SourceVolumeSeed } from "./inventory.ts";
import { logins } from "./logins.ts";
import { type PowerStoreOperator, powerStoreOperator } from "./operator.ts";
import { codes, Refusal, refusalAnswer } from "./refusal.ts";
import { type RoleName, roleIdsOf } from "./roles.ts";
import { powerStoreRouter, type StaleLoginAnswer } from "./router.ts";
import { type ImportSessionInstance, toInstance } from "./session-instance.ts";
import { findSession } from "./session-routes.ts";

/** What a simulated PowerStore is like; everything has a default. */
export interface PowerStoreOptions extends Partial<Omit<Inventory, "sourceVolumes" | "sourceGroups">> {
  /** @default real time */
  readonly clock?: ArrayClock;
  /** @default 0, a free port */
  readonly port?: number;
  /** @default "127.0.0.1" */
  readonly host?: string;
  /** @default "admin" */
  readonly username?: string;
  /** @default "Simulated-1" */
  readonly password?: string;
  /** What the user may do is not simulated: everything. @default ["Administrator"] */
  readonly roles?: readonly RoleName[];
  /** After so long without a request a login ends. @default 3600 */
  readonly idleTimeoutSeconds?: number;
  /** What was discovered on the remote systems. @default a few volumes and two groups of a Unity called old-unity */
  readonly sources?: { readonly volumes: readonly SourceVolumeSeed[]; readonly groups?: readonly SourceGroupSeed[] };
  /** How fast volumes are copied that say nothing else. @default 400 MiB/s */
  readonly bytesPerSecond?: number;
  /** How many imports are set up or copied at the same time; the others queue. @default 8 (chosen: the real number is not published) */
  readonly maxActiveImports?: number;
  /** How long the other steps take. */
  readonly timings?: Partial<ImportTimings>;
  /** @default "401" */
  readonly staleLogin?: StaleLoginAnswer;
}

/** A request that was to change something. */
export interface LoggedAct extends LoggedRequest {
  /** The state in which it met its session; `undefined` if it met none. */
  readonly from: ImportState | undefined;
}

/** A PowerStore that is not there, and what a test needs to look at it and to make trouble. */
export interface SimulatedPowerStore
  extends Pick<
    ArrayServer,
    | "endpoint"
    | "caCertificate"
    | "requests"
    | "faults"
    | "connections"
    | "refuseConnections"
    | "acceptConnections"
    | "replaceCertificate"
    | "close"
  > {
  readonly username: string;
  readonly password: string;
  /** How many logins are alive. */
  readonly logins: number;
  /** The requests that were to change something, in their order; login and logout left out. */
  acts(): readonly LoggedAct[];
  /** A session as it is now, by id or `name:<name>`. @throws Refusal 404 */
  session(id: string): ImportSessionInstance;
  /** All sessions, in the order of their creation. */
  sessions(): readonly ImportSessionInstance[];
  readonly operator: PowerStoreOperator;
  /** Something goes wrong with an import, with what follows from it: see the table `failureEnds`. */
  fail(id: string, errorCode: string, message: string): void;
  /** Puts one session, and no other, into a state, lawful or not; with `stays` it does not go on by itself. @default stays false */
  setState(id: string, state: ImportState, options?: { readonly stays?: boolean }): void;
  /** What will happen when the import is cut over or taken back. */
  setConditions(id: string, conditions: Partial<SessionConditions>): void;
  /** From now on the session's volume is copied at this rate; 0 stalls it. */
  setRate(id: string, bytesPerSecond: number): void;
  /** The API shows these attributes instead of, or besides, the true ones: unknown states and keys. `{}` ends it. */
  disguise(id: string, attributes: Readonly<Record<string, unknown>>): void;
  /** All clients are logged out. */
  endLogins(): void;
  /** The management restarts: connections break, logins are gone, imports go on. */
  restart(): Promise<void>;
}

/** Starts a simulated PowerStore (REST 4.1, import sessions) on loopback. */
export async function startPowerStore(options: PowerStoreOptions = {}): Promise<SimulatedPowerStore> {
  const clock = options.clock ?? scaledClock({ factor: 1 });
  const { username = "admin", password = "Simulated-1", bytesPerSecond = 400 * 1024 ** 2 } = options;
  const idleTimeoutMs = (options.idleTimeoutSeconds ?? 3600) * 1000;
  const user = { username, password, idleTimeoutMs, roleIds: roleIdsOf(options.roles ?? ["Administrator"]) };
  const { volumes, groups } = options.sources ?? {};
  const inventory: Inventory = {
    ...defaultInventory,
    ...options,
    sourceVolumes: volumes ?? defaultInventory.sourceVolumes,
    sourceGroups: groups ?? (volumes === undefined ? defaultInventory.sourceGroups : []),
  };
  const model = importModel({
    nowMs: clock.nowMs(),
    timings: { ...defaultTimings, ...options.timings },
    maxActiveImports: options.maxActiveImports ?? 8,
  });
  const { world } = model;
  const loggedIn = logins(user);
  const { staleLogin = "401" } = options;
  const router = powerStoreRouter({ model, inventory, logins: loggedIn, user, bytesPerSecond, staleLogin });
  const met = new WeakMap<LoggedRequest, ImportState>();
  const server = await startArrayServer({
    clock,
    route(request) {
      model.advanceTo(request.atMs);
      const session = world.sessions.get(request.path.split("/")[4] ?? "");
      const entry = server.requests.findLast(({ path, atMs }) => path === request.path && atMs === request.atMs);
      if (session !== undefined && entry !== undefined) met.set(entry, session.state);
      return router(request);
    },
    refuseBody: (problem) => refusalAnswer(bodyRefusals[problem]),
    ...(options.port === undefined ? {} : { port: options.port }),
    ...(options.host === undefined ? {} : { host: options.host }),
  });
  const now = () => {
    model.advanceTo(clock.nowMs());
    return model;
  };
  const find = (id: string) => findSession(now().world, id);

  return {
    ...server,
    username,
    password,
    get logins() {
      return loggedIn.live(clock.nowMs()).length;
    },
    acts: () =>
      server.requests
        .filter(({ method, path }) => method !== "GET" && !path.endsWith("/logout"))
        .map((request) => ({ ...request, from: met.get(request) })),
    session: (id) => toInstance(world, find(id)),
    sessions: () => [...now().world.sessions.values()].map((session) => toInstance(world, session)),
    operator: powerStoreOperator(now, inventory, bytesPerSecond),
    fail: (id, code, message) => failImport(world, find(id), { code, message }),
    setState: (id, state, how = {}) => setState(world, find(id), state, how.stays ?? false),
    setConditions: (id, conditions) => void Object.assign(find(id).conditions, conditions),
    setRate: (id, rate) => setRate(world, find(id), rate),
    disguise(id, attributes) {
      find(id).disguise = attributes;
    },
    endLogins: () => loggedIn.endAll(),
    async restart() {
      loggedIn.endAll();
      await server.refuseConnections();
      await server.acceptConnections();
    },
  };
}

const defaultTimings: ImportTimings = {
  queueMs: 2_000,
  setupMs: 20_000,
  mirrorMs: 10_000,
  readyMs: 5_000,
  cutoverMs: 30_000,
  rollbackMs: 20_000,
  actionLagMs: 0,
};

const bodyRefusals = {
  "not-json": new Refusal(400, codes.invalidRequest, "The request body is not valid JSON."),
  "too-large": new Refusal(400, codes.invalidRequest, "The request body is too large."),
  "wrong-media-type": new Refusal(415, codes.invalidRequest, "The request body must be application/json."),
};
