import { describe, expect, test } from "vitest";
import { inputFailures, type Properties } from "../../../provider/core/inputs.ts";
import { unknownValue } from "../../../provider/core/unknown-inputs.ts";
import { importSessionInputs } from "../../../provider/powerstore/import-session/input-rules.ts";
import { importSessionInputNames } from "../../../provider/powerstore/import-session/inputs.ts";

const created = { remoteSystemId: "rs-1", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const agentless = { ...created, type: "Agentless" };
const failures = (inputs: Properties) => inputFailures(importSessionInputs, inputs);
const refusedFor = (inputs: Properties) => failures(inputs).map(({ property }) => property);

describe("a value that is not known yet", () => {
  test.each(importSessionInputNames)("passes as %s", (name) => {
    const base = name === "sessionId" ? {} : agentless;
    expect(failures({ ...base, [name]: unknownValue })).toEqual([]);
  });

  test.each([
    { hostIds: ["h-1", unknownValue] },
    { hostGroupIds: [unknownValue] },
    { memberMappings: [unknownValue] },
    { memberMappings: [{ volumeWwn: unknownValue, hostIds: ["h-1"] }] },
    { memberMappings: [{ volumeWwn: "naa.1", hostIds: unknownValue }] },
    { memberMappings: [{ volumeWwn: "naa.1", hostGroupIds: [unknownValue] }] },
    { hostSteps: { sourceStopped: unknownValue, destinationStarted: true } },
    { cutoverWindow: { notBefore: unknownValue } },
    { cutoverWindow: { notBefore: unknownValue, notAfter: "2030-01-05T22:00:00Z" } },
    { cutoverWindow: { notBefore: "2030-01-05T22:00:00Z", notAfter: unknownValue } },
    { automaticCutover: true, targetState: unknownValue },
    { automaticCutover: unknownValue, cutoverApproval: "" },
    { forceCancel: unknownValue, forceCancelAfter: "5m" },
    { type: unknownValue, hostIds: ["h-1"] },
  ])("passes inside: %j", (inputs) => {
    expect(failures({ ...agentless, ...inputs })).toEqual([]);
  });

  test("hides no fault of another input", () => {
    expect(refusedFor({ ...agentless, sourceResourceId: unknownValue, targetState: "Done" })).toEqual(["targetState"]);
    expect(refusedFor({ ...agentless, volumeGroupId: unknownValue, hostIds: ["a b"], bogus: 1 }).sort()).toEqual([
      "bogus",
      "hostIds[0]",
    ]);
  });

  test("hides no window that is upside down or has no zone", () => {
    const upsideDown = { notBefore: "2030-01-05T22:00:00Z", notAfter: "2030-01-05T21:00:00Z" };
    const unread = { ...created, paused: unknownValue };
    expect(refusedFor({ ...unread, cutoverWindow: upsideDown })).toEqual(["cutoverWindow.notAfter"]);
    const noZone = { notBefore: "2030-01-05T22:00:00", notAfter: unknownValue };
    expect(refusedFor({ ...unread, cutoverWindow: noZone })).toEqual(["cutoverWindow.notBefore"]);
  });

  test("hides no contradiction of those that are known", () => {
    expect(refusedFor({ sessionId: unknownValue, remoteSystemId: "rs-1" })).toEqual(["remoteSystemId"]);
    expect(
      refusedFor({ ...agentless, sourceResourceId: unknownValue, forceCancel: true, forceCancelAfter: "5m" }),
    ).toEqual(["forceCancelAfter"]);
  });
});
