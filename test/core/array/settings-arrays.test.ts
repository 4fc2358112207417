import { expect, test } from "vitest";
import { complete, read, refusalOf, secret } from "./settings-source.ts";

const arrays = (value: unknown) => ({ "powerstore:arrays": typeof value === "string" ? value : JSON.stringify(value) });
const east = { endpoint: "https://east.example.com", username: "admin", password: secret };

test("an array is found by its name, also beside the one configured directly", () => {
  const config = { ...complete, ...arrays({ east, west: { ...east, endpoint: "https://west.example.com" } }) };
  expect(read(config, {}, "west")).toMatchObject({ name: "west", origin: "https://west.example.com" });
  expect(read(config)).toMatchObject({ name: "default", origin: "https://east.example.com" });
});

test("an array by name takes nothing from the array configured directly, nor from the environment", () => {
  const { password: _, ...rest } = east;
  const message = refusalOf(() =>
    read({ ...complete, ...arrays({ east: rest }) }, { POWERSTORE_PASSWORD: secret }, "east"),
  );
  expect(message).toContain("`powerstore:arrays.east.password` is not set");
});

test.each(["north", "__proto__", "constructor", "toString"])(
  "an array that is not configured (%s) is an error with those that are",
  (name) => {
    const message = refusalOf(() => read(arrays({ east, west: east }), {}, name));
    expect(message).toContain(`\`powerstore:arrays\` has no array called "${name}"; it has east, west`);
  },
);

test.each(["", "{", "[]", "7", '"east"', "null"])("arrays configured as %j are none", (text) => {
  expect(refusalOf(() => read(arrays(text), {}, "east"))).toContain("`powerstore:arrays` has no array called");
  expect(refusalOf(() => read({}, {}, "east"))).toContain("has no array called");
});

test("a misspelt setting of a named array is named, and its value is not", () => {
  const message = refusalOf(() => read(arrays({ east: { ...east, passwort: secret } }), {}, "east"));
  expect(message).toMatch(/`powerstore:arrays\.east` .*passwort/);
});

test("what is wrong with a named array is reported with its full key", () => {
  const wrong = { ...east, endpoint: "http://east.example.com" };
  expect(refusalOf(() => read(arrays({ east: wrong }), {}, "east"))).toContain(
    "`powerstore:arrays.east.endpoint` must be",
  );
  expect(refusalOf(() => read(arrays({ east: null }), {}, "east"))).toContain("`powerstore:arrays.east`");
});

// `pulumi config set --path powerstore:arrays.east.password 123456` stores a number.
test("a password of digits, which Pulumi stores as a number under a path, is taken as the text it was typed as", () => {
  expect(read(arrays({ east: { ...east, password: 123456 } }), {}, "east").password()).toBe("123456");
});
