import type { EngineLog } from "../../../provider/core/log.ts";
import { distinctLog } from "../../../provider/core/pulumi/engine-log.ts";
import type { LogEntry } from "../dynamic-provider/log-server.ts";

/** What a provider says, as the engine would hear it. */
export function engineLog(onLog: (entry: LogEntry) => void): EngineLog {
  return distinctLog(({ severity, urn, text, ephemeral }) =>
    onLog({ urn, severity, message: text, isEphemeral: ephemeral }),
  );
}
