import { createInterface } from "node:readline";
import type { Readable } from "node:stream";

/** Calls back with each line of a stream; resolves at its end. */
export function eachLine(stream: Readable, onLine: (line: string) => void): Promise<void> {
  const lines = createInterface({ input: stream, crlfDelay: Number.POSITIVE_INFINITY });
  lines.on("line", onLine);
  return new Promise((resolve) => lines.once("close", resolve));
}
