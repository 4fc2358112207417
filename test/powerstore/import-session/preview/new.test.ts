import { describe, expect, test } from "vitest";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { hostWork } from "../../../../provider/powerstore/import-session/plan/held.ts";
import { announced, previewedAtMs } from "./previewing.ts";

const bothSteps = `${hostWork.sourceStopped}; later ${hostWork.destinationStarted}`;

const cutover = "cut over (irreversible): source sv_42 will no longer be kept in sync";
const create = "create session erp-prod-orders";
const toCompletion = { targetState: "Import_Completed" } as const;
const hourMs = 3_600_000;
/** The inputs of a session that is adopted. */
const adopting = { remoteSystemId: undefined, sourceResourceId: undefined, type: undefined } as const;
const anySource = "cut over (irreversible): the source will no longer be kept in sync";

describe("a new session shows, by its inputs alone,", () => {
  test.each<[string, Partial<ImportSessionInputs>, string, readonly string[]]>([
    ["what is created and where it rests", {}, `${create}; then rest at Ready_For_Cutover`, []],
    ["its name", { sessionName: "erp-db" }, "create session erp-db; then rest at Ready_For_Cutover", []],
    ["its cutover", toCompletion, `${create}; then ${cutover}`, [cutover]],
    [
      "that an approval holds it, an empty one among them",
      { ...toCompletion, cutoverApproval: { code: "" } },
      `${create}; then held until approved: set cutoverApproval to { code: the session's id }`,
      [],
    ],
    [
      "that a window has closed",
      { ...toCompletion, cutoverWindow: { notAfter: previewedAtMs } },
      `${create}; then held: the cutover window closed at 2030-01-01T00:00:00Z`,
      [],
    ],
    ["where people are waited for first", { type: "Agentless" }, `${create}; then ${bothSteps}`, []],
    [
      "where people are waited for next",
      { type: "Agentless", hostSteps: { sourceStopped: true, destinationStarted: false } },
      `${create}; then enable the destination volume; then ${hostWork.destinationStarted}`,
      [],
    ],
    [
      "what is sent once they have done their work",
      { type: "Agentless", hostSteps: { sourceStopped: true, destinationStarted: true } },
      `${create}; then enable the destination volume; then start the copy; then rest at Ready_For_Cutover`,
      [],
    ],
    [
      "when it starts, and that it is paused",
      { ...toCompletion, scheduledTimestamp: previewedAtMs + 60_000, paused: true },
      `${create}, start at 2030-01-01T00:01:00Z; then pause the copy; then held: paused as declared; set paused to false to continue`,
      [],
    ],
    [
      "that a start has passed",
      { scheduledTimestamp: previewedAtMs },
      `${create}, start at once (2030-01-01T00:00:00Z has passed); then rest at Ready_For_Cutover`,
      ["the scheduled start has passed: the import starts at once"],
    ],
    [
      "that the array cuts over",
      { ...toCompletion, automaticCutover: true },
      create,
      ["automatic cutover (irreversible): source sv_42 will no longer be kept in sync"],
    ],
  ])("%s", async (_, inputs, row, warnings) => {
    expect(await announced(inputs)).toEqual({ row, warnings });
  });

  test("both ends of a window that opens while the copy may still run", async () => {
    const cutoverWindow = { notBefore: previewedAtMs + hourMs, notAfter: previewedAtMs + 2 * hourMs };
    const condition = "ready between 2030-01-01T01:00:00Z and 2030-01-01T02:00:00Z";
    const held = "held: the cutover window is open from 2030-01-01T01:00:00Z to 2030-01-01T02:00:00Z only";
    expect(await announced({ ...toCompletion, cutoverWindow })).toEqual({
      row: `${create}; then if ${condition}: ${cutover}; otherwise ${held}`,
      warnings: [`if ${condition}: ${cutover}`],
    });
  });

  test("that destroy would use force", async () => {
    expect((await announced({ forceCancel: true })).warnings).toEqual([
      expect.stringMatching(/^on destroy: the import is force-cancelled; /),
    ]);
    expect((await announced({ forceCancelAfter: 1 })).warnings).toEqual([
      expect.stringMatching(/^on destroy: the import is force-cancelled if the graceful cancel fails/),
    ]);
  });
});

