import { actText } from "../act.ts";
import type { Verdict } from "../trial.ts";
import { type GroupCase, sessionIds } from "./group-case.ts";

/** What is wrong about sessions that leave their group: something is sent for one that is not to be resumed, or the preview does not name one that was the group's. */
export function leaversWronged({ how, sessions, declares }: GroupCase, verdict: Verdict): readonly string[] {
  if (declares !== "the first" || how === "destroy" || verdict.isRefused) return [];
  const left = sessionIds.slice(1, sessions.length);
  const recorded = how === "new" ? [] : how === "one is added" ? left.slice(0, -1) : left;
  const sent = verdict.sent.filter(({ subjects }) => left.some((id) => subjects.includes(`${id}`)));
  const unnamed = recorded.filter((id) => {
    const naming = new RegExp(`^copy sessions? .*\\b${id}\\b.* leaves? the group `);
    return !verdict.warnings.some((text) => naming.test(text));
  });
  return [
    ...sent.map((act) => `sent for a session that has left: ${actText(act)}`),
    ...unnamed.map((id) => `no warning that session ${id} leaves`),
  ];
}
