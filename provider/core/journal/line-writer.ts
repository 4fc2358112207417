import { appendFile, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import type { Clock } from "../async/clock.ts";

/** Appends a text to a file, and resolves when it is on disk. Makes the file and its folders. */
export type AppendFile = (path: string, text: string) => Promise<void>;

/** Only the user may read what it makes. */
export const appendToDisk: AppendFile = async (path, text) => {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await appendFile(path, text, { mode: 0o600, flush: true });
};

export interface LineWriterOptions {
  readonly clock: Clock;
  readonly appendFile: AppendFile;
  readonly onFailed: (error: unknown) => void;
  /** The disk takes longer than a run waits. */
  readonly onLate: () => void;
}

/** How long a run waits for its disk. */
const maxWaitMs = 1000;

/**
 * Appends lines in the order of the calls. Each call waits until its line is on disk, for a second at most, and never rejects. A line that comes late is written all the
 * same. Lines that come while the disk is busy are written together.
 */
export function openLineWriter({ clock, appendFile, onFailed, onLate }: LineWriterOptions) {
  let tail = Promise.resolve();
  let waiting: { readonly path: () => Promise<string>; readonly line: string }[] = [];
  // Files that may end in half a line, which must not spoil the next.
  const torn = new Set<string>();
  const append = async (path: string, text: string) => {
    try {
      await appendFile(path, torn.has(path) ? `\n${text}` : text);
      torn.delete(path);
    } catch (error) {
      torn.add(path);
      onFailed(error);
    }
  };
  const writeWaiting = async () => {
    const lines = waiting;
    waiting = [];
    const placed = await Promise.all(lines.map(async ({ path, line }) => ({ path: await path(), line })));
    for (const [path, those] of Map.groupBy(placed, ({ path }) => path))
      await append(path, those.map(({ line }) => line).join(""));
  };
  return async (path: () => Promise<string>, line: string): Promise<void> => {
    waiting.push({ path, line });
    const written = tail.then(writeWaiting).catch(onFailed);
    tail = written;
    const done = new AbortController();
    const late = clock.sleep(maxWaitMs, done.signal).then(() => {
      if (!done.signal.aborted) onLate();
    });
    await Promise.race([written, late]);
    done.abort();
  };
}
