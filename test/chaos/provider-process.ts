import type { dynamic } from "@pulumi/pulumi";
import type { ArrayConnection } from "../../provider/core/array/connection.ts";
import { claimsInMemory } from "../../provider/core/claims.ts";
import { silentJournal } from "../../provider/core/journal/journal.ts";
import type { Deployment } from "../../provider/core/pulumi/deployment.ts";
import type { VirtualClock } from "../core/virtual-clock.ts";
import { mortalClock, unlessDead } from "../engine/direct/mortal.ts";

/** One provider process: it serves one command, and dies with it. */
export interface ProviderProcess {
  readonly hooks: dynamic.ResourceProvider;
  readonly isInterrupted: boolean;
  readonly isKilled: boolean;
  /** All that it said, to whomever. */
  readonly said: readonly string[];
  /** Warnings only. */
  readonly warned: readonly string[];
  interrupt(): void;
  /** Nothing of it continues; nobody hears from it again. */
  kill(): void;
  /** Waits for the work, but not longer than until the process is killed. @throws ConnectionDropped */
  unlessKilled<Result>(work: Promise<Result>): Promise<Result>;
  /** The end of every command: gives the logins back. */
  end(): Promise<void>;
}

export type Serve = (deployment: Deployment) => {
  readonly hooks: dynamic.ResourceProvider;
  readonly connection: ArrayConnection;
};

export function startProcess(clock: VirtualClock, serve: Serve): ProviderProcess {
  const interruption = new AbortController();
  const death = new AbortController();
  const said: string[] = [];
  const warned: string[] = [];
  const deployment: Deployment = {
    clock: mortalClock(clock, death.signal),
    log: {
      progress: (_, text) => void said.push(text),
      note: (_, text) => void said.push(text),
      warn(_, text) {
        said.push(text);
        warned.push(text);
      },
      debug: (_, text) => void said.push(text),
      end: () => undefined,
      flush: async () => {},
    },
    interruption: interruption.signal,
    claims: claimsInMemory(),
    journal: silentJournal,
    environment: {},
    config: () => undefined,
    configure() {},
    atEnd() {},
    end: async () => {},
  };
  const { hooks, connection } = serve(deployment);
  return {
    hooks,
    said,
    warned,
    get isInterrupted() {
      return interruption.signal.aborted;
    },
    get isKilled() {
      return death.signal.aborted;
    },
    interrupt: () => interruption.abort(),
    kill() {
      death.abort();
      void connection.http.close();
    },
    unlessKilled: (work) => unlessDead(work, death.signal),
    async end() {
      if (!death.signal.aborted) await connection.logout();
    },
  };
}
