import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const halted = { id: 1, status: "Halt", phase: "Copying", recoveryMode: "Automatic" } as const;

test("a member that stays halted is warned of, and fails the run where that is asked for; the group stays recorded", async () => {
  const limits = { stallWarningMinutes: "20", stallFailureMinutes: "60" };
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 0 }, halted] }, limits);
  const { error, warnings } = await stack.up({ copySessionIds: [0, 1] });
  expect(warnings).toEqual([
    "copy session 1 is halted: the run waits until its path or buffer is back",
    expect.stringMatching(
      /^suspend copy sessions 0, 1: no progress for 2\dm \(since \S+\); the array reports 1 Active, Equivalent; 1 Halt, Copying/,
    ),
  ]);
  expect(error).toMatch(
    /no progress for 1h0\dm .*\(0\/2 suspended: copy session 1: halted until its copy path or buffer is back\)\. Recorded: copy session 0 in Active; copy session 1 in Halt\. Check the array's alerts/,
  );
  expect(array.acts()).toEqual([]);
});

test("the row shows how many are where, how far the slowest copy is, and how long it will take", async () => {
  const copying = { phase: "Copying", progress: 40 } as const;
  const stack = await oneGroup({ sessions: [{ id: 0 }, { id: 1, ...copying }, { id: 2, ...copying }] });
  const { rows } = await stack.up({ copySessionIds: [0, 1, 2] });
  expect(rows[1]).toBe("0/3 suspended: copy sessions 1, 2: still copying (at least 0% copied)");
  expect(
    rows.filter((row) => /still copying \(at least \d+% copied\), ready in (\d+m|less than a minute)$/.test(row)),
  ).not.toEqual([]);
});
