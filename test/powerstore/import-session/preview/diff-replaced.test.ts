import { describe, expect, test } from "vitest";
import { creationInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { sampleSession } from "../samples.ts";
import { diffed } from "./previewing.ts";

const names = creationInputs.filter((name) => name !== "scheduledTimestamp" && name !== "description");
const again = "another session is created, and the copy starts again";
const removed = "first cancel session 7; then remove the record of session 7";
const consent = { copyAgain: "7" } as const;

describe("another session", () => {
  test.each(names)("is needed when %s changes", async (name) => {
    const row = `replaced because of ${name}: ${again}; ${removed}`;
    expect(await diffed({}, consent, { changed: [name] })).toMatchObject({
      changes: true,
      replaces: [name],
      text: { row, warnings: [row] },
      refusal: undefined,
    });
  });

  test("is needed when another one is adopted: the one that was adopted is released, and nothing is sent", async () => {
    const adopted = { adopted: true };
    const released = "first adopted session 7 is released as it is (Ready_For_Cutover): nothing to send";
    expect(await diffed(adopted, { sessionId: "8" })).toMatchObject({
      replaces: ["sessionId"],
      text: { warnings: [`replaced because of sessionId: session 8 is adopted instead; ${released}`] },
      refusal: undefined,
    });
  });

  test("is needed on another array, and what becomes of the one that is left is said, too", async () => {
    const asked = { shown: [sampleSession("Copy_In_Progress")], before: consent, changed: ["array"] };
    expect(await diffed({}, { ...consent, array: "east" }, asked)).toMatchObject({
      replaces: ["array"],
      text: { warnings: [`replaced because of array: ${again}; ${removed}`] },
    });
    const forced = { ...consent, forceCancel: true };
    const { text } = await diffed({}, { ...forced, array: "east" }, { before: forced, changed: ["array"] });
    expect(text.warnings.join()).toContain("force cancel: if the source or the hosts are unreachable");
  });

  test("is needed also while other inputs are not known, and not because of one that is not known", async () => {
    const unknown = ["volumeGroupId"];
    expect(await diffed({}, {}, { changed: ["sourceResourceId", ...unknown], unknown })).toMatchObject({
      replaces: ["sourceResourceId"],
    });
    expect(await diffed({}, {}, { changed: unknown, unknown })).toMatchObject({ replaces: [] });
  });

  test("is not needed for what is done with the session", async () => {
    const changed = [
      "targetState",
      "paused",
      "hostSteps",
      "cutoverWindow",
      "cutoverApproval",
      "forceCancel",
      "forceCancelAfter",
      "timeouts",
      "scheduledTimestamp",
    ];
    expect(await diffed({}, {}, { changed })).toMatchObject({ changes: true, replaces: [] });
  });

  test("is not needed when the recorded session is now named by its id", async () => {
    const changed = ["sessionId", "remoteSystemId", "sourceResourceId", "type"];
    expect(await diffed({}, { sessionId: "7" }, { changed })).toMatchObject({ replaces: [] });
  });

  test("cancels the old one as it was declared, with force and without a rollback", async () => {
    const asked = { before: { forceCancel: true }, changed: ["sessionName"] };
    const { text } = await diffed({}, { ...consent, sessionName: "erp" }, asked);
    const forced = "first cancel session 7 with force; then remove the record of session 7";
    expect(text.row).toBe(`replaced because of sessionName: ${again}; ${forced}`);
    expect(text.warnings).toEqual([
      text.row,
      "force cancel: if the source or the hosts are unreachable, the import ends without a rollback",
    ]);
  });

  test("warns of the force that comes if the graceful cancel takes too long", async () => {
    const asked = { before: { forceCancelAfter: 60_000 }, changed: ["sessionName"] };
    const later = /^force cancel: sent if the graceful cancel fails or takes too long; .*without a rollback/;
    expect((await diffed({}, consent, asked)).text.warnings).toContainEqual(expect.stringMatching(later));
    for (const record of [{ state: "Failed" }, { adopted: true }])
      expect((await diffed(record, consent, asked)).text.warnings.join()).not.toContain("force cancel");
  });

  test("shows the forced cancel that a failed group of which members are left is sent first", async () => {
    const group = sampleSession("Failed", { destination_resource_type: "volume_group" });
    const left = sampleSession("Ready_For_Cutover", { id: "8", parent_session_id: "7" });
    const forced = { ...consent, forceCancel: true };
    const { text } = await diffed({ state: "Failed" }, forced, { changed: ["copyAgain"], shown: [group, left] });
    expect(text.row).toContain("first cancel session 7 with force");
    expect(text.warnings).toContainEqual(expect.stringContaining("force cancel: "));
  });

  test("in the place of one that is over leaves nothing to cancel", async () => {
    expect((await diffed({ state: "Failed" }, consent, { changed: ["sessionName"] })).text.row).toBe(
      `replaced because of sessionName: ${again}; first remove the record of session 7`,
    );
  });

  test.each(["Failed", "Cancelled"])(
    "takes the place of one that is %s where copyAgain names it, and preview says that the copy starts again",
    async (state) => {
      const row = `replaced because of copyAgain: ${again}; first remove the record of session 7`;
      expect(await diffed({ state }, consent, { changed: [] })).toMatchObject({
        changes: true,
        replaces: ["copyAgain"],
        text: { row, warnings: [row] },
        refusal: undefined,
      });
    },
  );

  test.each(["Failed", "Cancelled"])(
    "never takes the place of one that is %s by itself: preview fails with the array's error and the way out",
    async (state) => {
      const error = { code: "0xE0A07001001A", message_l10n: "The source volume is offline" };
      for (const copyAgain of [undefined, "6"]) {
        const shown = [sampleSession(state, { error })];
        const { replaces, refusal } = await diffed({ state }, { copyAgain }, { changed: [], shown });
        expect(replaces).toEqual([]);
        expect(refusal).toMatchObject({
          kind: "stuck",
          message: expect.stringMatching(
            `the session is ${state}: 0xE0A07001001A The source volume is offline\\. To throw its copy away .* set copyAgain: "7"`,
          ),
        });
      }
    },
  );

  test.each(["Failed", "Cancelled"])("never takes the place of an adopted one that is %s", async (state) => {
    expect(await diffed({ state, adopted: true }, { sessionId: "7" }, { changed: [] })).toMatchObject({
      changes: true,
      replaces: [],
      text: { warnings: [expect.stringContaining("Adopt another session, or declare the source")] },
    });
    const consented = await diffed({ state, adopted: true }, { sessionId: "7", ...consent }, { changed: [] });
    expect(consented.replaces).toEqual([]);
  });

  test("of a wave's copy takes its cutover along", async () => {
    const wave = { part: "cutover", hold: "", isApprovalAsked: false } as const;
    expect((await diffed({ adopted: true }, { sessionId: "8", wave })).text.row).toMatch(
      /^the wave's copy has another session: that one is cut over instead; first adopted session 7 is released/,
    );
  });

  test.each(["Scheduled", "Copy_In_Progress", "Ready_For_Cutover", "Import_Completed"])(
    "is not made because copyAgain alone changed: %s",
    async (state) => {
      const { replaces, refusal, text } = await diffed({ state }, { copyAgain: "7" });
      expect([replaces, refusal]).toEqual([[], undefined]);
      expect(text.row).not.toMatch(/cancel|create|remove|cut over/);
      expect(text.warnings).toEqual([expect.stringMatching(/^copyAgain names session 7: its copy stays until/)]);
      expect((await diffed({ state }, { copyAgain: "6" })).text.warnings).toEqual([]);
    },
  );
});

describe("a session that is gone", () => {
  const gone = { changed: [], shown: [] };

  test.each(["Ready_For_Cutover", "Copy_In_Progress", "Cancelled", "Not_Observed_Yet"])(
    "is replaced where this program created it: last seen %s",
    async (state) => {
      const row = "session 7 is not on the array any more: another one is created, and the copy starts again";
      expect(await diffed({ state }, {}, gone)).toMatchObject({
        changes: true,
        replaces: ["state"],
        text: { row, warnings: [row] },
        refusal: undefined,
      });
    },
  );

  test("is replaced also while inputs are not known", async () => {
    const unknown = { changed: ["paused"], unknown: ["paused"], shown: [] };
    expect(await diffed({}, {}, unknown)).toMatchObject({ changes: true, replaces: ["state"] });
  });

  test("is not replaced where it was adopted: an update says that it is gone", async () => {
    expect(await diffed({ adopted: true }, { sessionId: "7" }, gone)).toMatchObject({
      changes: true,
      replaces: [],
      text: { row: expect.stringContaining("would fail: the session does not exist any more") },
    });
  });

  test("is no loss once the import is complete: its record may be cleared away", async () => {
    expect(await diffed({ state: "Import_Completed" }, {}, gone)).toMatchObject({
      changes: false,
      replaces: [],
      text: { row: undefined, warnings: [] },
    });
  });

  test("may have been cut over by the other resource of its wave, if it was ready", async () => {
    const copy = { wave: { part: "copy" } } as const;
    expect(await diffed({ state: "Ready_For_Cutover" }, copy, gone)).toMatchObject({
      changes: false,
      replaces: [],
      text: { warnings: [expect.stringContaining("If it was cut over, nothing is lost")] },
    });
    expect(await diffed({ state: "Copy_In_Progress" }, copy, gone)).toMatchObject({ replaces: ["state"] });
  });
});
