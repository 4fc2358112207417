import { expect, test } from "vitest";
import { reversedPair } from "../../../../provider/eternus/copy-session.ts";
import { legsFrom, read, target } from "../sample-group.ts";
import { samplePair, sampleSession } from "../sample-session.ts";

const turned = { targetState: "Active", direction: "RemoteToLocal", copySessionIds: [1, 2] } as const;
const about = target({ ...turned, copySessionIds: [...turned.copySessionIds] });
const suspended = { status: "Suspend" } as const;
const kindsOf = (...sessions: Parameters<typeof sampleSession>[0][]) => {
  const observed = read(
    about,
    sessions.map((changes, index) => sampleSession({ id: index + 1, ...changes })),
  );
  return legsFrom(about, observed).map(({ step }) =>
    step.kind === "act" ? step.actions.map(({ kind, ids }) => `${kind} ${ids.join()}`).join() : step.kind,
  );
};

test("a member that has turned waits for the others, and all are resumed after the last reverse", () => {
  expect(kindsOf({ ...suspended, pair: reversedPair(samplePair) }, suspended)).toEqual([
    "reverse 2",
    "resume 1,resume 2",
    "wait",
    "settled",
  ]);
});

test("nobody is turned while another member copies in the other direction", () => {
  expect(kindsOf({}, suspended)).toEqual(["stuck"]);
});

test("nobody waits for a member that copies in the declared direction already", () => {
  expect(kindsOf({ pair: reversedPair(samplePair) }, suspended)).toEqual(["reverse 2", "resume 2", "wait", "settled"]);
});
