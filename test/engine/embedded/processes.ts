import { connectProvider } from "../dynamic-provider/hooks.ts";
import { serveLog } from "../dynamic-provider/log-server.ts";
import { startProviderProcess } from "../dynamic-provider/process.ts";
import { plainConfig } from "../plain-config.ts";
import { startProgram } from "../program/process.ts";
import type { Host, HostOptions } from "./host.ts";

/** A provider and programs in processes of their own, as the real engine has them. */
export async function processHost({ onLog, onLine, ...options }: HostOptions): Promise<Host> {
  const log = await serveLog(onLog);
  const server = await startProviderProcess(options.project, options.environment, log.address, onLine);
  const provider = await connectProvider(server.address, plainConfig(options.config));
  return {
    provider,
    startProgram: (run) => startProgram({ ...options, ...run, onLine, logAddress: log.address }),
    async stop() {
      await server.stop();
      log[Symbol.dispose]();
    },
    kill: server.kill,
  };
}
