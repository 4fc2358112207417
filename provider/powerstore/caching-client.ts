import { type ReadAhead, readAhead } from "../core/array/read-ahead.ts";
import type { Clock } from "../core/async/clock.ts";
import { type PowerStoreClient, sessionsById, sessionsByName, sessionsByParent, sessionsBySource } from "./client.ts";
import type { WireSession, WireSource } from "./wire.ts";

/** The reads of a preview: what the client reads, but read ahead for all the resources that are previewed one after the other. */
export function cachingClient(client: PowerStoreClient, clock: Clock) {
  const sessions = readAhead((signal) => client.listSessions("", signal), clock);
  const remoteSystems = readAhead((signal) => client.listRemoteSystems(signal), clock);
  const sources = new Map<string, ReadAhead<WireSource>>();
  const sourcesOf = (kind: string) => {
    const ahead = sources.get(kind) ?? readAhead((signal) => client.listSources(kind, signal), clock);
    sources.set(kind, ahead);
    return ahead;
  };
  const ofSessions =
    <Answer>(
      question: string,
      read: (keys: readonly string[], signal: AbortSignal) => Promise<Answer>,
      pick: (all: readonly WireSession[], keys: readonly string[]) => Answer,
    ) =>
    (keys: readonly string[], signal: AbortSignal) =>
      sessions.ask(
        question,
        () => read(keys, signal),
        (all) => pick(all, keys),
        signal,
      );
  return {
    ...client,
    readSessions: ofSessions("sessions", client.readSessions, sessionsById),
    readNamed: ofSessions("named", client.readNamed, sessionsByName),
    readMembers: ofSessions("members", client.readMembers, sessionsByParent),
    readOfSources: ofSessions("sources", client.readOfSources, sessionsBySource),
    findRemoteSystem: (idOrName: string, signal: AbortSignal) =>
      remoteSystems.ask(
        "remote system",
        () => client.findRemoteSystem(idOrName, signal),
        (all) => all.find(({ id, name = "" }) => id === idOrName || isNamed(idOrName, name)),
        signal,
      ),
    findSource: (kind: string, id: string, signal: AbortSignal) =>
      sourcesOf(kind).ask(
        "source",
        () => client.findSource(kind, id, signal),
        (all) => all.find((source) => source.id === id),
        signal,
      ),
    /** Something was sent, so what was read of sessions may not be so any more. */
    forgetSessions: sessions.forget,
  };
}

/** As the array compares names: without regard to case. */
function isNamed(idOrName: string, name: string): boolean {
  return idOrName.startsWith("name:") && idOrName.slice("name:".length).toLowerCase() === name.toLowerCase();
}
