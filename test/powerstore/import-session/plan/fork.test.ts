import { describe, expect, test } from "vitest";
import type { Foreseen, Moment, Step } from "../../../../provider/core/reconcile/step.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import type { ImportAction } from "../../../../provider/powerstore/import-session/plan/actions.ts";
import { hostWork } from "../../../../provider/powerstore/import-session/plan/held.ts";
import { planImport } from "../../../../provider/powerstore/import-session/plan/plan.ts";
import { sampleObserved, sampleSession, sampleTarget } from "../samples.ts";

const nowMs = Date.UTC(2030, 0, 1);
const hourMs = 3_600_000;
const now: Moment = { nowMs, isNow: true };
const later: Moment = { nowMs, isNow: false };
const toCompletion = { targetState: "Import_Completed" } as const;
const agentless = { type: "Agentless" } as const;

/** What is planned, in short: `if ready before 22:00: send cutover; otherwise held: …`. */
function planned(
  state: string,
  inputs: Partial<ImportSessionInputs>,
  moment: Moment,
  unknown: readonly string[] = [],
  members: readonly string[] = [],
): string {
  const type = inputs.type ?? "Non_Disruptive";
  const sessions = members.map((word, index) => sampleSession(word, { id: `m${index}`, type }));
  const observed = sampleObserved(sampleSession(state, { type }), sessions);
  return brief(planImport(sampleTarget(inputs, { unknown }), observed, moment));
}

function brief(foreseen: Foreseen<ImportAction>): string {
  if (foreseen.kind !== "fork") return briefStep(foreseen);
  return `if ${foreseen.condition}: ${briefStep(foreseen.step)}; otherwise ${briefStep(foreseen.otherwise)}`;
}

function briefStep(step: Step<ImportAction>): string {
  if (step.kind === "act") return `send ${step.actions.map(({ kind }) => kind).join(", ")}`;
  return step.kind === "held" ? step.reason : step.kind;
}

describe("a window", () => {
  const cutoverWindow = { notBefore: nowMs + hourMs, notAfter: nowMs + 2 * hourMs };
  const wanted = { ...toCompletion, cutoverWindow };
  const [opens, closes] = ["2030-01-01T01:00:00Z", "2030-01-01T02:00:00Z"];

  test("decides for certain what is planned now", () => {
    expect(planned("Ready_For_Cutover", wanted, now)).toBe(`held until ${opens}, when the cutover window opens`);
  });

  test("forks what is planned for a time that nobody knows, and names both ends", () => {
    expect(planned("Ready_For_Cutover", wanted, later)).toBe(
      `if ready between ${opens} and ${closes}: send cutover; otherwise held: the cutover window is open from ${opens} to ${closes} only`,
    );
  });

  test("means nothing before the cutover, and is named beside another gate that is closed", () => {
    expect(planned("Copy_In_Progress", wanted, later)).toBe("wait");
    expect(planned("Ready_For_Cutover", { cutoverWindow }, later)).toBe("settled");
    expect(planned("Ready_For_Cutover", { ...wanted, paused: true }, later)).toMatch(
      /^if ready between .*: held: paused .*; otherwise held: paused .*; held: the cutover window is open from/,
    );
    expect(planned("Ready_For_Cutover", { ...wanted, automaticCutover: true }, later)).toBe("wait");
  });
});

describe("what is not known yet", () => {
  const approval = 'held until approved: set cutoverApproval to { code: "7" }';

  test.each([
    ["cutoverWindow", "cutoverWindow does not hold it", "held: the cutover window is not open"],
    ["cutoverApproval", "cutoverApproval does not hold it", approval],
    ["wave", "the wave does not hold it", "held by the wave"],
    ["paused", "paused does not hold it", "held: paused as declared; set paused to false to continue"],
  ])("%s may hold a cutover, and may not", (name, condition, held) => {
    const expected = `if ${condition}: send cutover; otherwise ${held}`;
    expect(planned("Ready_For_Cutover", toCompletion, now, [name])).toBe(expected);
  });

  test("a target may ask for a cutover, and may not", () => {
    expect(planned("Ready_For_Cutover", {}, now, ["targetState"])).toBe(
      "if targetState asks for it: send cutover; otherwise settled",
    );
  });

  test("several are named together, with all that holds it otherwise", () => {
    expect(planned("Ready_For_Cutover", toCompletion, now, ["cutoverApproval", "wave"])).toBe(
      `if the wave does not hold it and cutoverApproval does not hold it: send cutover; otherwise held by the wave; ${approval}`,
    );
    expect(planned("Ready_For_Cutover", {}, now, ["targetState", "wave"])).toBe(
      "if the wave does not hold it and targetState asks for it: send cutover; otherwise settled",
    );
  });

  test("work at the hosts may be done, and may not", () => {
    expect(planned("Mirror_Enabled", agentless, now, ["hostSteps"])).toBe(
      `if hostSteps.sourceStopped is true: send enable_destination_volume; otherwise ${hostWork.sourceStopped}`,
    );
    expect(planned("Ready_To_Start_Copy", agentless, now, ["hostSteps"])).toBe(
      `if hostSteps.destinationStarted is true: send start_copy; otherwise ${hostWork.destinationStarted}`,
    );
  });

  test("a pause may be wanted, also of a group, and of a copy that is paused", () => {
    const paused = "if paused does not hold it: wait; otherwise send pause";
    expect(planned("Copy_In_Progress", {}, now, ["paused"])).toBe(paused);
    expect(planned("In_Progress", {}, now, ["paused"], ["Copy_In_Progress", "Ready_For_Cutover"])).toBe(paused);
    expect(planned("Paused", {}, now, ["paused"])).toMatch(
      /^if paused does not hold it: send resume; otherwise held: paused/,
    );
  });

  test("is not named where it decides nothing", () => {
    const all = ["paused", "hostSteps", "cutoverApproval", "cutoverWindow", "wave", "targetState"];
    expect(planned("Queued", {}, now, all)).toBe("wait");
    expect(planned("Import_Completed", {}, now, all)).toBe("settled");
    expect(planned("Failed", {}, now, all)).toBe("stuck");
    expect(planned("Mirror_Enabled", agentless, now, ["paused", "wave"])).toBe(
      `${hostWork.sourceStopped}; later ${hostWork.destinationStarted}`,
    );
  });
});

test("a run that knows all its inputs never forks", () => {
  for (const state of ["Ready_For_Cutover", "Copy_In_Progress", "Paused", "Mirror_Enabled", "Queued"]) {
    for (const cutoverWindow of [undefined, { notBefore: nowMs + 1 }, { notAfter: nowMs + 1 }])
      expect(planned(state, { ...toCompletion, cutoverWindow }, now), state).not.toMatch(/^if/);
  }
});
