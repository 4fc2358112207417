import { expect, test } from "vitest";
import type { FailureShape } from "../../arrays/index.ts";
import { oneGroup } from "../one-group.ts";

const three = [{ id: 1 }, { id: 2 }, { id: 3 }];
const shapes: FailureShape[] = ["flat", "nested", "named", "href", "absent"];

test.each(shapes)(
  "a partial error keeps what succeeded and names what failed, in form %s; the next up suspends only that",
  async (failureShape) => {
    const { array, ...stack } = await oneGroup({ sessions: three, behaviour: { failureShape } });
    array.failNext(2, "suspend", "5300", "Copy path error");
    const { error, did } = await stack.up({ copySessionIds: [1, 2, 3] });
    const isTold = failureShape !== "href" && failureShape !== "absent";
    expect(did).toBe("create");
    expect(error).toContain("copy session 2 failed");
    expect(error).toContain(
      isTold
        ? "5300: Copy path error: the copy path to the other array is broken"
        : "job 8192001 ended in Partial_Error",
    );
    expect(stack.state()?.failures).toEqual([
      isTold
        ? { id: 2, code: "5300", message: expect.stringContaining("Copy path error") }
        : { id: 2, message: expect.any(String) },
    ]);
    expect(stack.state()?.sessions.map(({ status }) => status)).toEqual(["Suspend", "Active", "Suspend"]);
    expect(stack.state()).toMatchObject({ consistent: false, destinationUsable: false });

    const preview = await stack.preview({ copySessionIds: [1, 2, 3] });
    expect(preview.rows).toEqual([
      "suspend copy session 2; destroy would resume copy sessions 1, 2, 3, discarding writes on the destinations",
    ]);
    const next = await stack.up({ copySessionIds: [1, 2, 3] });
    expect([next.did, next.error]).toEqual(["update", undefined]);
    expect(array.acts().map(({ body }) => body)).toMatchObject([
      { copysession_id_list: [1, 2, 3] },
      { copysession_id_list: [2] },
    ]);
    expect(stack.state()).toMatchObject({ failures: [], consistent: false, destinationUsable: true });
    expect((await stack.up({ copySessionIds: [1, 2, 3] })).did).toBe("nothing");
  },
);

test("a refresh makes the engine forget the failure, and the next up continues all the same", async () => {
  const { array, ...stack } = await oneGroup({ sessions: three });
  array.failNext(2, "suspend", "5300", "Copy path error");
  await stack.up({ copySessionIds: [1, 2, 3] });
  await stack.refresh();
  expect((await stack.preview({ copySessionIds: [1, 2, 3] })).did).toBe("update");
  expect(await stack.up({ copySessionIds: [1, 2, 3] })).toMatchObject({ did: "update", error: undefined });
  expect(array.session(2)?.status).toBe("Suspend");
});

test("codes that came as numbers have their zeros back", async () => {
  const { array, ...stack } = await oneGroup({ sessions: three, behaviour: { errorCodeType: "number" } });
  array.failNext(2, "suspend", "0099", "Not possible");
  await stack.up({ copySessionIds: [1, 2, 3] });
  expect(stack.state()?.failures).toMatchObject([{ id: 2, code: "0099" }]);
});

test.each(["5322", "0060", "0070", "5327", "9336", "0188"])(
  "%s in a job is retried within the deadline",
  async (code) => {
    const { array, ...stack } = await oneGroup({ sessions: three });
    array.failNext(2, "suspend", code, "Busy");
    array.failNext(2, "suspend", code, "Busy");
    expect((await stack.up({ copySessionIds: [1, 2, 3] })).error).toBeUndefined();
    expect(array.acts().map(({ body }) => body)).toMatchObject([
      { copysession_id_list: [1, 2, 3] },
      { copysession_id_list: [2] },
      { copysession_id_list: [2] },
    ]);
  },
);

test.each(["5344", "5382"])("%s in a job means that the session is about to be suspended", async (code) => {
  const { array, ...stack } = await oneGroup({ sessions: three });
  array.failNext(2, "suspend", code, "Already");
  stack.later(30_000, () => array.operator.suspend(2));
  expect((await stack.up({ copySessionIds: [1, 2, 3] })).error).toBeUndefined();
  expect(array.acts()).toHaveLength(1);
  expect(stack.state()).toMatchObject({ consistent: false, failures: [] });
});

test("a temporary failure is recorded when the deadline comes first", async () => {
  const { array, ...stack } = await oneGroup({ sessions: three });
  for (let time = 0; time < 100; time++) array.failNext(2, "suspend", "5322", "A concurrent suspend is processing");
  const inputs = { copySessionIds: [1, 2, 3], timeouts: { create: "10m" } };
  const { error } = await stack.up(inputs);
  expect(error).toContain("timed out while 2/3 suspended");
  expect(stack.state()?.failures).toMatchObject([{ id: 2, code: "5322" }]);
  expect(array.acts().length).toBeLessThan(20);
});

