import { expect, test } from "vitest";
import { consents } from "../../../../provider/powerstore/import-session/inputs.ts";
import { type GivenUp, whyKept } from "../../../../provider/powerstore/import-session/plan/consent.ts";
import { sampleInputs, sampleRecord, sampleSession } from "../samples.ts";

const old = (changes: Partial<GivenUp> = {}): GivenUp => ({
  id: "7",
  session: sampleSession("Copy_In_Progress"),
  members: [],
  recorded: sampleRecord({ state: "Copy_In_Progress" }),
  sourceResourceId: "sv_42",
  ...changes,
});
const kept = (changes: Partial<GivenUp>, copyAgain?: string) => whyKept(old(changes), sampleInputs({ copyAgain }));

test("consent names one id, and an input that is left out or empty names none", () => {
  expect([consents({ copyAgain: "7" }, "7"), consents({ copyAgain: "7" }, "8"), consents({}, "7")]).toEqual([
    true,
    false,
    false,
  ]);
  expect(consents({}, "")).toBe(false);
});

test("a session is kept without consent, also where only the array tells of it", () => {
  for (const changes of [{}, { recorded: undefined }]) {
    expect(kept(changes)?.reason).toContain("its copy would be thrown away");
    expect(kept(changes, "7")).toBeUndefined();
  }
});

test("a session that vanished before any cutover is not kept, and one that vanished after it is", () => {
  expect(kept({ session: undefined })).toBeUndefined();
  const cutOver = { at: "2030-01-01T00:00:00.000Z", by: "sent" } as const;
  const recorded = sampleRecord({ cutOver });
  expect(kept({ session: undefined, recorded })?.reason).toBe(
    "import session 7 of source sv_42 is no longer on the array, and was last Ready_For_Cutover, cut over at 2030-01-01T00:00:00.000Z, and a cutover is for ever",
  );
  expect(kept({ session: undefined, recorded }, "7")).toBeUndefined();
});

test("a vanished group that is partly over names the members that are left by its record", () => {
  const members = [
    { sessionId: "8", state: "Import_Completed", sourceResourceId: "sv_51" },
    { sessionId: "9", state: "Failed" },
  ];
  const recorded = sampleRecord({ state: "Failed", members });
  expect(kept({ session: undefined, recorded }, "7")?.next).toContain("declare each of them: the source of session 9.");
});

test("a group that is wholly imported is made again with consent", () => {
  const members = [sampleSession("Import_Completed", { id: "8" })];
  const session = sampleSession("Import_Completed");
  const recorded = sampleRecord({ state: "Import_Completed" });
  expect(kept({ session, members, recorded })).toBeDefined();
  expect(kept({ session, members, recorded }, "7")).toBeUndefined();
});
