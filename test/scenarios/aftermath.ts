import { expect } from "vitest";
import { actsOf } from "../../provider/core/journal/acts.ts";
import type { Done } from "./commands.ts";
import type { World } from "./world.ts";

/** What must be true whatever the story was. */
export function expectNothingAmiss({ done, secrets }: Pick<World, "done" | "secrets">): void {
  const known = secrets();
  expect(known.length, "passwords and tokens to look for").toBeGreaterThan(4);
  for (const one of done) {
    const { command, result, isLost, isDebug, logins, sentWhere, requests } = one;
    expect(secretsIn(one, known), `secrets that ${command} let out`).toEqual([]);
    expect(unwantedIn(one), `what should not stand in the state after ${command}`).toEqual([]);
    // What Pulumi says for debugging is its own affair.
    if (!isDebug)
      expect(result.output, `what ${command} says`).not.toMatch(/undefined|\[object |defect|^\s+at .*:\d+:\d+\)?$/m);
    expect(repeated(sentWhere), `what ${command} sent more than once`).toEqual([]);
    if (command === "preview" || command === "refresh")
      expect(requests.filter(isNoRead), `what ${command} sent besides reads`).toEqual([]);
    // Nobody is left to log out when the machine is lost.
    if (!isLost) expect(logins, `logins left by ${command}`).toEqual({ powerstore: 0, eternus: 0 });
  }
}

/** Every act that reached an array is in the journal, whatever became of the run. */
export function expectJournaled({ journal, sent }: Pick<World, "journal" | "sent">): void {
  const written = actsOf(journal()).filter(({ outcome }) => outcome !== "not sent");
  expect(written.length, "acts in the journal").toBeGreaterThanOrEqual(sent().length);
}

/** Whether it may change something: all but a GET, and logging in and out. */
function isNoRead(request: string): boolean {
  return !/^GET |^POST \/api\/rest\/logout$|^(POST|DELETE) \/api\/v1\/session(\/\d+)?$/.test(request);
}

function secretsIn({ result, state, journal }: Done, known: readonly string[]): readonly string[] {
  const texts = [state.text, journal, result.output, JSON.stringify([result.outputs, result.diagnostics])];
  return known.filter((secret) => texts.some((text) => text.includes(secret)));
}

/** The provider is named in a few bytes, not recorded whole; and values that are absent leave no trace. */
function unwantedIn({ state }: Done): readonly string[] {
  return state.resources.flatMap(({ urn, pending, inputs, outputs }) => {
    const recorded = JSON.stringify({ inputs, outputs });
    const absent = /undefined|\[object /.test(recorded) ? [`${urn} records ${recorded}`] : [];
    const providers = pending === undefined ? [inputs.__provider, outputs.__provider] : [inputs.__provider];
    const unfit = providers.filter((text) => typeof text !== "string" || Buffer.byteLength(text) > 200);
    return [...absent, ...unfit.map((text) => `${urn} has the provider ${text}`)];
  });
}

function repeated(acts: readonly string[]): readonly string[] {
  return acts.filter((act, index) => {
    const before = acts.slice(0, index);
    // What was taken once was sent twice, also where the array refused it the second time.
    return before.includes(act) || before.includes(act.replace(/ \(refused\)$/, ""));
  });
}
