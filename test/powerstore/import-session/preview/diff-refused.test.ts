import { describe, expect, test } from "vitest";
import { creationInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { refuseReplacement } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import { targetStates } from "../../../../provider/powerstore/import-session/states.ts";
import { sampleInputs, sampleRecord, sampleSession } from "../samples.ts";
import { diffed } from "./previewing.ts";

const furthest = { targetState: "Import_Completed" } as const;

describe("a target behind what the session has reached", () => {
  // The targets that a session in this state is beyond.
  const beyond: Readonly<Record<string, readonly string[]>> = {
    Scheduled: [],
    Queued: [],
    In_Progress: [],
    Mirror_Enabled: [],
    Ready_To_Start_Copy: ["Mirror_Enabled"],
    Copy_In_Progress: ["Mirror_Enabled"],
    Paused: ["Mirror_Enabled"],
    Ready_For_Cutover: ["Mirror_Enabled", "Ready_To_Start_Copy"],
    Import_Completed: ["Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover"],
    Half_Way_There: [],
  };

  test.each(Object.entries(beyond))("is refused: a session that is %s cannot go back to %j", async (state, refused) => {
    const found: string[] = [];
    for (const targetState of targetStates) {
      const { refusal } = await diffed({ state }, { targetState }, { before: furthest });
      if (refusal !== undefined) found.push(targetState);
    }
    expect(found).toEqual(refused);
  });

  test("is refused with the session, where it is, and what to do", async () => {
    const { refusal, text } = await diffed(
      { state: "Import_Completed" },
      { targetState: "Ready_For_Cutover" },
      { before: furthest },
    );
    expect(refusal).toMatchObject({
      kind: "input",
      message: expect.stringMatching(
        /bring import session 7 back to Ready_For_Cutover.*the session is Import_Completed already/,
      ),
    });
    expect(text.warnings).toEqual([]);
  });

  test("is no retreat when it is further than what was declared before", async () => {
    const before = { targetState: "Mirror_Enabled" } as const;
    const { refusal } = await diffed({ state: "Import_Completed" }, {}, { before, changed: ["targetState"] });
    expect(refusal).toBeUndefined();
  });

  test("is left alone where nobody changed it: the array was brought on by hand", async () => {
    for (const targetState of targetStates)
      expect((await diffed({ state: "Import_Completed" }, { targetState }, { changed: [] })).refusal).toBeUndefined();
  });

  test("but before what is declared is taken: a cutover that is held can be called off", async () => {
    const held = { state: "Ready_For_Cutover", held: "held until approved" };
    const changed = ["targetState", "cutoverApproval"];
    expect(await diffed(held, {}, { before: furthest, changed })).toMatchObject({
      changes: true,
      replaces: [],
      text: { row: "Ready_For_Cutover: nothing to send", warnings: [] },
      refusal: undefined,
    });
  });
});

const names = [
  "array",
  "sessionId",
  ...creationInputs.filter((name) => name !== "scheduledTimestamp" && name !== "description"),
];
const consent = { copyAgain: "7" } as const;
const refusalOf = async (...asked: Parameters<typeof diffed>) => (await diffed(...asked)).refusal?.message;

describe("another session in the place of a copy", () => {
  test.each(names)("is refused without consent, with what is thrown away and the line to paste: %s", async (name) => {
    const shown = [sampleSession("Copy_In_Progress", { progress_percentage: 61, source_resource_id: "sv_42" })];
    const { refusal, text } = await diffed({ state: "Copy_In_Progress" }, {}, { changed: [name], shown });
    expect(refusal).toMatchObject({
      kind: "input",
      message:
        "PowerStore: could not replace import session 7: import session 7 of source sv_42 is Copy_In_Progress, 61%, and its copy would be thrown away. " +
        'Revert the change. To throw that copy away and copy again from the beginning, set copyAgain: "7".',
    });
    expect(text.warnings).toEqual([]);
  });

  test.each([
    "Scheduled",
    "Queued",
    "In_Progress",
    "Copy_In_Progress",
    "Paused",
    "Ready_For_Cutover",
    "Cancel_Required",
  ])("is made only where copyAgain names it: %s", async (state) => {
    const refused = async (copyAgain: string | undefined) =>
      (await refusalOf({ state }, { copyAgain }, { changed: ["sessionName"] })) !== undefined;
    expect([await refused(undefined), await refused("6"), await refused("7")]).toEqual([true, true, false]);
  });

  test("is refused while nobody knows yet whether copyAgain names it", async () => {
    const asked = { changed: ["sessionName", "copyAgain"], unknown: ["copyAgain"] };
    expect(await refusalOf({}, {}, asked)).toContain("its copy would be thrown away");
  });
});

describe("another session in the place of an import that was cut over", () => {
  const cutOver = { at: "2030-01-01T00:00:00.000Z", by: "sent" } as const;
  const forEver = "and a cutover is for ever";
  const sent = { act: "cutover", at: "2030-01-01T00:00:00.000Z", reason: "Ready_For_Cutover, wanted Import_Completed" };
  // Each is enough: the output, the log of an older release, the recorded state, a member of a group.
  const records = [
    { state: "Import_Completed" },
    { state: "Ready_For_Cutover", cutOver },
    { state: "Ready_For_Cutover", actions: [{ ...sent, outcome: "lost" as const }] },
    { state: "Failed", cutOver },
    { state: "Import_Completed_With_Errors" },
  ];

  test.each(names)("is refused: %s", async (name) => {
    for (const record of records) {
      expect(await refusalOf(record, {}, { changed: [name] })).toContain(forEver);
      expect(await refusalOf({ ...record, adopted: true }, {}, { changed: [name] })).toContain(forEver);
    }
  });

  test("is made only where copyAgain names it", async () => {
    for (const record of records) {
      const { replaces, refusal } = await diffed(record, consent, { changed: ["sourceResourceId"] });
      expect([replaces, refusal]).toEqual([["sourceResourceId"], undefined]);
    }
  });

  test("is no matter of a cutover that the array rejected", async () => {
    const rejected = { actions: [{ ...sent, outcome: "rejected" as const }] };
    expect(await refusalOf(rejected, {}, { changed: ["sessionName"] })).not.toContain(forEver);
  });

  test("is refused by one read that shows it, and consent to what was not over does not count for it", async () => {
    const asked = { changed: ["sessionName"], shown: [sampleSession("Import_Completed")] };
    expect(await refusalOf({}, {}, asked)).toContain(forEver);
    expect(await refusalOf({}, consent, asked)).toMatch(/it was cut over meanwhile\. Run `pulumi refresh`/);
    expect(await refusalOf({ state: "Import_Completed" }, consent, asked)).toBeUndefined();
  });

  test("is refused while the cutover is under way, whatever copyAgain names", async () => {
    for (const inputs of [{}, consent])
      expect(await refusalOf({ state: "Cutover_In_Progress", cutOver }, inputs, { changed: ["sessionName"] })).toMatch(
        /its cutover is under way\. Revert the change, and wait/,
      );
  });

  test("is refused of a group that is partly over, and the members that are left are named", async () => {
    const member = (id: string, state: string) =>
      sampleSession(state, { id, parent_session_id: "7", source_resource_id: `sv_${id}` });
    for (const state of ["Failed", "Import_Cutover_Incomplete", "Import_Completed_With_Errors", "Cancel_Failed"]) {
      const shown = [sampleSession(state), member("8", "Import_Completed"), member("9", "Failed")];
      expect(await refusalOf({ state }, consent, { changed: ["sessionName"], shown })).toMatch(
        /members of the group are imported\. .*declare each of them: sv_9\./,
      );
    }
    const failed = [sampleSession("Failed"), member("8", "Import_Completed"), member("9", "Failed")];
    expect(await refusalOf({ state: "Failed" }, consent, { changed: ["copyAgain"], shown: failed })).toContain("sv_9");
  });

  test("is refused also when its record was removed from the array", async () => {
    for (const record of records) {
      const { refusal } = await diffed(record, {}, { changed: ["sessionName"], shown: [] });
      expect(refusal?.message).toContain(`no longer on the array, and was last ${record.state}`);
      expect(await refusalOf(record, consent, { changed: ["sessionName"], shown: [] })).toBeUndefined();
    }
  });

  test("is not needed when that record is gone: nothing is created by itself", async () => {
    for (const record of records)
      expect(await diffed(record, {}, { changed: [], shown: [] })).toMatchObject({ replaces: [], refusal: undefined });
  });

  test("is refused of a wave's copy that may have been cut over and cleared away", async () => {
    const asked = { changed: ["sessionName"], shown: [] };
    expect((await diffed({}, { wave: { part: "copy" } }, asked)).refusal).toMatchObject({
      message: expect.stringContaining("import session 7 is complete, or gone"),
    });
  });
});

describe("what Pulumi was told to replace", () => {
  const refused = (record: Parameters<typeof sampleRecord>[0], inputs: Parameters<typeof sampleInputs>[0] = {}) =>
    refuseReplacement({ id: "7", state: sampleRecord(record) }, sampleInputs(inputs), sampleInputs())?.message;
  const cutOver = { at: "2030-01-01T00:00:00.000Z", by: "seen" } as const;

  test.each([{ state: "Import_Completed" }, { cutOver }, { state: "Failed", cutOver }, { adopted: true, cutOver }])(
    "is not replaced once it was cut over, unless copyAgain names it: %j",
    (record) => {
      expect(refused(record)).toContain("a cutover is for ever");
      expect(refused(record, { copyAgain: "6" })).toContain("a cutover is for ever");
      expect(refused(record, consent)).toBeUndefined();
    },
  );

  test.each(["Copy_In_Progress", "Ready_For_Cutover", "Failed", "Cancelled"])(
    "is not thrown away unless copyAgain names it: %s",
    (state) => {
      expect(refused({ state })).toContain("its copy would be thrown away");
      expect(refused({ state }, consent)).toBeUndefined();
    },
  );

  test("is not cancelled for itself", () => {
    expect(refused({ state: "Copy_In_Progress" }, { sessionId: "7", ...consent })).toContain(
      "adopts the very session that would be cancelled for it",
    );
  });

  test("is only released where it was adopted", () => {
    for (const sessionId of ["7", "8", undefined])
      expect(refused({ state: "Copy_In_Progress", adopted: true }, { sessionId })).toBeUndefined();
  });
});
