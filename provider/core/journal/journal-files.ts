import { randomBytes } from "node:crypto";
import { join } from "node:path";
import type { Clock } from "../async/clock.ts";
import { backendFolder, backendUrl } from "./backend.ts";
import { type Journal, type JournalEntry, type JournalFact, silentJournal } from "./journal.ts";
import { journalEntry, lineOf } from "./journal-entry.ts";
import { type AppendFile, appendToDisk, openLineWriter } from "./line-writer.ts";
import { merged } from "./merge.ts";
import { isOnRunner } from "./pipeline.ts";
import { type Environment, type JournalPlace, journalPlace } from "./place.ts";
import { readFolder } from "./read-folder.ts";
import { stackFolder } from "./stack-folder.ts";
import { journalWarnings } from "./warnings.ts";
import { thisRunner, whoRuns } from "./who.ts";

export interface JournalOptions {
  readonly clock: Clock;
  readonly environment: Environment;
  /** The stack's configuration `storage-migration:journal`. Called once, at the first use. */
  readonly setting: () => string | undefined;
  /** Shows a warning. Each is shown once. */
  readonly warn: (text: string) => void;
  /** @default the disk */
  readonly appendFile?: AppendFile | undefined;
  /** @default the disk */
  readonly readFolder?: typeof readFolder | undefined;
}

/** How long a run waits for what earlier runs have written, in milliseconds. */
const maxReadMs = 10_000;

/** A journal in files of JSON lines, `<root>/<backend>/<project>/<stack>/<run>.jsonl`: one for each run, made at its first write. `journalPlace` names the root. */
export function openJournal(options: JournalOptions): Journal {
  const warnings = journalWarnings(options.warn);
  let journal: Journal | undefined;
  const opened = () => {
    if (journal !== undefined) return journal;
    const place = journalPlace(options.setting(), options.environment);
    journal = place.kind === "off" ? silentJournal : openIn(place, options, warnings);
    return journal;
  };
  return {
    async write(fact) {
      try {
        await opened().write(fact);
      } catch (error) {
        warnings.notWritten(error);
      }
    },
    async read(urn) {
      try {
        return await opened().read(urn);
      } catch {
        warnings.unread("the journal's folder");
        return [];
      }
    },
  };
}

type Folder = Extract<JournalPlace, { kind: "folder" }>;

function openIn(
  { root, isDefault }: Folder,
  { clock, environment, appendFile = appendToDisk, readFolder: read = readFolder }: JournalOptions,
  warnings: ReturnType<typeof journalWarnings>,
): Journal {
  const writeLine = openLineWriter({
    clock,
    appendFile,
    onFailed: warnings.notWritten,
    onLate: () => warnings.late(root),
  });
  const stamped = openRun(clock, whoRuns(thisRunner(environment)));
  let backend: Promise<string> | undefined;
  const folderOf = async (stack: string) => {
    backend ??= backendUrl(environment);
    return join(root, backendFolder(await backend), stack);
  };
  /** A disk that hangs must not stop a migration. */
  const soon = async (entries: Promise<JournalEntry[]>): Promise<JournalEntry[]> => {
    const done = new AbortController();
    const late = clock.sleep(maxReadMs, done.signal).then(() => {
      if (!done.signal.aborted) warnings.unread(root);
      return [];
    });
    return Promise.race([entries, late]).finally(() => done.abort());
  };
  const own = new Map<string, JournalEntry[]>();
  const onDisk = new Map<string, Promise<JournalEntry[]>>();
  /** All entries of a stack in their order, until this run writes another one: every hook of every resource reads them. */
  const all = new Map<string, readonly JournalEntry[]>();

  return {
    async write(fact) {
      if (isDefault && isOnRunner(environment)) warnings.onRunnerOnly(root);
      const [entry, stack] = [stamped(fact), stackFolder(fact.urn)];
      own.set(stack, [...(own.get(stack) ?? []), entry]);
      all.delete(stack);
      await writeLine(async () => join(await folderOf(stack), `${entry.run}.jsonl`), lineOf(entry));
    },
    async read(urn) {
      const stack = stackFolder(urn);
      const known = onDisk.get(stack) ?? soon(folderOf(stack).then((folder) => read(folder, warnings.unread)));
      onDisk.set(stack, known);
      const before = await known;
      const entries = all.get(stack) ?? merged([...before, ...(own.get(stack) ?? [])]);
      all.set(stack, entries);
      return entries;
    },
  };
}

/** Makes entries of the facts of this run. The run is named after its first one, and its file after the run. */
function openRun(clock: Clock, who: string) {
  let run: string | undefined;
  let sequence = 0;
  return (fact: JournalFact): JournalEntry => {
    const at = new Date(clock.nowMs()).toISOString();
    run ??= `${at.replaceAll(":", "-")}-${process.pid}-${randomBytes(4).toString("hex")}`;
    sequence += 1;
    return journalEntry.parse({ ...fact, at, sequence, run, who });
  };
}
