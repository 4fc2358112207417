import type { CopySession } from "../../provider/eternus/copy-session.ts";
import { eternusLookups } from "../../provider/eternus/lookups.ts";
import { recordedGroupInputs } from "../../provider/eternus/rec-session-group/inputs.ts";
import { confirmArray } from "../../provider/eternus/rec-session-group/observe/same-array.ts";
import type { Goal } from "../../provider/eternus/rec-session-group/plan/goal.ts";
import { planGroup } from "../../provider/eternus/rec-session-group/plan/group.ts";
import { type Member, memberOf } from "../../provider/eternus/rec-session-group/plan/member.ts";
import { diffGroup } from "../../provider/eternus/rec-session-group/preview/diff.ts";
import { startEternus } from "../arrays/index.ts";
import { nowMs, read, recordedAfter, target, update } from "../eternus/rec-session-group/sample-group.ts";
import { samplePair, sampleSession } from "../eternus/rec-session-group/sample-session.ts";
import { ending, eternusTitle, type Provocation } from "./provoked.ts";

const otherPair = { ...samplePair, sourceVolume: 1001 };

const failed = {
  kind: "failed",
  command: "suspend",
  againMs: 0,
  failure: { code: "5300", message: "copy path error" },
} as const;
const suspend: Goal = { target: "Suspend", modes: {} };

function member(seen: CopySession | undefined, goal: Partial<Goal> = {}, changes: Partial<Member> = {}): Member {
  return {
    ...memberOf(seen?.id ?? 1, { ...suspend, ...goal }, seen, { status: "Active", pair: samplePair }),
    ...changes,
  };
}

/** What a run ends with that finds its members so. */
const group =
  (...members: readonly Member[]) =>
  () => {
    const verb = members.some(({ goal }) => goal.target === "Suspend") ? "suspend" : "resume";
    const ids = members.map(({ id }) => id).join(", ");
    const seen = members.map(({ id, session: one }) => `copy session ${id} in ${one?.status ?? "Gone"}`).join("; ");
    return ending(
      planGroup(members, 1),
      `${verb} copy session${members.length > 1 ? "s" : ""} ${ids}`,
      eternusTitle,
      seen,
    );
  };

async function lookup(): Promise<unknown> {
  const array = await startEternus();
  const { endpoint, username, password, caCertificate } = array;
  const config: Readonly<Record<string, unknown>> = { endpoint, username, password, caCertificate };
  const lookups = eternusLookups({ config: (name) => config[name.split(":")[1] ?? ""], environment: {} }, undefined);
  try {
    return await lookups.getCopySession(99);
  } finally {
    await array.close();
  }
}

/** The refusal of a preview that is asked to reverse a group which continues copying. */
function reversed(): unknown {
  const before = recordedGroupInputs.parse({ copySessionIds: [1], targetState: "Active" });
  const inputs = { ...before, direction: "RemoteToLocal" } as const;
  const state = recordedAfter(target(before), read(target(before), [sampleSession()]));
  const after = update(inputs, state, { before });
  const question = { target: after, before, isGone: false, changed: ["direction"], nowMs };
  const observed = read(after, [sampleSession()]);
  const step = { kind: "settled", reason: "" } as const;
  const means = { attempted: "resume copy session 1", on: eternusTitle };
  return diffGroup({ ...question, observed, step }, means).refusal;
}

/** A read of an array that has none of the sessions on record. */
function elsewhere(): void {
  const known = [{ id: 1, pair: samplePair }];
  confirmArray(known, new Map(), { attempted: "read copy session 1", on: eternusTitle });
}

const stuck = "eternus/rec-session-group/plan/stuck.ts";

/** What the ETERNUS part can end with. */
export const eternusProvocations: readonly Provocation[] = [
  { site: "eternus/lookups.ts getCopySession", provoke: lookup },
  { site: `${stuck} wrongPair`, provoke: group(member(undefined)) },
  { site: `${stuck} wrongPair 2`, provoke: group(member(sampleSession({ pair: otherPair }))) },
  { site: `${stuck} notRec`, provoke: group(member(sampleSession({ type: "EC" }))) },
  {
    site: `${stuck} suspendFirst`,
    provoke: group(member(sampleSession({}), { target: "Equivalent", direction: "RemoteToLocal" })),
  },
  {
    site: `${stuck} notReported`,
    provoke: group(member(sampleSession({ transferMode: undefined }), { modes: { transferMode: "Stack" } })),
  },
  {
    site: `${stuck} noSplitMode`,
    provoke: group(member(sampleSession({ transferMode: "Stack" }), { modes: { splitMode: "Automatic" } })),
  },
  { site: `${stuck} stuckIn`, provoke: group(member(sampleSession({ transferMode: "Through" }))) },
  { site: `${stuck} stuckIn 2`, provoke: group(member(sampleSession({ status: "Halt", recoveryMode: "Manual" }))) },
  { site: `${stuck} stuckIn 3`, provoke: group(member(sampleSession({ status: "Error", errorCode: "b1" }))) },
  { site: "eternus/rec-session-group/preview/diff.ts unreachableGoal", provoke: reversed },
  { site: "eternus/rec-session-group/observe/same-array.ts confirmArray", provoke: elsewhere },
  {
    site: "eternus/rec-session-group/plan/one-direction.ts turnedInPart",
    provoke: group(
      member(sampleSession({ status: "Suspend" }), { target: "Equivalent" }, { lastCopied: "RemoteToLocal" }),
      member(sampleSession({ id: 2, status: "Suspend" }), { target: "Equivalent" }, { lastCopied: "LocalToRemote" }),
    ),
  },
  {
    site: "eternus/rec-session-group/plan/group.ts failedStep",
    provoke: group(
      member(sampleSession({ status: "Suspend" })),
      member(sampleSession({ id: 2 }), {}, { sent: failed }),
    ),
  },
];
