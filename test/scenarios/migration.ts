import type { eternus } from "../../sdk/index.ts";
import type { AnyImportSessionArgs } from "../../sdk/powerstore/import-session.ts";
import type { Declaration } from "./declaration.ts";

type Options = NonNullable<Declaration["options"]>;

/** Imports a volume of 200 GiB. */
export function volume(args: AnyImportSessionArgs = {}, options: Options = {}): Declaration {
  const creation = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" } as const;
  return { kind: "ImportSession", name: "erp", args: { ...creation, ...args }, options };
}

/** Imports a volume of 100 GiB whose hosts have no agent. */
export function agentlessVolume(args: AnyImportSessionArgs = {}, options: Options = {}): Declaration {
  return volume({ sourceResourceId: "sv_44", type: "Agentless", hostIds: ["name:esx-01"], ...args }, options);
}

/** Takes over a session. */
export function adopted(sessionId: string, args: AnyImportSessionArgs = {}): Declaration {
  return { kind: "ImportSession", name: "erp", args: { sessionId, ...args } };
}

/** Suspends REC sessions, unless something else is said. */
export function replication(
  copySessionIds: readonly number[],
  args: Partial<Omit<eternus.RecSessionGroupArgs, "copySessionIds">> = {},
): Declaration {
  return {
    kind: "RecSessionGroup",
    name: "dr",
    args: { targetState: "Suspend", ...args, copySessionIds: [...copySessionIds] },
  };
}
