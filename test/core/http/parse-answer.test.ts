import { expect, test } from "vitest";
import { z } from "zod";
import { isPage, jsonOf, parseAnswer } from "../../../provider/core/http/parse-answer.ts";

const context = { attempted: "read session 7", on: "the array" };
const answer = (text: string, headers: Record<string, string> = { "content-type": "application/json" }) => ({
  status: 200,
  headers,
  text,
});
const schema = z.object({ id: z.string(), rate: z.number().optional() });

test("an answer that fits is its value, and what is not asked for is left out", () => {
  expect(parseAnswer(schema, answer('{"id":"7","new_key":1}'), context)).toEqual({ id: "7" });
});

test.each([
  ["", /an empty body/],
  ["<html></html>", /a body that is not JSON/],
  ['{"id":"7"', /a body that is not JSON/],
  ['{"id":7}', /JSON that does not fit its interface: `id`/],
  ["null", /JSON that does not fit its interface: the answer/],
  ['{"id":"7","rate":"fast"}', /`rate`/],
])("W19: the answer %j breaks the contract and is no crash", (text, message) => {
  const parse = () => parseAnswer(schema, answer(text), context);
  expect(parse).toThrow(message);
  expect(parse).toThrow(expect.objectContaining({ kind: "contract" }));
});

test("a page instead of JSON is named as such, with what to check", () => {
  const page = answer("<html></html>", { "content-type": "Text/HTML; charset=utf-8" });
  expect(isPage(page)).toBe(true);
  expect(() => parseAnswer(schema, page, context)).toThrow(/200 with a web page .*Check that the address/);
  expect(isPage(answer("{}", {}))).toBe(false);
});

test("what an answer holds is never part of the message", () => {
  const secret = answer('{"id":{"token":"hunter2"},"rate":"hunter2"}');
  expect(() => parseAnswer(schema, secret, context)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining("hunter2") }),
  );
  expect(() => parseAnswer(z.enum(["a"]), answer('"hunter2"'), context)).toThrow(
    expect.not.objectContaining({ message: expect.stringContaining("hunter2") }),
  );
});

test("what is no JSON is undefined, what is JSON is itself, null too", () => {
  expect(["", "x", "0", '""', "false", "null"].map((text) => jsonOf(answer(text)))).toEqual([
    undefined,
    undefined,
    0,
    "",
    false,
    null,
  ]);
});
