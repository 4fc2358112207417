import type { LoggedRequest } from "../request-log.ts";
import { type ImportModel, setRate, setState } from "./import-model.ts";
import { failImport } from "./import-rollback.ts";
import type { SessionConditions } from "./import-session.ts";
import type { ImportState } from "./import-states.ts";
import type { Inventory } from "./inventory.ts";
import type { PowerStoreOperator } from "./operator.ts";
import type { Row } from "./resource.ts";
import { type ImportSessionInstance, toInstance } from "./session-instance.ts";
import { findSession } from "./session-routes.ts";

/** A request that was to change something. */
export interface LoggedAct extends LoggedRequest {
  /** The state in which it met its session; `undefined` if it met none. */
  readonly from: ImportState | undefined;
}

/** What a test needs to look at a simulated PowerStore and to make trouble. */
export interface PowerStoreHandles extends SessionHandles {
  readonly username: string;
  readonly password: string;
  /** The user has another password from now on. Logins that are alive stay so. */
  changePassword(password: string): void;
  /** How many logins are alive. */
  readonly logins: number;
  /** The requests that were to change something, in their order; login and logout left out. */
  acts(): readonly LoggedAct[];
  readonly operator: PowerStoreOperator;
  /** What the array knows besides import sessions. */
  readonly inventory: Inventory;
  /** What `GET /job` shows with all attributes, oldest first. */
  jobs(): readonly Row[];
  /** What `GET /audit_event` shows with all attributes, oldest first. */
  auditEvents(): readonly Row[];
  /** All clients are logged out. */
  endLogins(): void;
}

/** What a test looks at and does by hand in the sessions. */
export interface SessionHandles {
  /** A session as it is now, by id or `name:<name>`. @throws Refusal 404 */
  session(id: string): ImportSessionInstance;
  /** All sessions, in the order of their creation. */
  sessions(): readonly ImportSessionInstance[];
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
}

/** The handles of an array whose sessions `now` brings up to now. */
export function sessionHandles(now: () => ImportModel): SessionHandles {
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
  };
}
