import type { EngineLog } from "../../../provider/core/log.ts";
import type { LogEntry } from "../dynamic-provider/log-server.ts";

/** What a provider says, as the engine would hear it: a row only when it is new, a warning once. */
export function engineLog(onLog: (entry: LogEntry) => void): EngineLog {
  const rows = new Map<string, string>();
  const warned = new Set<string>();
  const say = (urn: string, message: string, isEphemeral: boolean) => {
    if (rows.get(urn) === message) return;
    rows.set(urn, message);
    onLog({ urn, severity: "info", message, isEphemeral });
  };
  return {
    progress: (urn, text) => say(urn, text, true),
    note: (urn, text) => say(urn, text, false),
    warn(urn, message) {
      const key = JSON.stringify([urn, message]);
      if (warned.has(key)) return;
      warned.add(key);
      onLog({ urn, severity: "warning", message, isEphemeral: false });
    },
    debug: (urn, message) => onLog({ urn, severity: "debug", message, isEphemeral: false }),
    end() {},
    flush: async () => {},
  };
}
