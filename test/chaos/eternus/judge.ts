import { z } from "zod";
import type { ArrayAnswer, ArrayRequest } from "../../arrays/exchange.ts";
import type { EternusJob } from "../../arrays/index.ts";
import type { Judge } from "../trial.ts";
import { type SentAct, sentAct } from "./sent-act.ts";

export interface Rules {
  /** The array's jobs that have not ended. */
  openJobs(): readonly EternusJob[];
  mayForce(): boolean;
  /** Sessions that were suspended before anything began, and that nobody declared to be active since. */
  isOthersSuspend(id: number): boolean;
  /** Sessions that the program neither lists nor says to resume. */
  isLetGo(id: number): boolean;
  /** @param isAnswered whether the provider has got the answer */
  took(act: SentAct, jobId: number, isAnswered: boolean): void;
}

interface Shown {
  readonly status: string;
  readonly phase: string | undefined;
  readonly isSuspending: boolean;
  readonly at: number;
}

/** Each command is sent only to who was last shown a session that asks for it, and not while one like it is under way. */
export function judgeGroup(rules: Rules): Judge {
  let count = 0;
  let started: number | undefined;
  const shown = new Map<number, Shown>();
  const handledAt = new Map<number, number>();

  const judgeMember = (act: SentAct, id: number): string[] => {
    const seen = shown.get(id);
    if (seen === undefined) return [`${act.kind} of session ${id}, which was not read`];
    const wrong: string[] = [];
    if (seen.at < (handledAt.get(id) ?? 0)) wrong.push(`${act.kind} of ${id} without a read since the last command`);
    const underWay = rules.openJobs().find(({ command }) => command.kind === act.kind && command.ids.includes(id));
    if (underWay !== undefined) wrong.push(`${act.kind} of ${id} while job ${underWay.id} does it`);
    const is = `${seen.status}, ${seen.phase}${seen.isSuspending ? ", suspending" : ""}`;
    if (!isOffered(act, seen)) wrong.push(`${act.kind} of ${id} although it was shown as ${is}`);
    if (act.kind === "resume" && rules.isOthersSuspend(id)) wrong.push(`resume of ${id}, which others have suspended`);
    if (rules.isLetGo(id)) wrong.push(`${act.kind} of ${id}, which the group has let go`);
    return wrong;
  };

  return {
    arrives(request) {
      const act = sentAct(request);
      if (act === undefined) return [];
      const force = act.isForced && !rules.mayForce() ? ["force that nobody declared"] : [];
      return [...force, ...act.ids.flatMap((id) => judgeMember(act, id))];
    },
    handled(request, answer, isIntact) {
      count += 1;
      const act = sentAct(request);
      if (act !== undefined) {
        for (const id of act.ids) handledAt.set(id, count);
        const jobId = jobIn(answer);
        if (answer.status !== 202 || jobId === undefined) return;
        rules.took(act, jobId, isIntact);
        if (isIntact) started = jobId;
        return;
      }
      if (!isIntact || answer.status >= 300) return;
      for (const { id, ...one } of sessionsIn(request, answer)) shown.set(id, { ...one, at: count });
    },
    mustBeRecorded: () => (started === undefined ? undefined : `job ${started} was started`),
  };
}

function isOffered(act: SentAct, { status, phase, isSuspending }: Shown): boolean {
  if (isSuspending) return false;
  switch (act.kind) {
    case "suspend":
      return act.isForced ? status === "Active" || status === "Halt" : status === "Active" && phase === "Equivalent";
    case "resume":
    case "reverse":
    case "modify":
      return status === "Suspend";
  }
}

const wireSession = z
  .object({
    copysession_id: z.number(),
    status: z.string(),
    phase: z.string().optional(),
    concurrent_suspend_result: z.string().optional(),
  })
  .transform((wire) => ({
    id: wire.copysession_id,
    status: wire.status,
    phase: wire.phase,
    isSuspending: wire.concurrent_suspend_result === "Running",
  }));
const wireList = z.object({ copysession_list: z.array(wireSession) });

function sessionsIn({ path }: ArrayRequest, { body }: ArrayAnswer) {
  if (!path.startsWith("/api/v1/copysession")) return [];
  const list = wireList.safeParse(body);
  if (list.success) return list.data.copysession_list;
  const one = wireSession.safeParse(body);
  return one.success ? [one.data] : [];
}

function jobIn({ body }: ArrayAnswer): number | undefined {
  const parsed = z.object({ job_id: z.number() }).safeParse(body);
  return parsed.success ? parsed.data.job_id : undefined;
}
