import { expect, test } from "vitest";
import type { ArrayRequest } from "../exchange.ts";
import { advanceTo, type EternusArray, newEternusArray } from "./eternus-array.ts";
import { answer } from "./router.ts";
import { defaultSettings } from "./settings.ts";

const account = { username: "u", password: "p", role: "Admin", tenant: undefined, passwordExpired: false } as const;

/** An array on which, in this order: a copy ends, a group is suspended, two jobs overlap, one member is resumed. */
function play(stepMs: number): EternusArray {
  const array = newEternusArray(
    defaultSettings,
    [account],
    [
      { id: 0, phase: "Copying", totalMb: 200 },
      { id: 1, transferMode: "Stack" },
      { id: 2, transferMode: "Consistency", writeMbPerSecond: 30 },
      { id: 3, status: "Halt", recoveryMode: "Manual" },
    ],
    0,
  );
  const headers = { authorization: `Bearer ${token(array)}` };
  const at = (atMs: number, path: string, body?: unknown) => {
    for (let nowMs = array.nowMs; nowMs < atMs; nowMs = Math.min(atMs, nowMs + stepMs)) advanceTo(array, nowMs);
    advanceTo(array, atMs);
    if (path !== "") expect(answer(array, toRequest(`/api/v1/copysession/${path}`, headers, body)).status).toBe(202);
  };
  at(2500, "suspend", { copysession_id_list: [0, 1, 2] });
  at(4200, "3/suspend", { force: true });
  at(30_000, "2/resume");
  at(40_000, "");
  return array;
}

function token(array: EternusArray): unknown {
  const body = answer(array, toRequest("/api/v1/session", {}, { user_name: "u", password: "p" })).body;
  return typeof body === "object" && body !== null && "token" in body ? body.token : undefined;
}

function toRequest(path: string, headers: ArrayRequest["headers"], body: unknown): ArrayRequest {
  return { method: "POST", path, rawQuery: "", query: [], headers, body, atMs: 0 };
}

test("what happens does not depend on how often anyone looks", () => {
  const once = play(Number.POSITIVE_INFINITY);
  expect([...once.sessions.values()].map(({ status, phase }) => `${status}/${phase}`)).toEqual([
    "Suspend/Equivalent",
    "Suspend/Equivalent",
    "Active/Equivalent",
    "Halt/Equivalent",
  ]);
  expect([...once.jobs.values()].map((job) => job.status)).toEqual(["Success", "Error", "Success"]);
  for (const stepMs of [1, 7, 333, 1000, 5001]) {
    const often = play(stepMs);
    expect([...often.sessions]).toEqual([...once.sessions]);
    expect([...often.jobs]).toEqual([...once.jobs]);
  }
});

test("time never goes back", () => {
  const array = newEternusArray(defaultSettings, [account], [{ id: 0, phase: "Copying" }], 0);
  advanceTo(array, 60_000);
  advanceTo(array, 1000);
  expect([array.nowMs, array.sessions.get(0)?.phase]).toEqual([60_000, "Equivalent"]);
});
