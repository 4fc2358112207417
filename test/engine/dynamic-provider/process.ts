import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { join } from "node:path";
import { eachLine } from "../lines.ts";
import type { Project } from "../project.ts";

/** Starts the SDK's dynamic provider server as the real engine does: in the program's folder, in a process group of its own. */
export async function startProviderProcess(
  { folder, name }: Project,
  environment: NodeJS.ProcessEnv,
  engineAddress: string,
  onLine: (line: string) => void,
) {
  const fromProgram = createRequire(join(folder, "package.json"));
  const server = fromProgram.resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");
  const env = { ...environment, PULUMI_NODEJS_PROJECT: name };
  const child = spawn(process.execPath, [server, engineAddress], { cwd: folder, env, detached: true });
  const ended = once(child, "close");
  const kill = () => void child.kill("SIGKILL");
  process.once("exit", kill);
  void eachLine(child.stderr, onLine);
  const port = await new Promise<string>((resolve, reject) => {
    void eachLine(child.stdout, resolve);
    void ended.then(() => reject(new Error("the dynamic provider ended before it was ready")), reject);
  });
  return {
    address: `127.0.0.1:${port}`,
    kill,
    /** Asks it to end, and makes it when it has not after 5 s. */
    async stop(): Promise<void> {
      child.kill("SIGINT");
      const deadline = setTimeout(kill, 5000);
      await ended;
      clearTimeout(deadline);
      process.off("exit", kill);
    },
  };
}
