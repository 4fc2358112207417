import { describe, expect, test } from "vitest";
import { creationInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { sampleSession } from "../samples.ts";
import { diffed } from "./previewing.ts";

const names = creationInputs.filter((name) => name !== "scheduledTimestamp");
const again = "another session is created, and the copy starts again";

describe("another session", () => {
  test.each(names)("is needed when %s changes", async (name) => {
    const row = `replaced because of ${name}: session 7 is cancelled, and the copy starts again`;
    expect(await diffed({}, {}, { changed: [name] })).toMatchObject({
      changes: true,
      replaces: [name],
      text: { row, warnings: [row] },
    });
  });

  test("is needed when another one is adopted", async () => {
    const adopted = { adopted: true };
    expect(await diffed(adopted, { sessionId: "8" })).toMatchObject({
      replaces: ["sessionId"],
      text: { warnings: ["replaced because of sessionId: adopted session 7 is cancelled, and the copy starts again"] },
    });
  });

  test("is needed on another array, and what becomes of the one that is left is said, too", async () => {
    expect(await diffed({}, { array: "east" }, { shown: [sampleSession("Copy_In_Progress")] })).toMatchObject({
      replaces: ["array"],
      text: { warnings: ["replaced because of array: session 7 is cancelled, and the copy starts again"] },
    });
    const forced = { forceCancel: true };
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

  test.each([
    [
      { forceCancel: true },
      " with force (if the source or the hosts are unreachable, the import ends without a rollback)",
    ],
    [
      { forceCancelAfter: 60_000 },
      ", with force if needed (if the source or the hosts are unreachable, the import ends without a rollback)",
    ],
  ])("cancels the old one as it was declared: %j", async (before, how) => {
    const { text } = await diffed({}, { sessionName: "erp" }, { before, changed: ["sessionName"] });
    expect(text.row).toBe(`replaced because of sessionName: session 7 is cancelled${how}, and the copy starts again`);
  });

  test("in the place of one that is over leaves nothing to cancel", async () => {
    expect((await diffed({ state: "Failed" }, {}, { changed: ["sessionName"] })).text.row).toBe(
      `replaced because of sessionName: ${again}`,
    );
  });

  test.each(["Failed", "Cancelled"])(
    "takes the place of one that is %s, and preview says that the copy starts again",
    async (state) => {
      const row = `replaced because of state (${state}): ${again}`;
      expect(await diffed({ state }, {}, { changed: [] })).toMatchObject({
        changes: true,
        replaces: ["state"],
        text: { row, warnings: [row] },
      });
    },
  );

  test.each(["Failed", "Cancelled"])("never takes the place of an adopted one that is %s", async (state) => {
    expect(await diffed({ state, adopted: true }, {}, { changed: [] })).toMatchObject({ changes: true, replaces: [] });
  });

  test("of a wave's copy takes its cutover along", async () => {
    const wave = { part: "cutover", hold: "", isApprovalAsked: false } as const;
    expect((await diffed({ adopted: true }, { sessionId: "8", wave })).text.row).toBe(
      "the wave's copy has another session: that one is cut over instead",
    );
  });
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
