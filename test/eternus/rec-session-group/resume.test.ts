import { expect, test } from "vitest";
import { oneGroup } from "../one-group.ts";

const two = [{ id: 1 }, { id: 2 }];
const suspended = { copySessionIds: [1, 2] };
const active = { copySessionIds: [1, 2], targetState: "Active" };

test("a resume warns in preview of what is discarded, by volume and time of the suspend", async () => {
  const stack = await oneGroup({ sessions: two });
  await stack.up(suspended);
  const { rows, warnings } = await stack.preview(active);
  expect(rows).toEqual(["resume copy sessions 1, 2"]);
  expect(warnings).toEqual([
    "resume: discards writes on 2 destinations since 2030-01-01T00:00:11Z (volumes 2001, 2002)",
  ]);
});

test("a resume is complete when the pairs are equivalent again", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(suspended);
  await stack.clock.advance(3_600_000);
  array.change(2, { writeMbPerSecond: 0, rateMbPerSecond: 0.1 });
  const startMs = stack.clock.nowMs();
  expect((await stack.up({ ...active, timeouts: { update: "24h" } })).error).toBeUndefined();
  expect(stack.clock.nowMs() - startMs).toBeGreaterThan(600_000);
  expect(stack.state()?.sessions).toMatchObject([
    { status: "Active", phase: "Equivalent", destinationUsable: false },
    { status: "Active", phase: "Equivalent" },
  ]);
  expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: false });
  expect((await stack.up({ ...active, timeouts: { update: "24h" } })).did).toBe("nothing");
});

test("with waitForEquivalent false a resume is complete when copying restarted", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(suspended);
  array.change(2, { rateMbPerSecond: 0.0001 });
  const inputs = { ...active, waitForEquivalent: false };
  expect((await stack.up(inputs)).error).toBeUndefined();
  expect(stack.state()?.sessions[1]).toMatchObject({ status: "Active", phase: "Copying" });
  expect((await stack.up(inputs)).did).toBe("nothing");
  array.change(2, { rateMbPerSecond: 1000 });
  expect(await stack.up(active)).toMatchObject({ did: "update", error: undefined });
  expect(stack.state()?.sessions[1]).toMatchObject({ status: "Active", phase: "Equivalent" });
  expect(array.acts()).toHaveLength(3);
});

test("a group can be brought to Active from the start, and a destroy leaves alone what was found suspended", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1 }, { id: 2, status: "Suspend" }] });
  const preview = await stack.preview(active);
  expect(preview.rows).toEqual(["resume copy session 2"]);
  const { error, warnings } = await stack.up(active);
  expect(error).toBeUndefined();
  expect(warnings.filter((warning) => !warning.startsWith("resume: "))).toEqual([]);
  expect(array.acts().map(({ path }) => path)).toEqual(["/api/v1/copysession/2/resume"]);
  expect(stack.state()?.sessions.map(({ foundStatus }) => foundStatus)).toEqual(["Active", "Suspend"]);
  const destroyed = await stack.destroy();
  expect(destroyed.warnings).toEqual([
    "copy session 2 was found suspended, and stays Active: restoring suspends nothing",
  ]);
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Active"]);
  expect(array.acts()).toHaveLength(1);
});

test("a resume whose job succeeded is not complete while the session does not show it", async () => {
  const { array, ...stack } = await oneGroup({ sessions: two });
  await stack.up(suspended);
  array.disguise(2, { status: "Suspend" });
  const { error } = await stack.up({ ...active, timeouts: { update: "30m" } });
  expect(error).toContain("timed out while 1/2 equivalent: copy session 2: the array resumes");
  expect(array.acts()).toHaveLength(3);
});

test("at most four resumes are in progress at once", async () => {
  const ids = Array.from({ length: 12 }, (_, id) => id);
  const { array, ...stack } = await oneGroup(
    { sessions: ids.map((id) => ({ id, status: "Suspend" as const })) },
    { requestsInFlight: "64" },
  );
  let most = 0;
  let now = 0;
  array.faults.add({
    when: { method: "POST", path: /resume/ },
    times: Number.POSITIVE_INFINITY,
    do: {
      kind: "custom",
      async play(exchange) {
        now += 1;
        most = Math.max(most, now);
        await exchange.pause(2);
        now -= 1;
        exchange.send(exchange.handle());
      },
    },
  });
  expect((await stack.up({ copySessionIds: ids, targetState: "Active" })).error).toBeUndefined();
  expect(most).toBeGreaterThan(1);
  expect(most).toBeLessThanOrEqual(4);
});
