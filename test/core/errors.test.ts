import { inspect } from "node:util";
import { expect, test } from "vitest";
import {
  absentWhenNotFound,
  isTransient,
  MigrationError,
  type MigrationErrorKind,
  outcomeOfAction,
} from "../../provider/core/errors.ts";

const report = {
  kind: "refused",
  attempted: "cut over import session 7",
  on: "PowerStore east (https://east.example.com)",
  answered: "the array answered 422 0xE0A01001000F: The session is not ready",
  next: "Wait until it is ready.",
} as const;

test("a message says on what, what was attempted, what the array answered, and what to do", () => {
  expect(new MigrationError(report).message).toBe(
    "PowerStore east (https://east.example.com): could not cut over import session 7: the array answered 422 0xE0A01001000F: " +
      "The session is not ready. Wait until it is ready.",
  );
});

test("the array heads the message as a sentence does", () => {
  expect(new MigrationError({ ...report, on: "the array" }).message).toMatch(/^The array: could not cut over/);
});

test("what is recorded stands between what the array answered and what to do", () => {
  const error = new MigrationError(report).withRecorded("import session 7 in Copy_In_Progress");
  expect(error.message).toContain("is not ready. Recorded: import session 7 in Copy_In_Progress. Wait until");
  expect(error).toMatchObject({ kind: "refused", answered: report.answered });
});

test.each([".", "!", "?"])("an answer that ends with %s gets no second stop", (stop) => {
  const { message } = new MigrationError({ ...report, answered: `no${stop}` });
  expect(message).toContain(`: no${stop} Wait`);
});

test("an error has no frames: Pulumi shows stacks to users", () => {
  const error = new MigrationError(report);
  expect(error.stack).toBe("");
  expect(inspect(error)).not.toMatch(/^\s+at /m);
});

test("an error carries what decisions are taken on", () => {
  const error = new MigrationError({ ...report, kind: "busy", code: "0xE0", retryAfterMs: 0 });
  expect(error).toMatchObject({ name: "MigrationError", kind: "busy", code: "0xE0", retryAfterMs: 0 });
  expect(error).toBeInstanceOf(Error);
});

test("the cause is kept", () => {
  const cause = new Error("below");
  expect(new MigrationError({ ...report, cause }).cause).toBe(cause);
});

// Every kind, what it means for a read, and what it means for an action.
const kinds: Record<MigrationErrorKind, readonly [isTransient: boolean, outcome: ReturnType<typeof outcomeOfAction>]> =
  {
    unreachable: [true, "not sent"],
    busy: [true, "not sent"],
    lost: [true, "unknown"],
    failing: [true, "unknown"],
    contract: [true, "unknown"],
    settings: [false, "rejected"],
    input: [false, "rejected"],
    untrusted: [false, "rejected"],
    authentication: [false, "rejected"],
    permission: [false, "rejected"],
    notFound: [false, "rejected"],
    refused: [false, "rejected"],
    identity: [false, "rejected"],
    stuck: [false, "rejected"],
    stalled: [false, "rejected"],
    partial: [false, "rejected"],
    timeout: [false, "rejected"],
    cancelled: [false, "rejected"],
  };

function errorOf(kind: string): MigrationError {
  const known = Object.keys(kinds).find((name): name is MigrationErrorKind => name === kind);
  if (known === undefined) throw new RangeError(kind);
  return new MigrationError({ ...report, kind: known });
}

test.each(Object.entries(kinds))(
  "W14: of a failure of kind %s, whether it is transient and the outcome of an action are %j",
  (kind, [transient, outcome]) => {
    expect(isTransient(errorOf(kind))).toBe(transient);
    expect(outcomeOfAction(errorOf(kind))).toBe(outcome);
  },
);

test.each(Object.keys(kinds).filter((kind) => kind !== "notFound"))(
  "W18: a read that fails as %s does not mean that there is no such object",
  (kind) => {
    expect(() => absentWhenNotFound(errorOf(kind))).toThrow(MigrationError);
    expect(absentWhenNotFound(errorOf("notFound"))).toBeUndefined();
  },
);

test("what is no error of this package is a defect and never transient", () => {
  expect([new TypeError("x"), "busy", undefined, { kind: "busy" }].map(isTransient)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