describe("a session to adopt that cannot be read", () => {
  test("is taken to be at its beginning, so that its cutover is a warning", async () => {
    expect(await announced({ ...adopting, sessionId: "7", ...toCompletion })).toEqual({
      row: `wait: the session was not read yet; then ${anySource}`,
      warnings: [anySource],
    });
  });

  test("is never created", async () => {
    const { row } = await announced({
      ...adopting,
      sessionId: "7",
      hostSteps: { sourceStopped: true, destinationStarted: true },
    });
    expect(row).toBe(
      "wait: the session was not read yet; then enable the destination volume; then start the copy; then rest at Ready_For_Cutover",
    );
  });
});

describe("a preview in which not all inputs of a new session are known", () => {
  const wave = { part: "cutover", hold: "", isApprovalAsked: false } as const;

  test.each<[string, Partial<ImportSessionInputs>, readonly string[], string]>([
    ["of a source that is not known", { sourceResourceId: undefined }, ["sourceResourceId"], anySource],
    ["of a known source", {}, ["volumeGroupId"], cutover],
    ["that an approval may hold", {}, ["cutoverApproval"], `if cutoverApproval does not hold it: ${cutover}`],
    ["that a pause may hold", {}, ["paused"], `if paused does not hold it, and paused does not hold it: ${cutover}`],
    [
      "of a wave whose copies are not made",
      { ...adopting },
      ["sessionId", "wave"],
      `if the wave does not hold it: ${anySource}`,
    ],
    [
      "of a session that is not known and may be the approved one",
      { ...adopting, cutoverApproval: { code: "7" } },
      ["sessionId"],
      `if cutoverApproval does not hold it: ${anySource}`,
    ],
    [
      "of a wave whose members may not be ready",
      { ...adopting, wave },
      ["sessionId"],
      `if all members of the wave are ready: ${anySource}`,
    ],
    [
      "by the array itself",
      { automaticCutover: true },
      ["volumeGroupId"],
      "automatic cutover (irreversible): source sv_42 will no longer be kept in sync",
    ],
    [
      "within a window that is known",
      { cutoverWindow: { notBefore: previewedAtMs + hourMs } },
      ["volumeGroupId"],
      `if ready after 2030-01-01T01:00:00Z: ${cutover}`,
    ],
  ])("warns of a cutover %s", async (_, inputs, unknown, warning) => {
    expect((await announced({ ...toCompletion, ...inputs }, unknown)).warnings).toEqual([warning]);
  });

  test("warns of a cutover also while the target is not known: it may ask for one", async () => {
    expect((await announced({}, ["targetState"])).warnings).toEqual([`if targetState asks for it: ${cutover}`]);
  });

  test.each<[string, Partial<ImportSessionInputs>]>([
    ["no cutover is declared", {}],
    ["a pause is declared", { ...toCompletion, paused: true }],
  ])("says nothing of a cutover where %s", async (_, inputs) => {
    const { row, warnings } = await announced(inputs, ["volumeGroupId"]);
    expect(warnings).toEqual([]);
    expect(row).not.toContain("cut over");
  });

  test.each<[Partial<ImportSessionInputs>, string]>([
    [{ cutoverApproval: { code: "" } }, "held until approved: set cutoverApproval to { code: the session's id }"],
    [{ wave: { ...wave, hold: "until approved" } }, "held: until approved"],
  ])("says on the row, and not as a warning, what is known to hold the cutover: %j", async (gate, held) => {
    expect(await announced({ ...adopting, ...toCompletion, ...gate }, ["sessionId"])).toEqual({
      row: `wait: the session was not read yet; then ${held}`,
      warnings: [],
    });
  });

  test("warns of a cancel with force", async () => {
    const { warnings } = await announced({ forceCancel: true }, ["sourceResourceId"]);
    expect(warnings.join()).toContain("force-cancelled");
  });
});
