import { type Failure, type Member, type Sent, shows } from "../plan/member.ts";
import { type CommandLog, failing, sending, without } from "./command-log.ts";

/** The sessions as they are now: what they show to be carried out needs no further thought. */
export function afterLook(ledger: CommandLog, members: readonly Seen[], nowMs: number): CommandLog {
  let changed = ledger;
  for (const member of members) {
    const sent = changed.sent.get(member.id);
    if (sent !== undefined) changed = afterLookAt(changed, member, sent, nowMs);
  }
  return changed;
}

/** The members with what has come so far of what was sent for them, by this run or by one that was killed. */
export function withSent(ledger: CommandLog, members: readonly Member[]): Member[] {
  return members.map((member) => ({
    ...member,
    original:
      member.original !== undefined && ledger.orphans.has(member.id)
        ? { ...member.original, status: "Active" }
        : member.original,
    sent: ledger.sent.get(member.id),
    tries: ledger.tries.get(member.id) ?? 0,
  }));
}

type Seen = Pick<Member, "id" | "session" | "goal" | "original">;

function afterLookAt(ledger: CommandLog, member: Seen, sent: Sent, nowMs: number): CommandLog {
  const isShown = shows(sent.kind, member);
  if (sent.is === "under way") {
    const { kind, jobId } = sent;
    const shown = isShown ? { shownMs: sent.shownMs ?? nowMs } : {};
    return sending(ledger, member.id, { is: "under way", kind, jobId, ...shown });
  }
  if (isShown) return { ...ledger, sent: without(ledger.sent, member.id) };
  const failure = sent.is === "done" && sent.kind === "suspend" ? suspendGivenUp(member) : undefined;
  return failure === undefined ? ledger : failing(ledger, "suspend", member.id, failure, nowMs);
}

/** In Synchronous and Consistency mode a suspend goes on after its job's success, and may end without having suspended. */
function suspendGivenUp({ session }: Seen): Failure | undefined {
  const { isSuspending, suspendResult } = session ?? {};
  // The words for an end are not documented; a word that does not sound like a failure is none.
  if (isSuspending === true || !/err|fail|abort|cancel|time/i.test(suspendResult ?? "")) return undefined;
  return { message: `the array gave the suspend up (concurrent_suspend_result "${suspendResult}")` };
}
