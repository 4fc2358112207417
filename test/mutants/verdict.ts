import { z } from "zod";

/** What the tests say of a mutant. */
export type Verdict =
  | { readonly kind: "killed"; readonly by: string }
  | { readonly kind: "survived" }
  /** The tests say nothing: the change does not load, say. A defect of the table. */
  | { readonly kind: "invalid"; readonly why: string };

/** What vitest's JSON reporter writes, as far as it is read here. */
const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().default(""),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z
            .array(z.string())
            .nullish()
            .transform((messages) => messages ?? []),
        }),
      ),
    }),
  ),
});

/**
 * Reads vitest's report of one run.
 *
 * @param isGreen whether vitest itself ended without an error
 */
export function verdictOf(json: unknown, isGreen: boolean): Verdict {
  const parsed = report.safeParse(json);
  if (!parsed.success) return { kind: "invalid", why: "there is no report of the tests" };
  const files = parsed.data.testResults;
  const broken = files.find(({ status, message, assertionResults }) => {
    return status === "failed" && message !== "" && !assertionResults.some((test) => test.status === "failed");
  });
  if (broken !== undefined)
    return { kind: "invalid", why: `${broken.name} could not be run: ${firstLine(broken.message)}` };
  const [failed] = files.flatMap(({ assertionResults }) =>
    assertionResults.filter(({ status }) => status === "failed"),
  );
  if (failed === undefined) {
    return isGreen
      ? { kind: "survived" }
      : { kind: "invalid", why: "no test failed, but something outside of them did" };
  }
  const [message = ""] = failed.failureMessages;
  // A name that does not exist, or no program at all: any test that runs into it would fail.
  if (/^(ReferenceError|SyntaxError)\b/.test(message)) return { kind: "invalid", why: firstLine(message) };
  return { kind: "killed", by: failed.fullName };
}

function firstLine(text: string): string {
  return text.split("\n")[0] ?? "";
}
