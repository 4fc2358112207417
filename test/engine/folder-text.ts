import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** The text of every file in a folder and below, for searches: an engine may keep more than one copy of its state. */
export async function folderText(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const texts = await Promise.all(
    files.map(async (file) => `${file}\n${await readFile(file, "utf8").catch(() => "")}`),
  );
  return texts.join("\n");
}
