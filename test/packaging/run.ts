import { execFile } from "node:child_process";
import { delimiter, dirname } from "node:path";
import { promisify } from "node:util";

/** Runs a command in a folder, with this process's Node first on the PATH; what it printed. @throws with all it printed when it fails */
export async function run(folder: string, command: string, ...words: readonly string[]): Promise<string> {
  const path = [dirname(process.execPath), process.env.PATH ?? ""].join(delimiter);
  // An npm that runs the tests tells what it is doing to every npm below it; its settings, such as the registry, are the user's.
  const inherited = Object.entries(process.env).filter(([name]) => !ofThisRun.test(name));
  const env = { ...Object.fromEntries(inherited), PATH: path };
  try {
    const { stdout } = await promisify(execFile)(command, words, { cwd: folder, env, maxBuffer: 64 * 1024 ** 2 });
    return stdout;
  } catch (error) {
    const [out, err] = ["stdout", "stderr"].map((name) => (error instanceof Error ? Reflect.get(error, name) : ""));
    throw new Error(`${[command, ...words].join(" ")} failed in ${folder}\n${out}\n${err}`, { cause: error });
  }
}

const ofThisRun = /^(npm_(?!config_)|npm_config_(local_prefix|package)$|NODE_ENV$|NODE_OPTIONS$|VITEST)/i;
