import { readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { mapBounded } from "../async/map-bounded.ts";
import type { JournalEntry } from "./journal.ts";
import { entriesIn } from "./journal-entry.ts";
import { merged } from "./merge.ts";

const maxFileBytes = 64 * 2 ** 20;

/** The entries of all runs in a stack's folder, merged. A folder that does not exist has none; what cannot be read, or is too large, is left out and reported. */
export async function readFolder(folder: string, onUnread: (path: string) => void): Promise<JournalEntry[]> {
  const names = await namesIn(folder, onUnread);
  const perFile = await mapBounded(names, 4, async (name) => {
    const path = join(folder, name);
    try {
      const found = await stat(path);
      if (found.isFile() && found.size <= maxFileBytes) return entriesIn(await readFile(path, "utf8"));
    } catch {}
    onUnread(path);
    return [];
  });
  return merged(perFile.flat());
}

async function namesIn(folder: string, onUnread: (path: string) => void): Promise<string[]> {
  try {
    const found = await readdir(folder);
    return found.filter((name) => name.endsWith(".jsonl"));
  } catch (error) {
    const isMissing = error instanceof Error && "code" in error && error.code === "ENOENT";
    if (!isMissing) onUnread(folder);
    return [];
  }
}
