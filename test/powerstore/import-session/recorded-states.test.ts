import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { splitProperties } from "../../../provider/core/pulumi/own-inputs.ts";
import { readRecorded } from "../../../provider/core/pulumi/recorded.ts";
import { certainStep } from "../../../provider/core/reconcile/step.ts";
import { importSessionResource } from "../../../provider/powerstore/import-session/resource.ts";
import { recordedResource } from "../../contract/recorded-resource.ts";
import { arrayShowing } from "./shown-array.ts";

const folder = new URL("../../contract/state/", import.meta.url);
const resource = importSessionResource(() => arrayShowing([]));
const nowMs = Date.UTC(2030, 0, 1);

const recordOf = (name: string) =>
  recordedResource.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")));

/** What an update, and a destroy, of what a release has recorded plan first, as if the array showed what is recorded. */
const plans: Readonly<Record<string, readonly [update: string, destroy: string]>> = {
  "import-adopted": ["settled: Ready_For_Cutover", "act: cancelling"],
  "import-agentless-gate": [
    "held: held: start the application on the destination volume, then set hostSteps.destinationStarted to true",
    "act: cancelling",
  ],
  "import-completed": ["settled: Import_Completed", "act: removing the record"],
  "import-cut-over": ["act: cutting over", "act: cancelling"],
  "import-cutover-lost": ["act: cutting over", "act: cancelling"],
  "import-cutover-outcome-lost": ["act: cutting over", "act: cancelling"],
  "import-cutover-outcome-rejected": ["act: cutting over", "act: cancelling"],
  "import-cutover-refused": ["act: cutting over", "act: cancelling"],
  "import-failed": [
    "stuck: the session is Failed: 0xE0201010001 The connection to the source was lost.",
    "act: removing the record",
  ],
  "import-group": ["settled: Ready_For_Cutover", "act: cancelling"],
  "import-held": [
    'held: held until approved: set cutoverApproval to { code: "5eba9cf4-1df9-43b4-8ff0-0d0882a63bf1" }',
    "act: cancelling",
  ],
  "import-ready": ["settled: Ready_For_Cutover", "act: cancelling"],
  "import-timed-out": ["wait: copying", "act: cancelling"],
  "import-wave-cutover": ['held: held: until approved: set the wave\'s cutoverApproval to "wave"', "act: cancelling"],
};

test("every record of an import is among them", () => {
  const names = readdirSync(folder).filter((name) => name.startsWith("import-"));
  expect(names.map((name) => name.replace(".json", "")).sort()).toEqual(Object.keys(plans).sort());
});

describe.each(Object.entries(plans))("the record %s", (name, [update, destroy]) => {
  const {
    id,
    inputs: given,
    outputs,
  } = recordedResource.parse(JSON.parse(readFileSync(new URL(`${name}.json`, folder), "utf8")));
  const { urn, recorded, inputs } = readRecorded(resource.schemas, id, outputs);
  const target = {
    urn,
    operation: { kind: "update", before: inputs },
    inputs,
    unknown: [],
    recorded,
    isPreview: true,
  } as const;
  const observed = resource.assume(target);
  const moment = { nowMs, isNow: true } as const;

  test("is read with its inputs, and passes the check of today", () => {
    expect(recorded.state.sessionId).toBe(id);
    expect(recorded.state.actions.length).toBe(Array.isArray(outputs.actions) ? outputs.actions.length : 0);
    expect(resource.schemas.inputs.safeParse(splitProperties(given).rest).error).toBeUndefined();
  });

  test("is planned from where it was left", () => {
    const step = certainStep(resource.plan(target, observed, moment));
    expect(`${step.kind}: ${step.reason}`).toBe(update);
    const deleted = { ...target, operation: { kind: "delete" } } as const;
    const cancel = certainStep(resource.planDelete(deleted, observed, moment));
    expect(`${cancel.kind}: ${cancel.reason}`).toBe(destroy);
  });

  test("is recorded as it was: nothing is lost, and nothing appears that was not there", () => {
    const { state } =
      resource.record(observed, target, { entries: recorded.state.actions, step: undefined, nowMs }) ?? {};
    expect(state).toMatchObject({ sessionId: id, adopted: recorded.state.adopted, actions: recorded.state.actions });
  });
});

test.each(["import-completed", "import-cutover-lost", "import-cutover-refused"])(
  "the cutover that is recorded in %s uses up the opportunity that it names",
  (name) => {
    const { id, outputs } = recordOf(name);
    const { urn, recorded, inputs } = readRecorded(resource.schemas, id, outputs);
    const operation = { kind: "update", before: inputs } as const;
    const target = { urn, operation, inputs, unknown: [], recorded, isPreview: true };
    expect(resource.actions.recent?.(target, [])).toEqual([
      { dedupeKey: `cutover ${id} from Ready_For_Cutover`, atMs: expect.any(Number) },
    ]);
  },
);
