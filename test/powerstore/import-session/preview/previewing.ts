import { previewCheck, previewDiff } from "../../../../provider/core/preview/preview.ts";
import type { Operation } from "../../../../provider/core/resource.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import type { RecordedImport } from "../../../../provider/powerstore/import-session/recorded.ts";
import { importSessionResource } from "../../../../provider/powerstore/import-session/resource.ts";
import type { WireSession } from "../../../../provider/powerstore/wire.ts";
import { virtualClock } from "../../../core/virtual-clock.ts";
import { sampleInputs, sampleRecord, sampleUrn } from "../samples.ts";
import { arrayShowing } from "../shown-array.ts";

export const previewedAtMs = Date.UTC(2030, 0, 1);

/** What a preview is asked about, beside the record and the inputs. */
interface Asked {
  /** The inputs of the last run. @default those of now */
  readonly before?: Partial<ImportSessionInputs>;
  /** @default all that are given */
  readonly changed?: readonly string[];
  readonly unknown?: readonly string[];
  /** What the array shows. @default it cannot be read: what is recorded is taken for it */
  readonly shown?: readonly WireSession[];
}

/** The diff of a session that is recorded so, against inputs of which these have changed. */
export function diffed(
  state: Partial<RecordedImport>,
  inputs: Partial<ImportSessionInputs> = {},
  { before = inputs, changed = Object.keys(inputs), unknown = [], shown }: Asked = {},
) {
  // A change that the story does not spell out is one to something else.
  const isOther = (name: string) => changed.includes(name) && !unknown.includes(name) && !(name in inputs);
  const others = Object.fromEntries(Object.entries(other).filter(([name]) => isOther(name)));
  const target = {
    urn: sampleUrn,
    operation: { kind: "update", before: sampleInputs(before) },
    inputs: sampleInputs({ ...others, ...inputs }),
    unknown,
    recorded: { id: "7", state: sampleRecord(state) },
    isPreview: true,
  } as const;
  return previewDiff(resourceOn(shown), target, sampleInputs(before), changed, means());
}

const other = { array: "east", remoteSystemId: "rs-2", sessionName: "another" } as const;

/** The check of something new, on an array that is not read. */
export function checked(
  inputs: Partial<ImportSessionInputs>,
  unknown: readonly string[] = [],
  operation: Operation<ImportSessionInputs> = { kind: "create" },
) {
  const target = {
    urn: sampleUrn,
    operation,
    inputs: sampleInputs(inputs),
    unknown,
    recorded: undefined,
    isPreview: true,
  };
  return previewCheck(resourceOn(undefined), target, means());
}

/** What the check of something new shows: its row, and its warnings. */
export async function announced(inputs: Partial<ImportSessionInputs>, unknown: readonly string[] = []) {
  const { texts } = await checked(inputs, unknown);
  return {
    row: texts.map(({ row }) => row).find((row) => row !== undefined),
    warnings: texts.flatMap(({ warnings }) => warnings),
  };
}

function resourceOn(shown: readonly WireSession[] | undefined) {
  const array = arrayShowing(shown ?? [], shown === undefined ? "off" : "enforce");
  const elsewhere = arrayShowing([], "off", undefined, "https://east.example.com");
  return importSessionResource((name) => (name === undefined ? array : elsewhere));
}

function means() {
  return { clock: virtualClock(), interruption: new AbortController().signal };
}
