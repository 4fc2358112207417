import { describe, expect, test } from "vitest";
import { partlyKnown, unknownValue } from "../../../../provider/core/inputs.ts";
import {
  announcePartlyKnown,
  reviewPartlyKnown,
} from "../../../../provider/powerstore/import-session/preview/partly-known.ts";
import { sampleInputs, sampleRecord, sampleUrn } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const completed = { targetState: "Import_Completed" };
const irreversible = "irreversible; the source no longer kept in sync";
const fromUnknown = { ...sampleInputs(), sourceResourceId: unknownValue };
const announced = (inputs: object) => announcePartlyKnown(partlyKnown({ ...inputs }), nowMs);

describe("a preview in which not all inputs of a new session are known", () => {
  test.each<[string, object, string]>([
    ["of a source that is not known", { ...fromUnknown, ...completed }, `cutover: ${irreversible}`],
    [
      "of a known source",
      { ...sampleInputs(), ...completed, volumeGroupId: unknownValue },
      "cutover: irreversible; source sv_42 no longer kept in sync",
    ],
    [
      "behind a gate that is not known",
      { ...fromUnknown, ...completed, cutoverWindow: { notBefore: unknownValue }, cutoverApproval: unknownValue },
      `cutover, unless cutoverWindow or cutoverApproval holds it: ${irreversible}`,
    ],
    [
      "that may be paused",
      { ...fromUnknown, ...completed, paused: unknownValue },
      `cutover, unless paused holds it: ${irreversible}`,
    ],
    [
      "of a wave whose copies are not made",
      {
        resourceUrn: sampleUrn,
        sessionId: unknownValue,
        ...completed,
        wave: { part: "cutover", hold: unknownValue, isApprovalAsked: false },
      },
      `cutover, unless the wave holds it: ${irreversible}`,
    ],
    [
      "of a session that is not known and may be the approved one",
      { resourceUrn: sampleUrn, sessionId: unknownValue, ...completed, cutoverApproval: "7" },
      `cutover, unless cutoverApproval holds it: ${irreversible}`,
    ],
    [
      "by the array itself",
      { ...fromUnknown, ...completed, automaticCutover: true },
      `automatic cutover: ${irreversible}`,
    ],
    [
      "within a window that is known",
      { ...fromUnknown, ...completed, cutoverWindow: { notBefore: "2030-01-02T00:00:00Z" } },
      `cutover (not before 2030-01-02T00:00:00Z): ${irreversible}`,
    ],
  ])("warns of a cutover %s", (_, inputs, says) => {
    expect(announced(inputs)).toEqual({ plan: says, warnings: [says] });
  });

  test.each<[string, object]>([
    ["no cutover is declared", fromUnknown],
    ["the target is not known", { ...fromUnknown, targetState: unknownValue }],
    ["a pause is declared", { ...fromUnknown, ...completed, paused: true }],
  ])("says nothing of a cutover where %s", (_, inputs) => {
    expect(announced(inputs)).toEqual({ plan: undefined, warnings: [] });
  });

  test.each<[object, string]>([
    [{ cutoverApproval: "" }, "held until approved: set cutoverApproval to the session's id"],
    [{ wave: { part: "cutover", hold: "until approved" } }, "held: until approved"],
  ])("says on the row, and not as a warning, what is known to hold the cutover: %j", (gate, says) => {
    const inputs = { resourceUrn: sampleUrn, sessionId: unknownValue, ...completed, ...gate };
    const later = `once nothing holds it, an \`up\` cuts over: ${irreversible}`;
    expect(announced(inputs)).toEqual({ plan: `${says}; ${later}`, warnings: [] });
  });

  test("warns of a cancel by force", () => {
    expect(announced({ ...fromUnknown, forceCancel: true }).warnings.join()).toContain("destroy: force cancel");
  });
});

describe("a preview in which not all inputs of a recorded session are known", () => {
  const wave = { part: "cutover", hold: unknownValue, isApprovalAsked: false };
  const partly = partlyKnown({ resourceUrn: sampleUrn, sessionId: "7", ...completed, wave });

  test("warns of its cutover", () => {
    expect(reviewPartlyKnown(partly, sampleRecord({ state: "Ready_For_Cutover" }), nowMs).warnings).toEqual([
      `cutover, unless the wave holds it: ${irreversible}`,
    ]);
  });

  test.each(["Import_Completed", "Cancelled", "Failed"])("says nothing of one that is %s", (state) => {
    expect(reviewPartlyKnown(partly, sampleRecord({ state }), nowMs)).toEqual({ warnings: [] });
  });
});
