import { type ReadAhead, readAhead } from "../core/array/read-ahead.ts";
import type { Clock } from "../core/async/clock.ts";
import type { PowerStoreClient } from "./client.ts";
import { sessionsById, sessionsByName, sessionsByParent } from "./session-index.ts";
import type { WireSource } from "./wire.ts";

/** The reads of a preview: what the client reads, but read ahead for all the resources that are previewed one after the other. */
export interface CachingClient extends PowerStoreClient {
  /** Something was sent, so what was read of sessions may not be so any more. */
  forgetSessions(): void;
}

export function cachingClient(client: PowerStoreClient, clock: Clock): CachingClient {
  const sessions = readAhead((signal) => client.listSessions("", signal), clock);
  const remoteSystems = readAhead((signal) => client.listRemoteSystems(signal), clock);
  const sources = new Map<string, ReadAhead<WireSource>>();
  const sourcesOf = (kind: string) => {
    const known = sources.get(kind);
    if (known !== undefined) return known;
    const ahead = readAhead((signal) => client.listSources(kind, signal), clock);
    sources.set(kind, ahead);
    return ahead;
  };
  return {
    ...client,
    readSessions: (ids, signal) =>
      sessions.ask(
        "sessions",
        () => client.readSessions(ids, signal),
        (all) => sessionsById(all, ids),
        signal,
      ),
    readNamed: (names, signal) =>
      sessions.ask(
        "named",
        () => client.readNamed(names, signal),
        (all) => sessionsByName(all, names),
        signal,
      ),
    readMembers: (parentIds, signal) =>
      sessions.ask(
        "members",
        () => client.readMembers(parentIds, signal),
        (all) => sessionsByParent(all, parentIds),
        signal,
      ),
    findRemoteSystem: (idOrName, signal) =>
      remoteSystems.ask(
        "remote system",
        () => client.findRemoteSystem(idOrName, signal),
        (all) => all.find(({ id, name = "" }) => id === idOrName || isNamed(idOrName, name)),
        signal,
      ),
    findSource: (kind, id, signal) =>
      sourcesOf(kind).ask(
        "source",
        () => client.findSource(kind, id, signal),
        (all) => all.find((source) => source.id === id),
        signal,
      ),
    forgetSessions: sessions.forget,
  };
}

/** As the array compares names: without regard to case. */
function isNamed(idOrName: string, name: string): boolean {
  return idOrName.startsWith("name:") && idOrName.slice("name:".length).toLowerCase() === name.toLowerCase();
}
