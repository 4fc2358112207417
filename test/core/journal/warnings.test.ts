import { expect, test } from "vitest";
import { journalWarnings } from "../../../provider/core/journal/warnings.ts";

test("every warning is shown once, reports what happened and what to do", () => {
  const shown: string[] = [];
  const warnings = journalWarnings((text) => shown.push(text));
  for (let time = 0; time < 3; time++) {
    warnings.onRunnerOnly("/root");
    warnings.notWritten(new Error("ENOSPC: no space left on device"));
    warnings.late("/root");
    warnings.unread(`/root/${time}.jsonl`);
  }
  expect(shown).toEqual([
    expect.stringMatching(/CI runner only \(\/root\).*Set `storage-migration:journal` to a folder that the pipeline/),
    expect.stringMatching(/^Could not write the journal \(ENOSPC: no space left on device\)\. The run continues/),
    expect.stringMatching(/^The journal \(\/root\) took longer than a second/),
    expect.stringMatching(/^Could not read \/root\/0\.jsonl/),
  ]);
});
