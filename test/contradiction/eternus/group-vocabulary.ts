import type { GroupAction } from "../../../provider/eternus/rec-session-group/plan/actions.ts";
import type { ObservedGroup } from "../../../provider/eternus/rec-session-group/plan/observed.ts";
import type { EternusAct } from "../../arrays/eternus/eternus-array.ts";
import type { EternusSimulation } from "../../arrays/eternus/simulation.ts";
import type { Act } from "../act.ts";
import type { Vocabulary } from "../trial.ts";

/** The words of an ETERNUS. */
export const groupVocabulary: Vocabulary<ObservedGroup, GroupAction> = {
  actsOf: (actions) => actions.map(actOf),
  shows: ({ members }) => members.map(memberText).join(", "),
  sights: ({ members }) =>
    new Map(
      members.flatMap(({ id, session }) => {
        if (session === undefined) return [];
        const { status, pair } = session;
        return [[`${id}`, `${status}${pair.isLocalSource === true ? "" : " turned"}`]];
      }),
    ),
  plain: (reason) => reason,
  warningOf({ kind, subjects }) {
    const [id = ""] = subjects;
    switch (kind) {
      case "suspend by force":
        // Of those that lack data. The others are suspended in the same call.
        return new RegExp(`force: .*\\b(${subjects.join("|")})\\b`);
      case "resume":
        return new RegExp(`resume: discards writes .*(\\b[12]${id.padStart(3, "0")}\\b|copy sessions? .*\\b${id}\\b)`);
      case "reverse":
        return new RegExp(`reverse: .*\\b${id}\\b`);
      default:
        return undefined;
    }
  },
};

/** What the array has logged, of requests that were to change something. */
export function sentTo(array: EternusSimulation): readonly Act[] {
  return array.acts().map(loggedAct);
}

/** How much is copied when, and where a session that is left alone gets by itself, is nothing that a preview promises. */
function memberText({ id, session }: ObservedGroup["members"][number]): string {
  if (session === undefined) return `${id} gone`;
  const { status, transferMode, splitMode, recoveryMode, pair } = session;
  const shown = ["Idle", "Reserved", "Active", "Halt"].includes(status) ? "not suspended" : status;
  return [id, shown, transferMode, splitMode, recoveryMode, pair.isLocalSource === true ? "" : "turned"].join(" ");
}

function actOf(action: GroupAction): Act {
  const subjects = action.ids.map(String).toSorted();
  return { kind: action.kind === "suspend" && action.force ? "suspend by force" : action.kind, subjects };
}

function loggedAct({ method, path, body }: EternusAct): Act {
  const [, id = "", verb] = path.split("/").slice(3);
  if (method === "PATCH") return { kind: "modify", subjects: [id] };
  if (id !== "suspend") return { kind: verb ?? "", subjects: [id] };
  const { ids, isForced } = suspended(body);
  return { kind: isForced ? "suspend by force" : "suspend", subjects: ids.map(String).toSorted() };
}

function suspended(body: unknown): { readonly ids: readonly unknown[]; readonly isForced: boolean } {
  if (typeof body !== "object" || body === null || !("copysession_id_list" in body))
    throw new Error(`a suspend of nothing: ${JSON.stringify(body)}`);
  const ids = body.copysession_id_list;
  return { ids: Array.isArray(ids) ? ids : [], isForced: "force" in body && body.force === true };
}
