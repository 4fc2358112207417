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

test("a message says what was attempted, on what, what the array said, and what to do", () => {
  expect(new MigrationError(report).message).toBe(
    "Could not cut over import session 7 on PowerStore east (https://east.example.com): the array answered 422 0xE0A01001000F: " +
      "The session is not ready. Wait until it is ready.",
  );
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

// Every kind, what it means for a look, and what it means for an act.
const kinds: Record<MigrationErrorKind, readonly [looksAgain: boolean, fate: "not taken" | "unknown" | "refused"]> = {
  unreachable: [true, "not taken"],
  busy: [true, "not taken"],
  lost: [true, "unknown"],
  failing: [true, "unknown"],
  contract: [true, "unknown"],
  settings: [false, "refused"],
  input: [false, "refused"],
  untrusted: [false, "refused"],
  authentication: [false, "refused"],
  permission: [false, "refused"],
  notFound: [false, "refused"],
  refused: [false, "refused"],
  identity: [false, "refused"],
  stuck: [false, "refused"],
  stalled: [false, "refused"],
  partial: [false, "refused"],
  timeout: [false, "refused"],
  cancelled: [false, "refused"],
};

function errorOf(kind: string): MigrationError {
  const known = Object.keys(kinds).find((name): name is MigrationErrorKind => name === kind);
  if (known === undefined) throw new RangeError(kind);
  return new MigrationError({ ...report, kind: known });
}

test.each(Object.entries(kinds))(
  "W14: a failure of kind %s: look again and fate of an act are %j",
  (kind, [again, fate]) => {
    expect(isTransient(errorOf(kind))).toBe(again);
    expect(outcomeOfAction(errorOf(kind))).toBe(fate);
  },
);

test.each(Object.keys(kinds).filter((kind) => kind !== "notFound"))(
  "W18: a read that fails as %s does not mean that there is no such thing",
  (kind) => {
    expect(() => absentWhenNotFound(errorOf(kind))).toThrow(MigrationError);
    expect(absentWhenNotFound(errorOf("notFound"))).toBeUndefined();
  },
);

test("what is no error of this package is a defect and never passes", () => {
  expect([new TypeError("x"), "busy", undefined, { kind: "busy" }].map(isTransient)).toEqual([
    false,
    false,
    false,
    false,
  ]);
});