test("a canceled job is a failure of what it has not suspended", async () => {
  const { array, ...stack } = await oneGroup({ sessions: [{ id: 1, transferMode: "Stack" }, { id: 2 }] });
  stack.later(1500, () => array.operator.cancelJob(8192001));
  const { error } = await stack.up({ copySessionIds: [1, 2] });
  expect(error).toContain("copy session 1 failed: job 8192001 was canceled");
  expect(stack.state()?.sessions.map(({ status }) => status)).toEqual(["Active", "Suspend"]);
  expect((await stack.up({ copySessionIds: [1, 2] })).error).toBeUndefined();
});

test("a job that was lost before it had begun is sent again after a while", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: [{ id: 1 }, { id: 2 }],
    behaviour: { jobQueuedMs: 30_000 },
  });
  stack.later(10_000, () => array.restart());
  expect((await stack.up({ copySessionIds: [1, 2] })).error).toBeUndefined();
  expect(array.acts()).toHaveLength(2);
  expect(stack.state()).toMatchObject({ consistent: true });
});

test("a resume that fails for one member leaves the others resumed", async () => {
  const { array, ...stack } = await oneGroup({ sessions: three });
  await stack.up({ copySessionIds: [1, 2, 3] });
  array.failNext(2, "resume", "5300", "Copy path error");
  const { error } = await stack.up({ copySessionIds: [1, 2, 3], targetState: "Active" });
  expect(error).toContain("copy session 2 failed: 5300: Copy path error");
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Suspend", "Active"]);
  expect((await stack.up({ copySessionIds: [1, 2, 3], targetState: "Active" })).error).toBeUndefined();
  expect(
    array
      .acts()
      .map(({ path }) => path)
      .filter((path) => path.endsWith("/2/resume")),
  ).toHaveLength(2);
});

test("a refusal at the request names its reason and leaves the resource recorded where something was done", async () => {
  const { array, ...stack } = await oneGroup({ sessions: three, behaviour: { stateJudgedBy: "request" } });
  await stack.up({ copySessionIds: [1, 2, 3] });
  array.change(2, { pathLost: true });
  const { error } = await stack.up({ copySessionIds: [1, 2, 3], targetState: "Active" });
  expect(error).toContain(
    "copy session 2 failed: the array answered 409 5300: Copy path error (copysession 2): the copy path",
  );
  expect(array.sessions().map(({ status }) => status)).toEqual(["Active", "Suspend", "Active"]);
});

test("a full table of jobs is waited for", async () => {
  const { array, ...stack } = await oneGroup({
    sessions: three,
    behaviour: { jobTableSize: 2, jobRetentionMs: 60_000 },
  });
  for (const id of [1, 2]) {
    stack.loseMachineAfter(500);
    await stack.up({ copySessionIds: [id] });
  }
  expect(array.jobs()).toHaveLength(2);
  expect((await stack.another().up({ copySessionIds: [3] })).error).toBeUndefined();
  expect(array.session(3)?.status).toBe("Suspend");
});

test.each(["Running", "Pondering"])(
  "a job that stays %s forever does not matter once the sessions are suspended",
  async (status) => {
    const { array, ...stack } = await oneGroup({ sessions: three });
    array.faults.add({
      when: { method: "GET", path: /job/ },
      times: Number.POSITIVE_INFINITY,
      do: {
        kind: "custom",
        play(exchange) {
          const { body } = exchange.handle();
          const text = JSON.stringify(body).replaceAll('"Success"', `"${status}"`);
          exchange.send({ status: 200, body: JSON.parse(text) });
        },
      },
    });
    expect((await stack.up({ copySessionIds: [1, 2, 3] })).error).toBeUndefined();
    expect(stack.state()).toMatchObject({ consistent: true, destinationUsable: true });
    expect(stack.clock.nowMs() - Date.UTC(2030, 0, 1)).toBeLessThan(200_000);
  },
);

test("a failure stays in the record through a refresh, and leaves it with the next success", async () => {
  const { array, ...stack } = await oneGroup({ sessions: three });
  array.failNext(2, "suspend", "5300", "Copy path error");
  await stack.up({ copySessionIds: [1, 2, 3] });
  await stack.refresh();
  expect(stack.state()?.failures).toMatchObject([{ id: 2, code: "5300" }]);
  array.operator.suspend(2);
  await stack.refresh();
  expect(stack.state()?.failures).toEqual([]);
});
