import type { ObservedImport } from "../../../provider/powerstore/import-session/observed.ts";
import type { ImportAction } from "../../../provider/powerstore/import-session/plan/actions.ts";
import type { LoggedAct, PowerStoreSimulation } from "../../arrays/powerstore/simulation.ts";
import type { Act } from "../act.ts";
import type { Vocabulary } from "../trial.ts";

/** What these tests call the sessions: by their ids, but for those that only the run makes. */
export type NameOf = (sessionId: string) => string;

/** The words of a PowerStore. */
export function importVocabulary(nameOf: NameOf, sourceId: string): Vocabulary<ObservedImport, ImportAction> {
  return {
    actsOf: (actions) => actions.map((action) => actOf(action, nameOf)),
    shows({ session }) {
      if (session === undefined) return "no session";
      // Of what is new nobody knows whether it is a group.
      return nameOf(session.id) === session.id ? session.state : "a new session";
    },
    // Members do not keep pace with each other.
    sights: ({ session }) => new Map(session === undefined ? [] : [[nameOf(session.id), session.state]]),
    plain: (reason) =>
      reason
        .replace(/"[\w-]{36}"|the session's id/g, "its id")
        .replace(/[0-9a-f-]{36}/g, (id) => nameOf(id))
        .replace("all members at ", ""),
    warningOf({ kind }) {
      if (kind === "cutover") return new RegExp(`cut over.*irreversible.*${sourceId}`);
      return kind === "cancel by force" ? /force cancel: / : undefined;
    },
  };
}

/** What the array has logged, of requests that were to change something. */
export function sentTo(array: PowerStoreSimulation, nameOf: NameOf): readonly Act[] {
  return array.acts().map((logged) => loggedAct(logged, nameOf));
}

function actOf(action: ImportAction, nameOf: NameOf): Act {
  switch (action.kind) {
    case "create":
      return { kind: "create", subjects: [] };
    case "cancel":
      return { kind: action.force ? "cancel by force" : "cancel", subjects: [nameOf(action.sessionId)] };
    default:
      return { kind: action.kind, subjects: [nameOf(action.sessionId)] };
  }
}

function loggedAct({ method, path, body }: LoggedAct, nameOf: NameOf): Act {
  const [id = "", kind = ""] = path.replace("/api/rest/import_session", "").split("/").slice(1);
  const subjects = [nameOf(id)];
  if (method === "PATCH") return { kind: "reschedule", subjects };
  if (method === "DELETE") return { kind: "remove", subjects };
  if (id === "") return { kind: "create", subjects: [] };
  return { kind: kind === "cancel" && isForced(body) ? "cancel by force" : kind, subjects };
}

function isForced(body: unknown): boolean {
  return typeof body === "object" && body !== null && "force" in body && body.force === true;
}
