import { randomBytes } from "node:crypto";
import { type ArrayClock, scaledClock } from "../clock.ts";
import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { type Intake, openIntake } from "../intake.ts";
import type { LoggedRequest } from "../request-log.ts";
import { type ImportModel, importModel, setRate, setState } from "./import-model.ts";
import { failImport } from "./import-rollback.ts";
import type { ImportTimings, SessionConditions } from "./import-session.ts";
import type { ImportState } from "./import-states.ts";
import { defaultInventory, type Inventory, type SourceGroupSeed, type SourceVolumeSeed } from "./inventory.ts";
import { type Logins, logins } from "./logins.ts";
import { type PowerStoreOperator, powerStoreOperator } from "./operator.ts";
import { codes, Refusal, refusalAnswer } from "./refusal.ts";
import { type RoleName, roleIdsOf } from "./roles.ts";
import { powerStoreRouter, type StaleLoginAnswer } from "./router.ts";
import { type ImportSessionInstance, toInstance } from "./session-instance.ts";
import { findSession } from "./session-routes.ts";

/** What a simulated PowerStore is like, wherever it can be reached; everything has a default. */
export interface SimulationOptions extends Partial<Omit<Inventory, "sourceVolumes" | "sourceGroups">> {
  /** @default real time */
  readonly clock?: ArrayClock;
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
  /** The cluster's `global_id`. @default another one for each simulated array */
  readonly globalId?: string;
}

/** A request that was to change something. */
export interface LoggedAct extends LoggedRequest {
  /** The state in which it met its session; `undefined` if it met none. */
  readonly from: ImportState | undefined;
}

/** What a test needs to look at a simulated PowerStore and to make trouble. */
export interface PowerStoreHandles {
  readonly username: string;
  readonly password: string;
  /** The user has another password from now on. Logins that are alive stay so. */
  changePassword(password: string): void;
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
}

/** A simulated PowerStore without a network. */
export interface PowerStoreSimulation extends PowerStoreHandles {
  readonly clock: ArrayClock;
  readonly intake: Intake;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Answers a request at once. */
  handle(request: ArrayRequest): ArrayAnswer;
  /** The import sessions themselves, brought up to now. */
  model(): ImportModel;
}

/** Makes a simulated PowerStore (REST 4.1, import sessions) that is reached by calling it. */
export function simulatePowerStore(options: SimulationOptions = {}): PowerStoreSimulation {
  const clock = options.clock ?? scaledClock({ factor: 1 });
  const { username = "admin", password = "Simulated-1", bytesPerSecond = 400 * 1024 ** 2 } = options;
  const idleTimeoutMs = (options.idleTimeoutSeconds ?? 3600) * 1000;
  const user = { username, password, idleTimeoutMs, roleIds: roleIdsOf(options.roles ?? ["Administrator"]) };
  const inventory = inventoryOf(options);
  const model = importModel({
    nowMs: clock.nowMs(),
    timings: { ...defaultTimings, ...options.timings },
    maxActiveImports: options.maxActiveImports ?? 8,
  });
  const { world } = model;
  const loggedIn = logins(user);
  const { staleLogin = "401", globalId = `PS${randomBytes(6).toString("hex")}` } = options;
  const router = powerStoreRouter({ model, inventory, logins: loggedIn, user, bytesPerSecond, staleLogin, globalId });
  const met = new WeakMap<LoggedRequest, ImportState>();
  const intake = openIntake({
    route(request, entry) {
      model.advanceTo(request.atMs);
      const session = world.sessions.get(request.path.split("/")[4] ?? "");
      if (session !== undefined) met.set(entry, session.state);
      return router(request);
    },
    refuseBody: (problem) => refusalAnswer(bodyRefusals[problem]),
  });
  const now = () => {
    model.advanceTo(clock.nowMs());
    return model;
  };

  return {
    ...handlesOf(now, loggedIn),
    clock,
    intake,
    requests: intake.requests,
    handle: intake.handle,
    model: now,
    username,
    get password() {
      return user.password;
    },
    changePassword(next) {
      user.password = next;
    },
    get logins() {
      return loggedIn.live(clock.nowMs()).length;
    },
    acts: () =>
      intake.requests
        .filter(({ method, path }) => method !== "GET" && !path.endsWith("/logout"))
        .map((request) => ({ ...request, from: met.get(request) })),
    operator: powerStoreOperator(now, inventory, bytesPerSecond),
  };
}

function handlesOf(
  now: () => ImportModel,
  loggedIn: Logins,
): Omit<PowerStoreHandles, "username" | "password" | "changePassword" | "logins" | "acts" | "operator"> {
  const find = (id: string) => {
    const { world } = now();
    return { world, session: findSession(world, id) };
  };
  return {
    session(id) {
      const { world, session } = find(id);
      return toInstance(world, session);
    },
    sessions() {
      const { world } = now();
      return [...world.sessions.values()].map((session) => toInstance(world, session));
    },
    fail(id, code, message) {
      const { world, session } = find(id);
      failImport(world, session, { code, message });
    },
    setState(id, state, { stays = false } = {}) {
      const { world, session } = find(id);
      setState(world, session, state, stays);
    },
    setConditions: (id, conditions) => void Object.assign(find(id).session.conditions, conditions),
    setRate(id, rate) {
      const { world, session } = find(id);
      setRate(world, session, rate);
    },
    disguise(id, attributes) {
      find(id).session.disguise = attributes;
    },
    endLogins: () => loggedIn.endAll(),
  };
}

function inventoryOf(options: SimulationOptions): Inventory {
  const { volumes, groups } = options.sources ?? {};
  return {
    ...defaultInventory,
    ...options,
    sourceVolumes: volumes ?? defaultInventory.sourceVolumes,
    sourceGroups: groups ?? (volumes === undefined ? defaultInventory.sourceGroups : []),
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
