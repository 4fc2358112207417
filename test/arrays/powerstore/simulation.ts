import { randomBytes } from "node:crypto";
import { type ArrayClock, scaledClock } from "../clock.ts";
import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { type Intake, openIntake } from "../intake.ts";
import { type CertificateKind, certificateOf } from "../presented-certificate.ts";
import type { LoggedRequest } from "../request-log.ts";
import { openShown } from "../temperament/shown.ts";
import { temperOf } from "../temperament/temperament.ts";
import { importChanges } from "./changes.ts";
import { type PowerStoreHandles, sessionHandles } from "./handles.ts";
import { type ImportModel, importModel } from "./import-model.ts";
import type { ImportTimings } from "./import-session.ts";
import type { ImportState } from "./import-states.ts";
import { jobBook } from "./job-book.ts";
import { logins } from "./logins.ts";
import { powerStoreOperator } from "./operator.ts";
import { codes, Refusal, refusalAnswer } from "./refusal.ts";
import type { Row } from "./resource.ts";
import { roleIdsOf } from "./roles.ts";
import { roughly, shownResources } from "./rough.ts";
import { powerStoreRouter } from "./router.ts";
import { noteSessions } from "./shown-sessions.ts";
import { inventoryOf, type SimulationOptions } from "./simulation-options.ts";

export type { LoggedAct, PowerStoreHandles } from "./handles.ts";
export type { SimulationOptions } from "./simulation-options.ts";

/** A simulated PowerStore without a network. */
export interface PowerStoreSimulation extends PowerStoreHandles {
  readonly clock: ArrayClock;
  readonly intake: Intake;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Answers a request at once. */
  handle(request: ArrayRequest): ArrayAnswer;
  /** What the array presents itself with, where it is reached over a network. */
  readonly certificate: CertificateKind;
  /** The import sessions themselves, brought up to now. */
  model(): ImportModel;
}

/** Makes a simulated PowerStore (REST 4.1, import sessions) that is reached by calling it. */
export function simulatePowerStore(options: SimulationOptions = {}): PowerStoreSimulation {
  const clock = options.clock ?? scaledClock({ factor: 1 });
  const { username = "admin", password = "Simulated-1", bytesPerSecond = 400 * 1024 ** 2 } = options;
  const idleTimeoutMs = (options.idleTimeoutSeconds ?? 3600) * 1000;
  const temper = temperOf("PowerStore", options.temperament ?? "calm", clock.nowMs());
  const mustChangePassword = temper.has("password-change-required");
  const roleIds = roleIdsOf(options.roles ?? ["Administrator"]);
  const user = { username, password, idleTimeoutMs, roleIds, mustChangePassword };
  const inventory = inventoryOf(options, temper.has("odd-ids"));
  const model = importModel({
    nowMs: clock.nowMs(),
    timings: { ...defaultTimings, ...options.timings },
    maxActiveImports: options.maxActiveImports ?? 8,
    restsInCleanup: temper.has("resting-cleanups"),
  });
  const { world } = model;
  const loggedIn = logins(user);
  const { staleLogin = "401", globalId = `PS${randomBytes(6).toString("hex")}` } = options;
  const book = jobBook();
  const shown = openShown<Row>(temper);
  if (shown.keepsHistory) world.happened = () => noteSessions(world, shown);
  const changes = importChanges({ model, inventory, bytesPerSecond, book, temper, shown });
  const resources = shownResources({ world, inventory, book, temper, shown });
  const api = { model, resources, logins: loggedIn, user, staleLogin, globalId, changes, book, temper };
  const route = roughly(temper, powerStoreRouter(api));
  const catchUp = (nowMs: number) => {
    // What was done by hand happened when the array was last asked.
    world.happened();
    model.advanceTo(nowMs);
    world.happened();
  };
  const met = new WeakMap<LoggedRequest, ImportState>();
  const intake = openIntake({
    route(request, entry) {
      catchUp(request.atMs);
      const session = world.sessions.get(request.path.split("/")[4] ?? "");
      if (session !== undefined) met.set(entry, session.state);
      const answer = route(request);
      world.happened();
      return answer;
    },
    refuseBody: (problem) => refusalAnswer(bodyRefusals[problem]),
  });
  const now = () => {
    catchUp(clock.nowMs());
    return model;
  };

  const rowsOf = (resource: string) => {
    now();
    return resources.list.get(resource)?.rows() ?? [];
  };

  return {
    ...sessionHandles(now),
    endLogins: () => loggedIn.endAll(),
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
    certificate: certificateOf(temper),
    operator: powerStoreOperator(now, inventory, bytesPerSecond, changes.decide),
    inventory,
    jobs: () => rowsOf("job"),
    auditEvents: () => rowsOf("audit_event"),
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
