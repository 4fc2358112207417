import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type AppendFile, appendToDisk, openLineWriter } from "../../../provider/core/journal/line-writer.ts";
import { virtualClock } from "../virtual-clock.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function start(appendFile: AppendFile) {
  const clock = virtualClock();
  const reports: string[] = [];
  const write = openLineWriter({
    clock,
    appendFile,
    onFailed: (error) => reports.push(`failed: ${error}`),
    onLate: () => reports.push("late"),
  });
  return { clock, reports, write: (line: string) => write(async () => "file", line) };
}

/** A disk that takes each line when the test lets it. */
function slowDisk() {
  const lines: string[] = [];
  const waiting: (() => void)[] = [];
  const appendFile: AppendFile = (_, line) =>
    new Promise((resolve) => {
      waiting.push(() => {
        lines.push(line);
        resolve();
      });
    });
  return { lines, appendFile, takeOne: () => waiting.shift()?.() };
}

test("the disk makes the file and its folders for the user only, and appends", async () => {
  const path = join(temporaryFolder(), "a", "b", "run.jsonl");
  await appendToDisk(path, "1\n");
  await appendToDisk(path, "2\n");
  expect(readFileSync(path, "utf8")).toBe("1\n2\n");
  const modes = [path, join(path, ".."), join(path, "..", "..")].map((made) => statSync(made).mode & 0o777);
  if (process.platform !== "win32") expect(modes).toEqual([0o600, 0o700, 0o700]);
});

test("a write resolves when its line is on disk, and not before", async () => {
  const disk = slowDisk();
  const { clock, write, reports } = start(disk.appendFile);
  let isDone = false;
  const written = clock.whileBusy(
    write("1\n").then(() => {
      isDone = true;
    }),
  );
  await new Promise(setImmediate);
  expect(isDone).toBe(false);
  disk.takeOne();
  await written;
  expect([disk.lines, reports, clock.sleeping]).toEqual([["1\n"], [], 0]);
});

test("a disk that hangs is waited for one second, and the run continues", async () => {
  const { clock, write, reports } = start(() => new Promise(() => {}));
  const startMs = clock.nowMs();
  await write("1\n");
  expect([clock.nowMs() - startMs, reports, clock.sleeping]).toEqual([1000, ["late"], 0]);
  await write("2\n");
  expect(clock.nowMs() - startMs).toBe(2000);
});

test("a folder that is found late counts to the same second", async () => {
  const clock = virtualClock();
  let late = 0;
  const onLate = () => {
    late += 1;
  };
  const write = openLineWriter({ clock, appendFile: appendToDisk, onFailed: () => {}, onLate });
  await write(() => new Promise(() => {}), "1\n");
  expect(late).toBe(1);
});

test("a line that comes late is written all the same, and before those that follow it", async () => {
  const disk = slowDisk();
  const { clock, write } = start(disk.appendFile);
  await write("1\n");
  const second = clock.whileBusy(write("2\n"));
  disk.takeOne();
  await new Promise(setImmediate);
  disk.takeOne();
  await second;
  expect(disk.lines).toEqual(["1\n", "2\n"]);
});

test("lines written at once keep the order of the calls", async () => {
  const path = join(temporaryFolder(), "run.jsonl");
  const clock = virtualClock();
  const write = openLineWriter({ clock, appendFile: appendToDisk, onFailed: () => {}, onLate: () => {} });
  const lines = Array.from({ length: 50 }, (_, index) => `${index}\n`);
  await clock.whileBusy(Promise.all(lines.map((line) => write(async () => path, line))));
  expect(readFileSync(path, "utf8")).toBe(lines.join(""));
});

test("a write that fails is reported and does not reject, and the next line is whole again", async () => {
  const written: string[] = [];
  const answers = [new Error("ENOSPC"), undefined, undefined];
  const { clock, write, reports } = start(async (_, line) => {
    const error = answers.shift();
    written.push(error ? line.slice(0, 1) : line);
    if (error) throw error;
  });
  await clock.whileBusy(write("one\n"));
  await clock.whileBusy(write("two\n"));
  await clock.whileBusy(write("three\n"));
  expect(written.join("")).toBe("o\ntwo\nthree\n");
  expect([reports, clock.sleeping]).toEqual([["failed: Error: ENOSPC"], 0]);
});

test("a file in the place of the folder is a failure, not a rejection", async () => {
  const place = join(temporaryFolder(), "file");
  writeFileSync(place, "");
  const clock = virtualClock();
  const errors: unknown[] = [];
  const onFailed = (error: unknown) => errors.push(error);
  const write = openLineWriter({ clock, appendFile: appendToDisk, onFailed, onLate: () => {} });
  await clock.whileBusy(write(async () => join(place, "stack", "run.jsonl"), "1\n"));
  expect(errors).toHaveLength(1);
});
