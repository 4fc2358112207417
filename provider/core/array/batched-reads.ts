import { abandoned, abortable } from "../async/abortable.ts";
import { MigrationError } from "../errors.ts";

/** Reads the items with these keys. The result leaves out items that the array does not have. */
export type Read<Key, Item> = (keys: readonly Key[], signal: AbortSignal) => Promise<ReadonlyMap<Key, Item>>;

interface BatchedReadOptions {
  /** For errors: the array. */
  readonly on: string;
  /** For errors: `read import sessions`. */
  readonly attempted: string;
  /** The most reads that are under way at a time. The next read serves all callers that had to wait for it. */
  readonly atOnce: number;
  /** The most keys in one read, unless a single caller wants more. */
  readonly keysPerRead: number;
}

/**
 * Serves all callers of the same moment with one read.
 *
 * A caller that aborts does not abort the read for the others; the last one does. A read that fails, fails only for the callers that share it. If the array rejects a
 * read, each half of the callers gets a read of its own, because the array may have rejected it on account of one key.
 */
export function batchedReads<Key, Item>(read: Read<Key, Item>, options: BatchedReadOptions): Read<Key, Item> {
  let waiting: Caller<Key, Item>[] = [];
  let active = 0;
  let isScheduled = false;

  const serve = async (callers: readonly Caller<Key, Item>[]) => {
    active += 1;
    await readFor(callers, read);
    active -= 1;
    serveWaiting();
  };
  const serveWaiting = () => {
    isScheduled = false;
    if (active >= options.atOnce) return;
    const callers = waiting.filter(({ signal }) => !signal.aborted);
    waiting = [];
    for (const group of grouped(callers, options.keysPerRead)) void serve(group);
  };
  return (keys, signal) => {
    const answered = new Promise<ReadonlyMap<Key, Item>>((resolve, reject) => {
      waiting.push({ keys, signal, resolve, reject });
    });
    // Every caller that was woken at this moment has called before the next iteration of the event loop.
    if (!isScheduled) setImmediate(serveWaiting);
    isScheduled = true;
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

/** Never rejects. Reports a failure to the callers. */
async function readFor<Key, Item>(callers: readonly Caller<Key, Item>[], read: Read<Key, Item>): Promise<void> {
  const keys = [...new Set(callers.flatMap((caller) => caller.keys))];
  const allAborted = new AbortController();
  const finished = new AbortController();
  let left = callers.length;
  const countDown = () => {
    left -= 1;
    if (left === 0) allAborted.abort();
  };
  for (const { signal } of callers)
    signal.addEventListener("abort", countDown, { once: true, signal: finished.signal });
  try {
    const items = await read(keys, allAborted.signal);
    for (const caller of callers) caller.resolve(items);
  } catch (error) {
    if (callers.length > 1 && mayConcernOneKey(error)) {
      const half = Math.ceil(callers.length / 2);
      await Promise.all([callers.slice(0, half), callers.slice(half)].map((part) => readFor(part, read)));
    } else {
      for (const caller of callers) caller.reject(error);
    }
  } finally {
    finished.abort();
  }
}

function mayConcernOneKey(error: unknown): boolean {
  return error instanceof MigrationError && (error.kind === "refused" || error.kind === "notFound");
}

function grouped<Key, Item>(callers: readonly Caller<Key, Item>[], keysPerRead: number): Caller<Key, Item>[][] {
  const groups: Caller<Key, Item>[][] = [];
  let room = 0;
  for (const caller of callers) {
    const group = groups.at(-1);
    const fits = group !== undefined && caller.keys.length <= room;
    if (fits) group.push(caller);
    else groups.push([caller]);
    room = (fits ? room : keysPerRead) - caller.keys.length;
  }
  return groups;
}
