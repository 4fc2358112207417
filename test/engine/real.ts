import { copyFile, mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { AnyOptions, ConfigValue, Engine, RunResult, Stack, StackOptions } from "./engine.ts";
import { folderText } from "./folder-text.ts";
import { type Project, readProject } from "./project.ts";
import { readCheckpoint } from "./real/checkpoint.ts";
import { type Command, commandEnvironment, mustRun, runCommand } from "./real/command.ts";
import { readEventLog } from "./real/event-log.ts";
import { findExecutable } from "./real/find-executable.ts";
import { realTime } from "./time.ts";

/** The real engine, when one is installed on this machine. */
export async function findRealEngine(): Promise<Engine | undefined> {
  const executable = await findExecutable();
  if (executable === undefined) return undefined;
  const environment = { ...commandEnvironment(executable), PULUMI_SKIP_UPDATE_CHECK: "true" };
  const version = await runCommand({ executable, folder: process.cwd(), environment, parameters: ["version"] });
  if (!version.ok) return undefined;
  return {
    name: `pulumi ${version.output.trim().replace(/^v/, "")}`,
    openTime: realTime,
    stack: (options) => openStack(executable, options),
  };
}

/** What all commands of a stack have in common. */
interface Workplace extends Omit<Command, "parameters" | "run"> {
  readonly project: Project;
  readonly stackName: string;
  readonly stateFolder: string;
  /** A folder with a copy of `Pulumi.yaml`: there the stack's config file is kept, so that the program's stays clean. */
  readonly configFolder: string;
}

async function openStack(executable: string, options: StackOptions): Promise<Stack> {
  const workplace = await prepare(executable, options);
  await setAllConfig(workplace, options.config);
  const run = (parameters: readonly string[]) => (runOptions?: AnyOptions) =>
    runOperation(workplace, parameters, runOptions ?? {});
  return {
    preview: run(["preview"]),
    up: run(["up", "--yes", "--skip-preview"]),
    refresh: run(["refresh", "--yes", "--skip-preview"]),
    destroy: run(["destroy", "--yes", "--skip-preview"]),
    state: async () => ({
      resources: await readCheckpoint(checkpointFile(workplace)),
      text: await folderText(workplace.stateFolder),
    }),
    setConfig: (key, value) => setAllConfig(workplace, { [key]: value }),
  };
}

async function prepare(executable: string, options: StackOptions): Promise<Workplace> {
  const project = await readProject(options.program);
  const stateFolder = resolve(options.stateFolder);
  const configFolder = join(stateFolder, "config");
  await mkdir(configFolder, { recursive: true });
  await copyFile(join(project.root, "Pulumi.yaml"), join(configFolder, "Pulumi.yaml"));
  const workplace: Workplace = {
    executable,
    folder: project.root,
    environment: stackEnvironment(executable, options, stateFolder),
    project,
    stackName: options.stackName ?? "dev",
    stateFolder,
    configFolder,
    ...(options.onOutput === undefined ? {} : { onLine: options.onOutput }),
  };
  // A lost run leaves its lock behind, which `cancel` takes away.
  const isKnown = await stat(checkpointFile(workplace)).catch(() => undefined);
  await configure(workplace, isKnown === undefined ? ["stack", "init"] : ["cancel", "--yes"]);
  await clearConfig(workplace);
  return workplace;
}

function stackEnvironment(executable: string, options: StackOptions, stateFolder: string): NodeJS.ProcessEnv {
  return {
    ...commandEnvironment(executable),
    PULUMI_CONFIG_PASSPHRASE: "only simulated arrays",
    ...options.environment,
    PULUMI_BACKEND_URL: pathToFileURL(stateFolder).href,
    PULUMI_HOME: join(stateFolder, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    // A terminal is one on a CI machine, too.
    PULUMI_DISABLE_CI_DETECTION: "true",
    // `--event-log` is offered only together with the commands for debugging.
    PULUMI_DEBUG_COMMANDS: "true",
  };
}

/** Leaves in the stack's config file only what the secrets in its state need. */
async function clearConfig({ configFolder, stackName }: Workplace): Promise<void> {
  const file = join(configFolder, `Pulumi.${stackName}.yaml`);
  const [salt = ""] = /^encryptionsalt:.*$/m.exec(await readFile(file, "utf8")) ?? [];
  await writeFile(file, `${salt}\n`);
}

/** One call for all plain values; secrets one by one through standard input, never on a command line. */
async function setAllConfig(workplace: Workplace, config: Readonly<Record<string, ConfigValue>>): Promise<void> {
  const plain = Object.entries(config).flatMap(([key, value]) =>
    typeof value === "string" ? [`${key}=${value}`] : [],
  );
  if (plain.length > 0)
    await configure(workplace, ["config", "set-all", ...plain.flatMap((pair) => ["--plaintext", pair])]);
  for (const [key, value] of Object.entries(config)) {
    if (typeof value !== "string") await configure(workplace, ["config", "set", "--secret", key], value.secret);
  }
}

async function configure(workplace: Workplace, parameters: readonly string[], input = ""): Promise<void> {
  const { executable, environment, configFolder: folder, stackName } = workplace;
  const named = [...parameters, "--stack", stackName, "--non-interactive"];
  await mustRun({ executable, environment, folder, parameters: named, input });
}

async function runOperation(workplace: Workplace, operation: readonly string[], run: AnyOptions): Promise<RunResult> {
  const { stackName, stateFolder, configFolder } = workplace;
  const eventLog = join(stateFolder, "events.jsonl");
  await rm(eventLog, { force: true });
  const configFile = join(configFolder, `Pulumi.${stackName}.yaml`);
  const common = ["--stack", stackName, "--config-file", configFile, "--event-log", eventLog];
  const display =
    run.terminal === undefined
      ? ["--non-interactive", "--color", "never", "--suppress-progress"]
      : ["--color", "always"];
  const parallel = run.parallel === undefined ? [] : ["--parallel", String(run.parallel)];
  const debug = run.debug === true ? ["--debug"] : [];
  const clear = run.clearPendingCreates === true ? ["--clear-pending-creates"] : [];
  const replace = (run.replace ?? []).flatMap((urn) => ["--replace", urn]);
  const target = (run.target ?? []).flatMap((urn) => ["--target", urn]);
  const parameters = [...operation, ...common, ...display, ...parallel, ...debug, ...clear, ...replace, ...target];
  const { ok, output } = await runCommand({ ...workplace, parameters, run });
  const { outputs, ...events } = await readEventLog(eventLog);
  return { ok, output, outputs: ok ? outputs : {}, ...events };
}

function checkpointFile({ stateFolder, project, stackName }: Workplace): string {
  return join(stateFolder, ".pulumi", "stacks", project.name, `${stackName}.json`);
}
