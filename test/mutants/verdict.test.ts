import { expect, test } from "vitest";
import { verdictOf } from "./verdict.ts";

const passed = { fullName: "a gate holds", status: "passed", failureMessages: [] };
const failed = { ...passed, status: "failed", failureMessages: ["AssertionError: expected true to be false\n at x"] };
const reportOf = (...assertionResults: object[]) => ({
  testResults: [{ name: "gate.test.ts", status: "failed", message: "", assertionResults }],
});

test("a mutant is killed by the first test that fails", () => {
  const other = { ...failed, fullName: "an approval holds" };
  expect(verdictOf(reportOf(passed, failed, other), false)).toEqual({ kind: "killed", by: "a gate holds" });
});

test("a mutant survives when all tests pass", () => {
  expect(verdictOf(reportOf(passed), true)).toEqual({ kind: "survived" });
});

test("a file of tests that cannot be run kills nothing", () => {
  const message = "SyntaxError: Unexpected token\n at gate.ts";
  const broken = { name: "gate.test.ts", status: "failed", message, assertionResults: [] };
  const report = { testResults: [broken, ...reportOf(failed).testResults] };
  expect(verdictOf(report, false)).toEqual({
    kind: "invalid",
    why: "gate.test.ts could not be run: SyntaxError: Unexpected token",
  });
});

test("a mutant that names what does not exist is killed by nothing", () => {
  const failureMessages = ["ReferenceError: notAfter is not defined\n at gate.ts"];
  expect(verdictOf(reportOf({ ...failed, failureMessages }), false)).toEqual({
    kind: "invalid",
    why: "ReferenceError: notAfter is not defined",
  });
});

test.each([
  ["there is no report", undefined, "there is no report of the tests"],
  ["something failed outside of the tests", reportOf(passed), "no test failed, but something outside of them did"],
])("where %s, nothing is known", (_, report, why) => {
  expect(verdictOf(report, false)).toEqual({ kind: "invalid", why });
});
