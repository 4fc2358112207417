import { expect } from "vitest";
import { type Changes, noChanges, type RunResult } from "../engine/engine.ts";

/** Expects a run to have succeeded and to have changed that many resources, and no others. */
export async function expectDone(running: Promise<RunResult>, changes: Partial<Changes>): Promise<RunResult> {
  const { ok, changes: counted, diagnostics, ...rest } = await running;
  expect({ ok, changes: counted, errors: diagnostics.filter(isError) }).toEqual({
    ok: true,
    changes: { ...noChanges, ...changes },
    errors: [],
  });
  return { ok, changes: counted, diagnostics, ...rest };
}

/** Expects a run to have failed with errors that say all this. */
export async function expectFailed(running: Promise<RunResult>, ...says: readonly RegExp[]): Promise<RunResult> {
  const result = await running;
  expect(result.ok).toBe(false);
  const errors = result.diagnostics.filter(isError).join("\n");
  for (const text of says) expect(errors).toMatch(text);
  return result;
}

/** Whether something is so on an array, and who asks it has had time to see that. */
export function seen(array: { readonly requests: readonly unknown[] }, isSo: () => boolean): () => boolean {
  let since: number | undefined;
  return () => {
    if (!isSo()) return false;
    since ??= array.requests.length;
    // A look is one request, or two; what was under way when it became so does not count.
    return array.requests.length >= since + 5;
  };
}

function isError(text: string): boolean {
  return text.startsWith("error: ");
}
