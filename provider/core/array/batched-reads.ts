import { abandoned, abortable } from "../async/abortable.ts";
import { MigrationError } from "../errors.ts";

/** Reads what is asked for; what the array does not have is left out. */
export type Read<Key, Item> = (keys: readonly Key[], signal: AbortSignal) => Promise<ReadonlyMap<Key, Item>>;

export interface BatchedReadOptions {
  /** For errors: the array. */
  readonly on: string;
  /** For errors: `read import sessions`. */
  readonly attempted: string;
  /** Readings under way at once. Who asks while all are taken is served by the next one, together with all others who ask by then. */
  readonly atOnce: number;
  /** The most keys that one reading is given, unless a single asker wants more. */
  readonly keysPerRead: number;
}

/**
 * Lets all who ask at the same moment share a reading.
 *
 * An asker who gives up leaves the others theirs, and the last one takes the request along. A reading that fails fails for those who share it only; one that the
 * array refuses is repeated in halves, since it may be refused for the sake of one.
 */
export function batchedReads<Key, Item>(read: Read<Key, Item>, options: BatchedReadOptions): Read<Key, Item> {
  let waiting: Caller<Key, Item>[] = [];
  let underWay = 0;
  let isCalled = false;

  const serve = async (askers: readonly Caller<Key, Item>[]) => {
    underWay += 1;
    await readFor(askers, read);
    underWay -= 1;
    serveWaiting();
  };
  const serveWaiting = () => {
    isCalled = false;
    if (underWay >= options.atOnce) return;
    const askers = waiting.filter(({ signal }) => !signal.aborted);
    waiting = [];
    for (const group of grouped(askers, options.keysPerRead)) void serve(group);
  };
  return (keys, signal) => {
    const answered = new Promise<ReadonlyMap<Key, Item>>((resolve, reject) => {
      waiting.push({ keys, signal, resolve, reject });
    });
    // All who were woken at this moment have asked before the next turn of the event loop.
    if (!isCalled) setImmediate(serveWaiting);
    isCalled = true;
    return abortable(answered, signal).catch((error) => {
      throw signal.aborted ? abandoned(options.attempted, options.on) : error;
    });
  };
}

interface Caller<Key, Item> {
  readonly keys: readonly Key[];
  readonly signal: AbortSignal;
  resolve(items: ReadonlyMap<Key, Item>): void;
  reject(error: unknown): void;
}

/** Never rejects: the askers hear of it. */
async function readFor<Key, Item>(askers: readonly Caller<Key, Item>[], read: Read<Key, Item>): Promise<void> {
  const keys = [...new Set(askers.flatMap((asker) => asker.keys))];
  const unwanted = whenAllAbort(askers.map(({ signal }) => signal));
  try {
    const items = await read(keys, unwanted.signal);
    for (const asker of askers) asker.resolve(items);
  } catch (error) {
    if (askers.length > 1 && mayConcernOneOnly(error)) {
      const half = Math.ceil(askers.length / 2);
      await Promise.all([askers.slice(0, half), askers.slice(half)].map((some) => readFor(some, read)));
    } else {
      for (const asker of askers) asker.reject(error);
    }
  } finally {
    unwanted.forget();
  }
}

function mayConcernOneOnly(error: unknown): boolean {
  return error instanceof MigrationError && (error.kind === "refused" || error.kind === "notFound");
}

function grouped<Key, Item>(askers: readonly Caller<Key, Item>[], keysPerRead: number): Caller<Key, Item>[][] {
  const groups: Caller<Key, Item>[][] = [];
  let room = 0;
  for (const asker of askers) {
    const group = groups.at(-1);
    if (group === undefined || asker.keys.length > room) {
      groups.push([asker]);
      room = keysPerRead - asker.keys.length;
    } else {
      group.push(asker);
      room -= asker.keys.length;
    }
  }
  return groups;
}

/** Aborts when the last of the signals does. */
function whenAllAbort(signals: readonly AbortSignal[]): { readonly signal: AbortSignal; forget(): void } {
  const controller = new AbortController();
  let left = signals.length;
  const leave = () => {
    left -= 1;
    if (left === 0) controller.abort();
  };
  for (const signal of signals) signal.addEventListener("abort", leave, { once: true });
  return {
    signal: controller.signal,
    forget() {
      for (const signal of signals) signal.removeEventListener("abort", leave);
    },
  };
}
