import { globSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { backendFolder } from "../../../provider/core/journal/backend.ts";
import { type JournalOptions, openJournal } from "../../../provider/core/journal/journal-files.ts";
import { virtualClock } from "../virtual-clock.ts";
import { answered, sending, takeover, type, urn } from "./entries.ts";
import { temporaryFolder } from "./temporary-folder.ts";

/** A run with a journal in real files. Time stands still while they are written. */
function startRun(root: string, options: Partial<JournalOptions> = {}) {
  const clock = virtualClock();
  const warnings: string[] = [];
  const journal = openJournal({
    clock,
    environment: { PULUMI_BACKEND_URL: "file://~" },
    setting: () => root,
    warn: (text) => warnings.push(text),
    ...options,
  });
  return {
    clock,
    journal,
    warnings,
    write: (...facts: Parameters<typeof journal.write>[0][]) =>
      clock.whileBusy(Promise.all(facts.map((fact) => journal.write(fact)))),
    read: (of = urn) => clock.whileBusy(journal.read(of)),
  };
}

const filesIn = (root: string) => globSync("**/*.jsonl", { cwd: root });
const hangs = () => new Promise<void>(() => {});

describe("where it is", () => {
  test("a run has one file of JSON lines, for its user only, in the folder of its backend, project and stack", async () => {
    const root = temporaryFolder();
    const { write } = startRun(root);
    await write(takeover, sending, answered);
    const [file = "", ...others] = filesIn(root);
    expect(others).toEqual([]);
    expect(dirname(file)).toBe(join(backendFolder("file://~"), "erp", "weekend"));
    const name = new RegExp(`^2030-01-01T00-00-00\\.000Z-${process.pid}-[0-9a-f]{8}\\.jsonl$`);
    expect(file.slice(dirname(file).length + 1)).toMatch(name);
    const lines = readFileSync(join(root, file), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ...takeover, sequence: 1 },
      { ...sending, sequence: 2 },
      { ...answered, sequence: 3 },
    ]);
    if (process.platform !== "win32") expect(statSync(join(root, file)).mode & 0o777).toBe(0o600);
  });

  test("nothing is made before the first write", async () => {
    const root = join(temporaryFolder(), "journal");
    const { read } = startRun(root);
    expect(await read()).toEqual([]);
    expect(statSync(root, { throwIfNoEntry: false })).toBeUndefined();
  });

  test("another stack, project or backend has another folder", async () => {
    const root = temporaryFolder();
    const { write, read } = startRun(root);
    await write(
      sending,
      { ...sending, urn: `urn:pulumi:other::erp::${type}::erp-db` },
      { ...sending, urn: `urn:pulumi:weekend::other::${type}::erp-db` },
    );
    await startRun(root, { environment: { PULUMI_BACKEND_URL: "s3://bucket" } }).write(sending);
    expect(new Set(filesIn(root).map((file) => dirname(file))).size).toBe(4);
    expect(await read()).toHaveLength(1);
  });

  test("a stack whose name leads out of the folder stays in it", async () => {
    const root = join(temporaryFolder(), "journal");
    await startRun(root).write({ ...sending, urn: `urn:pulumi:../../../x::..::${type}::erp-db` });
    expect(filesIn(root)).toHaveLength(1);
  });

  test("without a setting, it is in Pulumi's home, and the setting is read at first use", async () => {
    const home = temporaryFolder();
    let asked = 0;
    const setting = () => {
      asked += 1;
      return undefined;
    };
    const { write } = startRun("", { environment: { PULUMI_HOME: home }, setting });
    expect(asked).toBe(0);
    await write(sending, answered);
    expect(filesIn(join(home, "storage-migration", "journal"))).toHaveLength(1);
    expect(asked).toBe(1);
  });

  test("`off` keeps nothing and warns of nothing", async () => {
    const home = temporaryFolder();
    const environment = { PULUMI_HOME: home, CI: "true" };
    const { write, read, warnings } = startRun("off", { environment });
    await write(sending);
    expect([await read(), readdirSync(home), warnings]).toEqual([[], [], []]);
  });
});

