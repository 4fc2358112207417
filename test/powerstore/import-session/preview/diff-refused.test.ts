import { describe, expect, test } from "vitest";
import { creationInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { refuseReplacement } from "../../../../provider/powerstore/import-session/preview/diff.ts";
import { targetStates } from "../../../../provider/powerstore/import-session/states.ts";
import { sampleInputs, sampleRecord } from "../samples.ts";
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

describe("another session in the place of a completed import", () => {
  const names = ["array", "sessionId", ...creationInputs.filter((name) => name !== "scheduledTimestamp")];
  const complete = { state: "Import_Completed" };

  test.each(names)("is refused: %s", async (name) => {
    expect((await diffed(complete, {}, { changed: [name] })).refusal).toMatchObject({
      kind: "input",
      message: expect.stringMatching(
        new RegExp(`create another session because of ${name}.*import session 7 is complete.*declare another resource`),
      ),
    });
  });

  test.each(["Ready_For_Cutover", "Copy_In_Progress", "Failed", "Cancelled"])(
    "but not of one that is %s",
    async (state) => {
      expect(await diffed({ state }, {}, { changed: ["sessionName"] })).toMatchObject({
        replaces: ["sessionName"],
        refusal: undefined,
      });
    },
  );

  test("is refused also when its record was removed from the array", async () => {
    expect((await diffed(complete, {}, { changed: ["sessionName"], shown: [] })).refusal).toMatchObject({
      message: expect.stringContaining("import session 7 is complete."),
    });
  });

  test("is refused of a wave's copy that may have been cut over and cleared away", async () => {
    const asked = { changed: ["description"], shown: [] };
    expect((await diffed({}, { wave: { part: "copy" } }, asked)).refusal).toMatchObject({
      message: expect.stringContaining("import session 7 is complete, or gone"),
    });
  });
});

describe("what Pulumi was told to replace", () => {
  const refused = (state: string, sessionId: string | undefined) =>
    refuseReplacement({ id: "7", state: sampleRecord({ state }) }, sampleInputs({ sessionId }))?.message;

  test("is not replaced once it is complete", () => {
    expect(refused("Import_Completed", undefined)).toContain("because of what Pulumi was told to replace");
    expect(refused("Import_Completed", "7")).toContain("import session 7 is complete");
  });

  test("is not cancelled for itself", () => {
    expect(refused("Copy_In_Progress", "7")).toContain("adopts the very session that would be cancelled for it");
  });

  test.each([
    ["Copy_In_Progress", undefined],
    ["Copy_In_Progress", "8"],
    ["Failed", "7"],
    ["Cancelled", undefined],
  ])("may be replaced otherwise: %s, by %s", (state, sessionId) => {
    expect(refused(state, sessionId)).toBeUndefined();
  });
});
