import { expect, test } from "vitest";
import { inTheClear, markSecrets, readable, SECRET, SIGNATURE, UNKNOWN } from "./wire-value.ts";

const secret = (value: unknown) => ({ [SIGNATURE]: SECRET, value });

test("readable properties hide secrets and name what is unknown", () => {
  const properties = { a: secret("hush"), b: [UNKNOWN, { c: secret(1) }], d: 0 };
  expect(readable(properties)).toEqual({ a: "[secret]", b: ["[unknown]", { c: "[secret]" }], d: 0 });
});

test("properties in the clear carry no marks, however deep they were", () => {
  expect(inTheClear({ a: secret({ b: secret("x") }), c: [secret(null)] })).toEqual({ a: { b: "x" }, c: [null] });
});

test("a property is marked as secret again when one of the same name was", () => {
  const like = { a: secret("x"), b: { c: secret("y"), d: 1 }, e: [secret("z")], f: 1 };
  const given = { a: "x", b: { c: "y", d: 1 }, e: ["z"], f: 1, g: "new" };
  expect(markSecrets(given, like)).toEqual({
    a: secret("x"),
    b: { c: secret("y"), d: 1 },
    e: secret(["z"]),
    f: 1,
    g: "new",
  });
});
