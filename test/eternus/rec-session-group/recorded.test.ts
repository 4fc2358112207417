import { readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { z } from "zod";
import { recordedGroupInputs } from "../../../provider/eternus/rec-session-group/inputs.ts";
import { recSessionGroupState } from "../../../provider/eternus/rec-session-group/recorded.ts";
import { group, shown, update } from "./sample-group.ts";

const folder = new URL("../../contract/state/", import.meta.url);
const record = z.object({ inputs: z.record(z.string(), z.unknown()), outputs: z.record(z.string(), z.unknown()) });

/** What a preview with the recorded inputs shows of each record, where the array cannot be read. */
const rows: Readonly<Record<string, string>> = {
  "rec-answer-lost": "wait: 0/2 suspended: copy sessions 0, 1: job 8192001 runs",
  "rec-forced": "1/1 suspended: nothing to send",
  "rec-let-go": "2/2 suspended: nothing to send",
  "rec-membership": "2/2 suspended: nothing to send",
  "rec-modes": "2/2 suspended: nothing to send",
  "rec-outcome-lost": "wait: 0/2 suspended: copy sessions 0, 1: job 8192001 runs",
  "rec-partial": "suspend copy session 1",
  "rec-resume-failed": "resume copy session 0",
  "rec-resumed": "2/2 equivalent: nothing to send",
  "rec-reversed": "2/2 suspended: nothing to send",
  "rec-suspended": "3/3 suspended: nothing to send",
  "rec-suspending": "wait: 0/2 suspended: copy sessions 0, 1: job 8192001 runs",
};

test("every group that an older release recorded is read, and planned", () => {
  const names = readdirSync(folder).filter((name) => name.startsWith("rec-"));
  const planned = names.map((name) => {
    const { inputs, outputs } = record.parse(JSON.parse(readFileSync(new URL(name, folder), "utf8")));
    const about = update(recordedGroupInputs.parse(inputs), recSessionGroupState.parse(outputs));
    return [name.replace(".json", ""), shown(about, group.assume(about)).row];
  });
  expect(Object.fromEntries(planned)).toEqual(rows);
});
