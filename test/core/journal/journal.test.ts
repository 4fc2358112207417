import { expect, test } from "vitest";
import { silentJournal } from "../../../provider/core/journal/journal.ts";
import { sending, urn } from "./entries.ts";

test("the silent journal takes every fact and keeps none", async () => {
  await silentJournal.write(sending);
  expect(await silentJournal.read(urn)).toEqual([]);
});
