import { output } from "@pulumi/pulumi";
import { expect, test } from "vitest";
import { namedGates } from "../../sdk/powerstore/named-gates.ts";

const passedOn = (args: object) => new Promise((resolve) => output(namedGates(args)).apply(resolve));
const opens = "2026-12-05T22:00:00Z";

test.each([
  ["no gate", {}, {}],
  [
    "gates without a value",
    { cutoverApproval: undefined, cutoverWindow: undefined },
    { cutoverApproval: {}, cutoverWindow: {} },
  ],
  [
    "outputs without one",
    { cutoverApproval: output(undefined), cutoverWindow: output(null) },
    { cutoverApproval: {}, cutoverWindow: {} },
  ],
  ["a code without a value", { cutoverApproval: { code: output(undefined) } }, { cutoverApproval: { code: null } }],
  [
    "an end without a value",
    { cutoverWindow: { notBefore: undefined, notAfter: opens } },
    { cutoverWindow: { notBefore: null, notAfter: opens } },
  ],
  [
    "the same as an output",
    { cutoverWindow: output({ notBefore: opens, notAfter: undefined }) },
    { cutoverWindow: { notBefore: opens, notAfter: null } },
  ],
  [
    "what has a value, as it is",
    { cutoverApproval: "7", cutoverWindow: Promise.resolve({ notBefore: opens }) },
    { cutoverApproval: "7", cutoverWindow: { notBefore: opens } },
  ],
])("a program that names %s", async (_, args, expected) => {
  expect(await passedOn(args)).toStrictEqual(expected);
});
