import { mkdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import type { Engine, Stack, StackOptions } from "../engine.ts";
import { folderText } from "../folder-text.ts";
import { readProject } from "../project.ts";
import { toStateResources } from "../state-resources.ts";
import { openCheckpoint } from "./checkpoint.ts";
import { checkpointFile } from "./checkpoint-places.ts";
import type { OpenHost } from "./host.ts";
import { type Operation, run } from "./run.ts";

/** Opens stacks whose runs have their provider and their program on that host. */
export function stackOpener(openHost: OpenHost, openTime: Engine["openTime"]): Engine["stack"] {
  return ({ time = openTime(1), ...options }) => time.whileBusy(openStack(openHost, { ...options, time }));
}

async function openStack(
  openHost: OpenHost,
  { stackName = "dev", onOutput = () => undefined, time, programHere, ...options }: StackOptions & Timed,
): Promise<Stack> {
  const project = await readProject(options.program);
  const stateFolder = resolve(options.stateFolder);
  await mkdir(stateFolder, { recursive: true });
  const environment = { PULUMI_CONFIG_PASSPHRASE: "only simulated arrays", ...process.env, ...options.environment };
  const file = join(stateFolder, `${project.name}-${stackName}.json`);
  const place = checkpointFile(file, environment.PULUMI_CONFIG_PASSPHRASE);
  const open = () => openCheckpoint(place);
  const config = { ...options.config };
  const stack = { project, stackName, environment, config, onOutput, time, programHere, openHost };
  // Like the real engine: what runs no program has the configuration of the last `up`.
  let lastUp: typeof config | undefined;
  const configFor = (operation: Operation) => {
    if (operation === "up") lastUp = { ...config };
    return operation === "refresh" || operation === "destroy" ? (lastUp ?? config) : config;
  };
  const runner = (operation: Operation): Stack["refresh"] => {
    return (runOptions) =>
      run({ ...stack, config: configFor(operation), checkpoint: open() }, operation, runOptions ?? {});
  };
  return {
    preview: runner("preview"),
    up: runner("up"),
    refresh: runner("refresh"),
    destroy: runner("destroy"),
    async state() {
      const checkpoint = open();
      const resources = toStateResources(checkpoint.resources(), checkpoint.pending());
      return { resources, text: await time.whileBusy(folderText(stateFolder)) };
    },
    async setConfig(key, value) {
      config[key] = value;
    },
  };
}

type Timed = Required<Pick<StackOptions, "time">>;
