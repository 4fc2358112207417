import { copyFile, mkdir, mkdtemp, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type SimulatedPowerStore, scaledClock, startEternus, startPowerStore } from "../arrays/index.ts";
import { commandEnvironment, runCommand } from "../engine/real/command.ts";
import { findExecutable } from "../engine/real/find-executable.ts";

/** The `pulumi` that is installed; undefined where none is, and then that is said. */
export const pulumi = await findExecutable();
if (pulumi === undefined) console.log("no pulumi is installed: what needs the real command line is skipped");

/** The arrays' time runs fast, so they are looked at often. */
export const quickly = `pulumi config set-all ${["powerstore", "eternus"]
  .flatMap((vendor) => [`${vendor}:pollMinimumSeconds=0.1`, `${vendor}:pollMaximumSeconds=0.5`])
  .map((pair) => `--plaintext ${pair}`)
  .join(" ")}`;

/** A checkout of an example as a pipeline has it, a backend in a folder, two simulated arrays, and a shell. */
export interface Workspace {
  readonly folder: string;
  readonly powerstore: SimulatedPowerStore;
  readonly environment: NodeJS.ProcessEnv;
  /** Runs a shell script in the checkout. */
  run(script: string, environment?: NodeJS.ProcessEnv): Promise<{ readonly ok: boolean; readonly output: string }>;
  close(): Promise<void>;
}

export async function openWorkspace(executable: string, example: string): Promise<Workspace> {
  const root = await mkdtemp(join(tmpdir(), "storage-migration-pipeline-"));
  const folder = join(root, "checkout");
  await mkdir(folder);
  for (const file of ["Pulumi.yaml", "package.json", "index.ts"]) {
    await copyFile(inCheckout(`examples/${example}/${file}`), join(folder, file));
  }
  await symlink(inCheckout("node_modules"), join(folder, "node_modules"));
  const clock = scaledClock({ factor: 60 });
  const sessions = [12, 13, 14].map((id) => ({ id, transferMode: "Consistency" }) as const);
  const powerstore = await startPowerStore({ clock, bytesPerSecond: 10 * 1024 ** 3 });
  const eternus = await startEternus({ clock, sessions });
  const environment = {
    ...commandEnvironment(executable),
    PULUMI_HOME: join(root, "home"),
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_BACKEND_URL: pathToFileURL(root).href,
    PULUMI_CONFIG_PASSPHRASE: "only simulated arrays",
    ...settings("POWERSTORE", powerstore),
    ...settings("ETERNUS", eternus),
  };
  return {
    folder,
    powerstore,
    environment,
    run: (script, more = {}) =>
      runCommand({
        executable: "bash",
        folder,
        environment: { ...environment, ...more },
        parameters: ["-euo", "pipefail", "-c", script],
      }),
    async close() {
      await Promise.all([powerstore.close(), eternus.close()]);
      await rm(root, { recursive: true, force: true });
    },
  };
}

function settings(
  prefix: string,
  array: { endpoint: string; username: string; password: string; caCertificate: string },
) {
  const { endpoint, username, password, caCertificate } = array;
  return {
    [`${prefix}_ENDPOINT`]: endpoint,
    [`${prefix}_USERNAME`]: username,
    [`${prefix}_PASSWORD`]: password,
    [`${prefix}_CA_CERTIFICATE`]: caCertificate,
  };
}

export function inCheckout(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}
