import { expect } from "vitest";
import type { Run, World } from "./world.ts";

/** What must be true whatever the story was. */
export function expectNothingAmiss({ runs, secrets }: Pick<World, "runs" | "secrets">): void {
  const known = secrets();
  expect(known.length, "passwords and tokens to look for").toBeGreaterThan(4);
  for (const run of runs) {
    expect(secretsIn(run, known), `secrets that ${run.command} let out`).toEqual([]);
    expect(run.loginsLeft, `logins left by ${run.command}`).toEqual({ powerstore: 0, eternus: 0 });
    expect(notWanted(run), `what should not stand in the state after ${run.command}`).toEqual([]);
    expect(run.result.output, `what ${run.command} says`).not.toMatch(
      /undefined|\[object |defect|^\s+at .*:\d+:\d+\)?$/m,
    );
    expect(repeated(run.sent), `what ${run.command} sent more than once`).toEqual([]);
  }
}

function secretsIn({ result, state }: Run, known: readonly string[]): readonly string[] {
  const texts = [state.text, result.output, JSON.stringify([result.outputs, result.diagnostics])];
  return known.filter((secret) => texts.some((text) => text.includes(secret)));
}

/** The provider is named in a few bytes, not recorded whole; and values that are absent leave no trace. */
function notWanted({ state }: Run): readonly string[] {
  return state.resources.flatMap(({ urn, pending, inputs, outputs }) => {
    const found: string[] = [];
    const recorded = JSON.stringify({ inputs, outputs });
    if (/undefined|\[object /.test(recorded)) found.push(`${urn} records ${recorded}`);
    const providers = pending === undefined ? [inputs.__provider, outputs.__provider] : [inputs.__provider];
    for (const text of providers) {
      if (typeof text !== "string" || Buffer.byteLength(text) > 200) found.push(`${urn} has the provider ${text}`);
    }
    return found;
  });
}

function repeated(acts: readonly string[]): readonly string[] {
  return acts.filter((act, index) => acts.indexOf(act) !== index);
}
