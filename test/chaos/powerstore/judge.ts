import { z } from "zod";
import type { ArrayAnswer, ArrayRequest } from "../../arrays/exchange.ts";
import type { Judge } from "../trial.ts";
import { offers, type SentAct, sentAct } from "./sent-act.ts";

/** What the judges of all commands remember: acts that the array took. */
export interface TakenAct extends SentAct {
  readonly atMs: number;
  /** The command that sent it. */
  readonly command: object;
  /** Whether whoever sent it has been killed since, so that nobody remembers it. */
  readonly isForgotten: () => boolean;
}

export interface Rules {
  nowMs(): number;
  readonly lagMs: number;
  /** The sessions of this migration that exist, by their name. */
  ownSessions(): readonly { readonly id: string; readonly state: string }[];
  /** Why a cutover may not be sent now. */
  cutoverBar(sessionId: string): string | undefined;
  mayForce(): boolean;
  readonly taken: TakenAct[];
  isKilled(): boolean;
}

/** Each act is sent only to who was last shown a state that asks for it, and not again before that was read again. */
export function judgeImport(rules: Rules): Judge {
  const command = {};
  let count = 0;
  let listedAt = 0;
  let createdAt = 0;
  let made: string | undefined;
  const shown = new Map<string, { readonly state: string; readonly at: number }>();
  const handledAt = new Map<string, number>();

  const repeats = (act: SentAct) => {
    const earlier = rules.taken.findLast((one) => one.name === act.name && one.sessionId === act.sessionId);
    if (earlier === undefined || rules.nowMs() >= earlier.atMs + rules.lagMs) return [];
    // Other acts than a cutover are harmless twice: a later run that is refused reports it and continues with the next.
    if (earlier.isForgotten() || (earlier.command !== command && act.name !== "cutover")) return [];
    return [`${act.name} again ${rules.nowMs() - earlier.atMs} ms after it was taken, before it could show`];
  };
  const judgeCreate = () => {
    const [own] = rules.ownSessions();
    const wrong = own === undefined ? [] : [`a create while session ${own.id} is there, ${own.state}`];
    return listedAt > createdAt ? wrong : [...wrong, "a create without a read since the last one"];
  };
  const judgeAct = (act: SentAct) => {
    const seen = shown.get(act.sessionId);
    if (seen === undefined) return [`${act.name} of a session that was not read`];
    const wrong = repeats(act);
    if (seen.at < (handledAt.get(act.sessionId) ?? 0)) wrong.push(`${act.name} without a read since the last act`);
    const isOffered =
      act.name === "cancel" || act.name === "force cancel"
        ? !["Cancelled", "Import_Completed"].includes(seen.state)
        : act.name === "create" || offers[act.name].includes(seen.state);
    if (!isOffered) wrong.push(`${act.name} although the session was shown as ${seen.state}`);
    const bar = act.name === "cutover" ? rules.cutoverBar(act.sessionId) : undefined;
    if (bar !== undefined) wrong.push(`a cutover although ${bar}`);
    if (act.name === "force cancel" && !rules.mayForce()) wrong.push("force that nobody declared");
    return wrong;
  };

  return {
    arrives(request) {
      const act = sentAct(request);
      if (act === undefined) return [];
      return act.name === "create" ? judgeCreate() : judgeAct(act);
    },
    handled(request, answer, isIntact) {
      count += 1;
      const act = sentAct(request);
      if (act !== undefined) {
        handledAt.set(act.sessionId, count);
        if (act.name === "create") createdAt = count;
        if (answer.status >= 300) return;
        const { nowMs, taken, isKilled } = rules;
        taken.push({ ...act, atMs: nowMs(), command, isForgotten: isKilled });
        if (act.name === "create" && isIntact) made = idOf(answer);
        return;
      }
      if (!isIntact || answer.status >= 300) return;
      for (const { id, state } of sessionsIn(request, answer)) shown.set(id, { state, at: count });
      if (request.path === "/api/rest/import_session") listedAt = count;
    },
    mustBeRecorded: () => (made === undefined ? undefined : `session ${made} was made`),
  };
}

const rows = z.array(z.object({ id: z.string(), state: z.string() }));

function sessionsIn(request: ArrayRequest, { body }: ArrayAnswer) {
  if (!request.path.startsWith("/api/rest/import_session")) return [];
  const parsed = rows.safeParse(Array.isArray(body) ? body : [body]);
  return parsed.success ? parsed.data : [];
}

function idOf({ body }: ArrayAnswer): string | undefined {
  const parsed = z.object({ id: z.string() }).safeParse(body);
  return parsed.success ? parsed.data.id : undefined;
}
