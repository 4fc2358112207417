import { type ArrayClock, scaledClock } from "../clock.ts";
import type { ArrayAnswer, ArrayRequest } from "../exchange.ts";
import { type Intake, openIntake } from "../intake.ts";
import { type CertificateKind, certificateOf } from "../presented-certificate.ts";
import type { BodyProblem } from "../read-body.ts";
import type { LoggedRequest } from "../request-log.ts";
import { openShown } from "../temperament/shown.ts";
import { type Temperament, temperOf } from "../temperament/temperament.ts";
import { ArrayRefusal } from "./array-refusal.ts";
import { type Failures, failuresOf, type Operator, operatorOf } from "./by-hand.ts";
import { rebased } from "./copy-flow.ts";
import type { CopySession, CopySessionSeed } from "./copy-session.ts";
import { advanceTo, type EternusAct, type EternusArray, newEternusArray } from "./eternus-array.ts";
import type { Job } from "./job.ts";
import { type Account, liveLogins, type Role } from "./login-table.ts";
import { roughly } from "./rough.ts";
import { answer, refusalAnswer } from "./router.ts";
import { defaultSettings, type EternusSettings } from "./settings.ts";
import { noteSessions } from "./shown-sessions.ts";
import { apiRoot } from "./wire-format.ts";

/** What a simulated ETERNUS is like, wherever it can be reached. */
export interface SimulationOptions {
  /** The copy sessions it has, of any type; ids may be 0. @default none */
  readonly sessions?: readonly CopySessionSeed[];
  /** @default real time */
  readonly clock?: ArrayClock;
  /** @default "admin" */
  readonly username?: string;
  /** @default "eternus-password" */
  readonly password?: string;
  /** What that user may do. @default "Admin" */
  readonly role?: Role;
  /** Makes that user a user of this tenant. @default none */
  readonly tenant?: string;
  /** More users; roles default to Admin. */
  readonly otherAccounts?: readonly (Pick<Account, "username" | "password"> & Partial<Account>)[];
  /** How rough the array is. @default "calm" */
  readonly temperament?: Temperament;
  /** Where arrays differ, or nobody knows. */
  readonly behaviour?: Partial<EternusSettings>;
}

/** What a test may look at and do by hand inside a simulated ETERNUS. */
export interface EternusHandles extends Failures {
  readonly username: string;
  readonly password: string;
  /** Logins that have not ended. */
  readonly logins: number;
  /** Logins refused for wrong credentials. */
  readonly refusedLogins: number;
  /** Mutating calls that reached the array, refused ones included, oldest first; not logins, logouts and job deletes. */
  acts(): readonly EternusAct[];
  /** A copy session as it is now; `undefined` if there is none. */
  session(id: number): CopySession | undefined;
  /** All copy sessions as they are now, ascending by id. */
  sessions(): readonly CopySession[];
  /** All registered jobs of all users, oldest first. */
  jobs(): readonly Job[];
  readonly operator: Operator;
}

/** A simulated ETERNUS without a network. */
export interface EternusSimulation extends EternusHandles {
  readonly clock: ArrayClock;
  readonly intake: Intake;
  /** Every request that arrived, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Answers a request at once. */
  handle(request: ArrayRequest): ArrayAnswer;
  /** What the array presents itself with, where it is reached over a network. */
  readonly certificate: CertificateKind;
  /** The array itself, brought up to now. */
  model(): EternusArray;
}

/** Makes a simulated ETERNUS that is reached by calling it. */
export function simulateEternus(options: SimulationOptions = {}): EternusSimulation {
  const { username = "admin", password = "eternus-password", role = "Admin", tenant } = options;
  const clock = options.clock ?? scaledClock({ factor: 1 });
  const accounts = [{ username, password, role, tenant }, ...(options.otherAccounts ?? [])].map(toAccount);
  const settings = { ...defaultSettings, ...options.behaviour };
  const temper = temperOf("ETERNUS", options.temperament ?? "calm", clock.nowMs());
  const array = newEternusArray(settings, accounts, options.sessions ?? [], clock.nowMs(), openShown(temper));
  if (array.shown.keepsHistory) array.happened = () => noteSessions(array);
  const route = roughly(temper, array, (request) => answer(array, request));
  const current = () => {
    // What was done by hand happened when the array was last asked.
    array.happened();
    advanceTo(array, clock.nowMs());
    array.happened();
    return array;
  };
  const intake = openIntake({
    route(request) {
      current();
      const given = recorded(array, request, route(request));
      array.happened();
      return given;
    },
    refuseBody: (problem) => refusalAnswer(array, bodyRefusal(problem)),
  });
  return {
    ...failuresOf(current),
    clock,
    intake,
    certificate: certificateOf(temper),
    requests: intake.requests,
    handle: intake.handle,
    model: current,
    operator: operatorOf(current),
    username,
    password,
    get logins() {
      return liveLogins(current()).length;
    },
    get refusedLogins() {
      return array.refusedLogins;
    },
    acts: () => [...array.acts],
    session: (id) => sessionsNow(current()).find((session) => session.id === id),
    sessions: () => sessionsNow(current()),
    jobs: () => [...current().jobs.values()],
  };
}

function toAccount(account: Pick<Account, "username" | "password"> & Partial<Account>): Account {
  return { role: "Admin", tenant: undefined, passwordExpired: false, ...account };
}

function sessionsNow(array: EternusArray): readonly CopySession[] {
  return [...array.sessions.values()].map((session) => rebased(session, array.nowMs)).sort((a, b) => a.id - b.id);
}

function recorded(array: EternusArray, request: ArrayRequest, given: ArrayAnswer): ArrayAnswer {
  const { method, path, body, atMs } = request;
  const isLogin = path === `${apiRoot}/session` || path.startsWith(`${apiRoot}/session/`);
  const isJobDelete = method === "DELETE" && path.startsWith(`${apiRoot}/job/`);
  if (method !== "GET" && !isLogin && !isJobDelete) {
    // Only a registered job is answered with 202, and it is the latest.
    array.acts.push({ method, path, body, atMs, jobId: given.status === 202 ? array.nextJobId - 1 : undefined });
  }
  return given;
}

function bodyRefusal(problem: BodyProblem): ArrayRefusal {
  switch (problem) {
    case "too-large":
      return new ArrayRefusal(413, "0003", "request body");
    case "wrong-media-type":
      return new ArrayRefusal(415, "0001", "Content-Type");
    case "not-json":
      return new ArrayRefusal(400, "0001", "request body");
  }
}
