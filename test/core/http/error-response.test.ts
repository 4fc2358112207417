import { expect, test } from "vitest";
import { errorResponse } from "../../../provider/core/http/error-response.ts";
import { virtualClock } from "../virtual-clock.ts";

const context = { attempted: "read session 7", on: "the array", clock: virtualClock() };
const answer = (status: number, headers: Record<string, string> = {}) => ({ status, headers, text: "" });

test.each([
  [400, "refused"],
  [401, "authentication"],
  [403, "permission"],
  [404, "notFound"],
  [409, "refused"],
  [413, "refused"],
  [422, "refused"],
  [429, "busy"],
  [500, "failing"],
  [502, "failing"],
  [503, "busy"],
  [504, "failing"],
  [599, "failing"],
  [204, "contract"],
  [302, "contract"],
] as const)("a status %i without more is %s", (status, kind) => {
  expect(errorResponse(answer(status), context, undefined).kind).toBe(kind);
});

test("a status 408 is a passing failure: the array gave up waiting for the request", () => {
  expect(errorResponse(answer(408), context, undefined).kind).toBe("busy");
});

test("the vendor's own reading of its code wins over the status", () => {
  const error = errorResponse(answer(500), context, { code: "E5344", text: "already so", kind: "refused" });
  expect(error).toMatchObject({ kind: "refused", code: "E5344" });
});

test("the message quotes the array's code and words", () => {
  const error = errorResponse(answer(422), context, { code: "0xE0", text: "It is not ready." });
  expect(error.message).toMatch(
    /^The array: could not read session 7: the array answered 422 0xE0: It is not ready\. \w/,
  );
  expect(errorResponse(answer(422), context, { text: "Not ready" }).message).toContain("answered 422 Not ready.");
  expect(errorResponse(answer(422), context, undefined).message).toContain("answered 422 without an error body.");
});

test("W13: what the array says about trying again is kept, bounded, in both forms", () => {
  const retryAfterMs = (header: string) =>
    errorResponse(answer(503, { "retry-after": header }), context, undefined).retryAfterMs;
  expect(["20", "Tue, 01 Jan 2030 00:00:10 GMT", "86400", "later"].map(retryAfterMs)).toEqual([
    20_000,
    10_000,
    300_000,
    undefined,
  ]);
});
