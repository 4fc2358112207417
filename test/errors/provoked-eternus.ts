import type { CopySession } from "../../provider/eternus/copy-session.ts";
import { eternusLookups } from "../../provider/eternus/lookups.ts";
import type { Goal } from "../../provider/eternus/rec-session-group/plan/goal.ts";
import { planGroup } from "../../provider/eternus/rec-session-group/plan/group.ts";
import { type Member, memberOf } from "../../provider/eternus/rec-session-group/plan/member.ts";
import { startEternus } from "../arrays/index.ts";
import { samplePair, sampleSession } from "../eternus/rec-session-group/sample-session.ts";
import { ending, eternusTitle, type Provocation } from "./provoked.ts";

const otherPair = { ...samplePair, sourceVolume: 1001 };

const failed = {
  is: "failed",
  kind: "suspend",
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

const obstacles = "eternus/rec-session-group/obstacles.ts";

/** What the ETERNUS part can end with. */
export const eternusProvocations: readonly Provocation[] = [
  { site: "eternus/lookups.ts getCopySession", provoke: lookup },
  { site: `${obstacles} strayed`, provoke: group(member(undefined)) },
  { site: `${obstacles} strayed 2`, provoke: group(member(sampleSession({ pair: otherPair }))) },
  { site: `${obstacles} notRec`, provoke: group(member(sampleSession({ type: "EC" }))) },
  {
    site: `${obstacles} suspendFirst`,
    provoke: group(member(sampleSession({}), { target: "Equivalent", direction: "Reversed" })),
  },
  {
    site: `${obstacles} untold`,
    provoke: group(member(sampleSession({ transferMode: undefined }), { modes: { transferMode: "Stack" } })),
  },
  {
    site: `${obstacles} noSplitMode`,
    provoke: group(member(sampleSession({ transferMode: "Stack" }), { modes: { splitMode: "Automatic" } })),
  },
  { site: `${obstacles} stuckBy`, provoke: group(member(sampleSession({ transferMode: "Through" }))) },
  { site: `${obstacles} stuckBy 2`, provoke: group(member(sampleSession({ status: "Halt", recoveryMode: "Manual" }))) },
  { site: `${obstacles} stuckBy 3`, provoke: group(member(sampleSession({ status: "Error", errorCode: "b1" }))) },
  {
    site: "eternus/rec-session-group/plan.ts failedStep",
    provoke: group(
      member(sampleSession({ status: "Suspend" })),
      member(sampleSession({ id: 2 }), {}, { sent: failed }),
    ),
  },
];
