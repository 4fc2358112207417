import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, onTestFinished, test } from "vitest";
import { MigrationError } from "../../provider/core/errors.ts";
import { type RecordedResource, recordedResource } from "./recorded-resource.ts";
import type { HowTo, Situation } from "./situation.ts";
import { situations } from "./situations.ts";

const folder = new URL("state/", import.meta.url);
const textOf = (name: string) => readFileSync(new URL(`${name}.json`, folder), "utf8");

/** The first half of each file's SHA-256: who edits a record finds it here, and stops. */
const sums: Readonly<Record<string, string>> = {
  "import-adopted": "fce96e3cfc305e2d36b83f7410fb94b6",
  "import-agentless-gate": "b926ce4e8a66314574a4b9cdfef8ff4c",
  "import-completed": "6e5b27987d39d99c93a87184df5d4dd9",
  "import-cut-over": "047f2cdfe3c856b1ebd4a55770612919",
  "import-cutover-lost": "724c6e06536fd204b054619e22332860",
  "import-cutover-outcome-lost": "bc2572f9fa78eab6cd54f5452a3c10b6",
  "import-cutover-outcome-rejected": "e8fc544b972ba771d8f72718b4a05551",
  "import-cutover-refused": "b71bcd5e2d5b19083a2fa669e3e85dd3",
  "import-failed": "9545943775f18de3a1b6882adcef6d1b",
  "import-group": "51093e6e4761fe610e93fc25a15cc5d9",
  "import-held": "0ced32332a6267d7cebccea4639b218a",
  "import-ready": "81aea9b6421a7d4f88977775aac67d80",
  "import-timed-out": "9df74b9e97389999ea0711e10b627ad8",
  "import-wave-cutover": "480b46bcaca6bb7e4865060dbe09442f",
  "rec-answer-lost": "8579399155c1feda1b5f151b55eaec0b",
  "rec-forced": "7dccd25bc7b3cd08d5071144797d0f1c",
  "rec-let-go": "14764a93ddf25aa0b40d19e35f4013c1",
  "rec-membership": "6988258808376f115d656213091a15c5",
  "rec-modes": "0812a82ea1a2971fb830e77f12d9de5c",
  "rec-outcome-lost": "a15d2f25dfd8dfb568af5cf249130c43",
  "rec-partial": "5b61433ac53d425802e101faeff8d6e5",
  "rec-resume-failed": "c8ef8e02d60327f2c9457bc690425573",
  "rec-resumed": "347800bd0eac6ad2e5134cd92b50c6e6",
  "rec-reversed": "e80019ecb0a6512ee0245153574b7a6d",
  "rec-suspended": "71a0b11188557dcd4899ecc6c2c31c83",
  "rec-suspending": "8a7c4808e0c600a3fbc86ae4ef8cc95d",
};

test("the records are those that were written once, and none is without a situation", () => {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  const found = Object.fromEntries(
    names.map((file) => {
      const name = file.replace(".json", "");
      return [name, createHash("sha256").update(textOf(name)).digest("hex").slice(0, 32)];
    }),
  );
  expect(found).toEqual(sums);
  expect(Object.keys(sums).sort()).toEqual(Object.keys(situations).sort());
});