describe("what it keeps", () => {
  test("an entry has the time, its place, the run and who", async () => {
    const root = temporaryFolder();
    const environment = { JENKINS_URL: "https://ci", BUILD_URL: "https://ci/job/7/", BUILD_USER_ID: "anna" };
    const { clock, write, read } = startRun(root, { environment });
    await write(sending);
    await clock.advance(1500);
    await write(answered);
    const [run = ""] = filesIn(root).map((file) => file.slice(dirname(file).length + 1).replace(".jsonl", ""));
    const who = expect.stringMatching(/^anna@.+, Jenkins https:\/\/ci\/job\/7\/$/);
    expect(await read()).toEqual([
      { ...sending, at: "2030-01-01T00:00:00.000Z", sequence: 1, run, who },
      { ...answered, at: "2030-01-01T00:00:01.500Z", sequence: 2, run, who },
    ]);
  });

  test("a later run reads what an earlier one wrote, the outcome of an act and who drives an object among it", async () => {
    const root = temporaryFolder();
    const first = startRun(root);
    await first.write(takeover, sending, answered);
    expect(await startRun(root).read()).toEqual(await first.read());
  });

  test("a run that was killed while it wrote leaves all whole lines to the next", async () => {
    const root = temporaryFolder();
    const killed = startRun(root);
    await killed.write(takeover, sending, answered);
    const [file = ""] = filesIn(root);
    const content = readFileSync(join(root, file), "utf8");
    writeFileSync(join(root, file), content.slice(0, -20));
    const next = startRun(root);
    await next.clock.advance(60_000);
    await next.write({ ...sending, id: "2" });
    expect((await startRun(root).read()).map((entry) => entry.kind)).toEqual(["takeover", "sending", "sending"]);
  });

  test("the disk is read once, and what this run writes later is seen all the same", async () => {
    const root = temporaryFolder();
    await startRun(root).write(takeover);
    const run = startRun(root);
    expect(await run.read()).toHaveLength(1);
    await run.write(sending);
    await startRun(root).write(takeover);
    expect((await run.read()).map(({ kind }) => kind).toSorted()).toEqual(["sending", "takeover"]);
  });

  test("a property that is no part of a fact is not kept", async () => {
    const root = temporaryFolder();
    const spread = { ...sending, password: "secret-1", description: "secret-2" };
    await startRun(root).write(spread);
    const [file = ""] = filesIn(root);
    expect(readFileSync(join(root, file), "utf8")).not.toContain("secret");
  });
});

describe("a disk that fails", () => {
  test("a file in the place of the folder is one warning, and the run reads what it wrote", async () => {
    const root = join(temporaryFolder(), "file");
    writeFileSync(root, "");
    const { write, read, warnings } = startRun(root);
    await write(sending, answered);
    await write(takeover);
    expect(warnings).toEqual([expect.stringMatching(/^Could not write the journal \(E/)]);
    expect(await read()).toHaveLength(3);
  });

  test("a full disk is one warning, whatever the number of writes", async () => {
    const appendFile = async () => {
      throw new Error("ENOSPC: no space left on device, write");
    };
    const { write, warnings } = startRun(temporaryFolder(), { appendFile });
    await write(sending, answered, takeover);
    expect(warnings).toEqual([expect.stringContaining("ENOSPC: no space left on device")]);
  });

  test("a disk that hangs delays each write by a second at most, with one warning", async () => {
    const { clock, journal, warnings } = startRun(temporaryFolder(), { appendFile: hangs });
    const startMs = clock.nowMs();
    await journal.write(sending);
    await journal.write(answered);
    expect(clock.nowMs() - startMs).toBe(2000);
    expect(warnings).toEqual([expect.stringContaining("took longer than a second")]);
    expect(clock.sleeping).toBe(0);
  });

  test("a disk that hangs delays the first read by ten seconds, with one warning, and the run has its own entries", async () => {
    const root = temporaryFolder();
    const { clock, journal, warnings, write } = startRun(root, { readFolder: () => new Promise(() => {}) });
    await write(sending);
    const startMs = clock.nowMs();
    expect(await journal.read(urn)).toMatchObject([{ kind: "sending" }]);
    expect(await journal.read(urn)).toHaveLength(1);
    expect(clock.nowMs() - startMs).toBe(10_000);
    expect(warnings).toEqual([expect.stringContaining(`Could not read ${root}`)]);
    expect(clock.sleeping).toBe(0);
  });

  test("a setting that cannot be read is a warning, not an error of the run", async () => {
    const setting = () => {
      throw new Error("the configuration is not there");
    };
    const { write, read, warnings } = startRun("", { setting });
    await write(sending);
    expect(await read()).toEqual([]);
    expect(warnings).toHaveLength(2);
  });

  test("a file that cannot be read is one warning, and the others are read", async () => {
    const root = temporaryFolder();
    await startRun(root).write(sending);
    const [file = ""] = filesIn(root);
    for (const name of ["a.jsonl", "b.jsonl"]) mkdirSync(join(root, dirname(file), name));
    const { read, warnings } = startRun(root);
    expect(await read()).toHaveLength(1);
    expect(await read()).toHaveLength(1);
    expect(warnings).toEqual([expect.stringMatching(/^Could not read .*\.jsonl/)]);
  });
});

describe("on a CI runner", () => {
  const onRunner = () => ({ PULUMI_HOME: temporaryFolder(), CI: "true" });
  const setting = () => undefined;

  test("a journal that nobody chose a folder for is announced once, at the first write, as lost with the runner", async () => {
    const { write, read, warnings } = startRun("", { environment: onRunner(), setting });
    await read();
    expect(warnings).toEqual([]);
    await write(sending, answered);
    expect(warnings).toEqual([expect.stringMatching(/on this CI runner only.*a folder that the pipeline keeps/)]);
  });

  test("a chosen folder is announced by nobody", async () => {
    const chosen = startRun(temporaryFolder(), { environment: onRunner() });
    await chosen.write(sending);
    const environment = { ...onRunner(), STORAGE_MIGRATION_JOURNAL: temporaryFolder() };
    const byVariable = startRun("", { environment, setting });
    await byVariable.write(sending);
    expect([chosen.warnings, byVariable.warnings]).toEqual([[], []]);
  });

  test("a laptop is no runner", async () => {
    const { write, warnings } = startRun("", { environment: { PULUMI_HOME: temporaryFolder() }, setting });
    await write(sending);
    expect(warnings).toEqual([]);
  });
});
