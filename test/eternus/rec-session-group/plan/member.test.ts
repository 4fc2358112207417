import { expect, test } from "vitest";
import { openCommandLog } from "../../../../provider/eternus/rec-session-group/commands/command-log.ts";
import { memberOf, withSent } from "../../../../provider/eternus/rec-session-group/plan/member.ts";
import { sampleSession } from "../sample-session.ts";

test("a session that a killed run has suspended, as its job shows, counts as found active", () => {
  const [one, two] = [1, 2].map((id) =>
    memberOf(id, { target: "Suspend", modes: {} }, sampleSession({ id, status: "Suspend" }), undefined),
  );
  const members = withSent(
    { ...openCommandLog([]), orphans: new Set([1]) },
    [one, two].flatMap((member) => member ?? []),
  );
  expect(members.map(({ original }) => original?.status)).toEqual(["Active", "Suspend"]);
});