test("what stands under __provider is the same in every record and today: an upgrade is no diff", () => {
  const today = readFileSync(new URL("../../sdk/resource-options.ts", import.meta.url), "utf8");
  const [, before = "", after] = /__provider: `([^$]*)\$\{hooks\}([^`]*)`/.exec(today) ?? [];
  expect([before, after]).toEqual(['exports.handler=()=>require("pulumi-storage-migration/provider").', ""]);
  for (const [name] of Object.entries(situations)) {
    const { inputs, outputs } = recordedResource.parse(JSON.parse(textOf(name)));
    const text = `${before}${name.startsWith("import") ? "importSession" : "recSessionGroup"}`;
    expect([inputs.__provider, outputs.__provider]).toEqual([text, text]);
  }
});

describe.each(Object.entries(situations))("the record %s", (name, howTo) => {
  test("is checked, and its preview finds what there is to do", async () => {
    const { situation, resource } = await recalled(name, howTo);
    expect(await previewed(situation, resource)).toBe(howTo.preview);
    expect(situation.said()).toEqual(howTo.said ?? []);
    expect(situation.written()).toEqual([]);
  });

  test("is refreshed to what it says, under its id", async () => {
    const { situation, resource } = await recalled(name, howTo);
    const { id, props = {} } = (await situation.stack.hooks.read?.(resource.id, resource.outputs)) ?? {};
    expect(id).toBe(resource.id);
    // What says when something was seen, or how far it is, may have moved on.
    const lasting = ["sessionId", "destinationResourceId", "destinationResourceType", "adopted"];
    const kept = [...lasting, ...Object.keys(resource.inputs)].filter((key) => key in resource.outputs);
    for (const key of kept) expect(props[key], key).toEqual(resource.outputs[key]);
    expect(props.actions).toEqual(howTo.actions ?? resource.outputs.actions ?? []);
    expect(situation.sent()).toEqual([]);
  });

  test.runIf(howTo.preview !== "refused")(
    "is updated without sending again what was sent, and then there is nothing left to do",
    async () => {
      const { situation, resource } = await recalled(name, howTo);
      const { timeouts: _, ...inputs } = todays(resource.inputs);
      const { outs = {} } = (await situation.stack.hooks.update?.(resource.id, resource.outputs, inputs)) ?? {};
      expect(situation.sent()).toEqual(howTo.up ?? []);
      expect(await previewed(situation, { ...resource, inputs, outputs: outs })).toBe("same");
    },
  );

  test("is deleted, and the array is as it was found, but for what was let go", async () => {
    const { situation, resource } = await recalled(name, howTo);
    await situation.pass(howTo.settlesAfterMs ?? 0);
    await situation.stack.hooks.delete?.(resource.id, resource.outputs);
    expect(situation.sent()).toEqual(howTo.destroy);
    expect(situation.shows()).toBe(howTo.leaves?.(situation.asFound) ?? situation.asFound);
  });

  test("is read with keys that nobody knows, at the top and inside", async () => {
    const { situation, resource } = await recalled(name, howTo);
    const outputs = Object.fromEntries(
      Object.entries({ ...resource.outputs, fromNewer: { a: [1] } }).map(([key, value]) => [
        key,
        Array.isArray(value) && !(key in resource.inputs) ? value.map(withUnknownKey) : value,
      ]),
    );
    expect(await previewed(situation, { ...resource, outputs })).toBe(howTo.preview);
    await situation.pass(howTo.settlesAfterMs ?? 0);
    await situation.stack.hooks.delete?.(resource.id, outputs);
  });

  test("is read without any one of its outputs, as a release before that output would have left it", async () => {
    const { situation, resource } = await recalled(name, howTo);
    const outputs = Object.keys(resource.outputs).filter((key) => !(key in resource.inputs));
    expect(outputs.length).toBeGreaterThan(3);
    for (const missing of outputs) {
      const { [missing]: _, ...others } = resource.outputs;
      await expect(previewed(situation, { ...resource, outputs: others }), missing).resolves.toBeDefined();
    }
  });
});

/** The array as it was when the record was written, and the record with this array's address and its name for the session. */
async function recalled(name: string, { begin }: HowTo) {
  const situation = await begin();
  onTestFinished(() => situation.close());
  const old = recordedResource.parse(JSON.parse(textOf(name)));
  let text = textOf(name);
  if (situation.sessionId !== undefined) text = text.replaceAll(old.id, situation.sessionId);
  const { endpoint } = old.outputs;
  if (typeof endpoint === "string") text = text.replaceAll(endpoint, situation.endpoint);
  return { situation, resource: recordedResource.parse(JSON.parse(text)) };
}

async function previewed(situation: Situation, resource: RecordedResource): Promise<HowTo["preview"]> {
  return decided(situation, resource).catch((error: unknown) => {
    if (error instanceof MigrationError) return "refused";
    throw error;
  });
}

async function decided({ stack: { hooks } }: Situation, resource: RecordedResource): Promise<HowTo["preview"]> {
  const news = todays(resource.inputs);
  const { failures } = (await hooks.check?.(resource.inputs, news)) ?? {};
  expect(failures).toEqual([]);
  const { changes, replaces = [] } = (await hooks.diff?.(resource.id, resource.outputs, news)) ?? {};
  expect(replaces).toEqual([]);
  return changes === true ? "update" : "same";
}

/** The inputs as today's program declares the same: a group names its target state, and its direction seen from the array. */
function todays(inputs: RecordedResource["inputs"]): RecordedResource["inputs"] {
  const { targetState = "Suspend", direction, ...others } = inputs;
  if (!("copySessionIds" in inputs)) return inputs;
  const absolute = direction === "Reversed" ? "RemoteToLocal" : direction;
  return { ...others, targetState, ...(direction === undefined ? {} : { direction: absolute }) };
}

function withUnknownKey(item: unknown): unknown {
  return typeof item === "object" && item !== null ? { ...item, fromNewer: true } : item;
}
