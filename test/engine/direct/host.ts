import type { Clock } from "../../../provider/core/async/clock.ts";
import type { Journal } from "../../../provider/core/journal/journal.ts";
import type { EngineLog } from "../../../provider/core/log.ts";
import { throttledLog } from "../../../provider/core/pulumi/progress-throttle.ts";
import { createProvider } from "../../../provider/provider.ts";
import type { Provider } from "../dynamic-provider/hooks.ts";
import type { Host, HostOptions } from "../embedded/host.ts";
import { plainConfig } from "../plain-config.ts";
import type { Properties } from "../wire-value.ts";
import { type Hooks, provideThrough } from "./hooks.ts";
import { journalIn } from "./journal.ts";
import { engineLog } from "./log.ts";
import { mortalClock, unlessDead } from "./mortal.ts";
import { openNetwork } from "./network.ts";
import { runHere } from "./program.ts";

interface Journaled {
  /** The record of every act. @default none is kept */
  readonly journal?: Journal;
}

/** A provider of this package and programs in this process; rows are throttled as in a process of its own. */
export async function hostHere(options: HostOptions): Promise<Host> {
  const provider = await providerHere(options, throttledLog);
  return { ...provider, startProgram: (run) => runHere(options, run) };
}

/**
 * A provider of this package in this process.
 *
 * @param heard what of the provider's words reaches the engine
 */
export async function providerHere(
  options: Pick<HostOptions, "time" | "environment" | "config" | "onLog" | "onLine"> & Journaled,
  heard: (log: EngineLog, clock: Clock) => EngineLog,
): Promise<Omit<Host, "startProgram">> {
  const { time, environment, onLog, onLine } = options;
  const interruption = new AbortController();
  const death = new AbortController();
  const clock = mortalClock(time.clock, death.signal);
  const log = heard(engineLog(unlessDeadThen(onLog)), clock);
  const config = plainConfig(options.config);
  const journal = options.journal ?? journalIn(time, clock);
  const made = createProvider({ clock, log, environment, signal: interruption.signal, journal });
  const find = (properties: Properties): Hooks => {
    const [, name = ""] = /\.(\w+)$/.exec(`${properties.__provider}`) ?? [];
    if (name !== "importSession" && name !== "recSessionGroup")
      throw new Error(`no provider is known by ${properties.__provider}`);
    return made[name];
  };
  // The server does so when it finds them.
  const get = (key: string) => config[key];
  for (const hooks of [made.importSession, made.recSessionGroup])
    await hooks.configure?.({ config: { get, require: (key) => get(key) ?? "" } });
  const { within, breakDown } = openNetwork();
  const provider = provideThrough(find, unlessDeadThen(onLine));
  const alive = <Result>(work: () => Promise<Result>) => unlessDead(within(work), death.signal);
  const reached: Provider = {
    check: (...asked) => alive(() => provider.check(...asked)),
    diff: (...asked) => alive(() => provider.diff(...asked)),
    create: (...asked) => alive(() => provider.create(...asked)),
    update: (...asked) => alive(() => provider.update(...asked)),
    read: (...asked) => alive(() => provider.read(...asked)),
    delete: (...asked) => alive(() => provider.delete(...asked)),
    cancel: async () => interruption.abort(),
  };
  let stopped: Promise<void> | undefined;
  const end = async () => {
    interruption.abort();
    if (!death.signal.aborted) await within(made.end);
    death.abort();
  };
  return {
    provider: reached,
    stop() {
      stopped ??= end();
      return stopped;
    },
    kill() {
      death.abort();
      breakDown();
    },
  };

  function unlessDeadThen<Said>(say: (said: Said) => void): (said: Said) => void {
    return (said) => {
      if (!death.signal.aborted) say(said);
    };
  }
}
