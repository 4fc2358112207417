import { describe, expect, test } from "vitest";
import { inputFailures, type Properties } from "../../../provider/core/inputs.ts";
import { importSessionInputs } from "../../../provider/powerstore/import-session/input-rules.ts";
import {
  creationInputs,
  importSessionInputNames,
  recordedImportInputs,
} from "../../../provider/powerstore/import-session/inputs.ts";

const created = { remoteSystemId: "rs-1", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const agentless = { ...created, type: "Agentless" };
const adopted = { sessionId: "7" };
const failures = (inputs: Properties) => inputFailures(importSessionInputs, inputs);
const refusedFor = (inputs: Properties) => failures(inputs).map(({ property }) => property);

/** All that can be given to create a session, as a program writes it. */
const all = {
  ...agentless,
  array: "east",
  sessionName: "erp-db",
  description: "wave 3",
  hostIds: ["name:esx-01", "h-2"],
  hostGroupIds: ["hg-1"],
  volumeGroupId: "name:erp",
  protectionPolicyId: "pp-1",
  scheduledTimestamp: "2030-01-05T23:00:00+01:00",
  automaticCutover: false,
  globalStorageDiscoveryAddress: "192.0.2.7",
  targetState: "Import_Completed",
  paused: false,
  hostSteps: { sourceStopped: true, destinationStarted: false },
  cutoverWindow: { notBefore: "2030-01-05T22:00:00Z", notAfter: "2030-01-06T02:00:00Z" },
  cutoverApproval: "",
  forceCancel: false,
  forceCancelAfter: "1h30m",
  copyAgain: "7",
  change: "CHG4711",
};

describe("inputs that are taken", () => {
  test("the least to create, the least to adopt, and all at once", () => {
    expect([failures(created), failures(adopted), failures(all)]).toEqual([[], [], []]);
  });

  test("are read into times in milliseconds", () => {
    expect(importSessionInputs.parse(all)).toMatchObject({
      scheduledTimestamp: Date.UTC(2030, 0, 5, 22),
      cutoverWindow: { notBefore: Date.UTC(2030, 0, 5, 22), notAfter: Date.UTC(2030, 0, 6, 2) },
      forceCancelAfter: 5_400_000,
    });
  });

  test("rest at Ready_For_Cutover and cancel gracefully where nothing else is declared", () => {
    const defaults = { targetState: "Ready_For_Cutover", forceCancel: false };
    expect(importSessionInputs.parse(created)).toMatchObject(defaults);
    expect(recordedImportInputs.parse(created)).toMatchObject(defaults);
    expect(importSessionInputs.parse({ ...agentless, hostSteps: {} }).hostSteps).toEqual({
      sourceStopped: false,
      destinationStarted: false,
    });
  });

  test("are read back from what is recorded, whatever the rules are now, and outputs beside them are left out", () => {
    const recorded = { ...created, sessionId: "7", state: "Queued", actions: [] };
    expect(recordedImportInputs.parse(recorded)).toEqual({
      ...created,
      sessionId: "7",
      targetState: "Ready_For_Cutover",
      forceCancel: false,
    });
  });

  test("every creation input is an input", () => {
    expect(creationInputs.filter((name) => !importSessionInputNames.includes(name))).toEqual([]);
  });
});

describe("both or neither way to begin", () => {
  test("neither is refused at sessionId, with what else could be given", () => {
    expect(failures({})).toEqual([
      {
        property: "sessionId",
        reason: "is needed to adopt a session; to create one, give remoteSystemId, sourceResourceId and type",
      },
    ]);
    expect(refusedFor({ targetState: "Import_Completed", paused: true })).toEqual(["sessionId"]);
  });

  test.each(["remoteSystemId", "sourceResourceId", "type"])("to create, %s is needed", (name) => {
    expect(failures({ ...created, [name]: undefined })).toEqual([
      { property: name, reason: "is needed to create a session" },
    ]);
  });

  test.each([
    ["remoteSystemId", "rs-1"],
    ["sourceResourceId", "sv_42"],
    ["sessionName", "erp"],
    ["description", "wave 3"],
    ["type", "Agentless"],
    ["hostIds", ["h-1"]],
    ["hostGroupIds", ["hg-1"]],
    ["memberMappings", [{ volumeWwn: "naa.1", hostIds: ["h-1"] }]],
    ["volumeGroupId", "vg-1"],
    ["protectionPolicyId", "pp-1"],
    ["scheduledTimestamp", "2030-01-05T22:00:00Z"],
    ["automaticCutover", false],
    ["globalStorageDiscoveryAddress", "192.0.2.7"],
  ])("to adopt, %s cannot be given", (name, value) => {
    expect(failures({ ...adopted, [name]: value })).toEqual([
      { property: name, reason: "cannot be given together with sessionId, which adopts an existing session as it is" },
    ]);
  });

  test("to adopt, what is done with the session can be given", () => {
    const rest = {
      targetState: "Import_Completed",
      paused: true,
      hostSteps: { sourceStopped: true },
      cutoverApproval: "7",
      forceCancelAfter: "5m",
    };
    expect(failures({ ...adopted, ...rest })).toEqual([]);
  });
});

describe("inputs that contradict each other", () => {
  test.each([
    ["hostIds", ["h-1"]],
    ["hostGroupIds", ["hg-1"]],
    ["memberMappings", [{ volumeWwn: "naa.1", hostIds: ["h-1"] }]],
    ["hostSteps", { sourceStopped: true }],
  ])("%s with a non-disruptive import", (name, value) => {
    expect(failures({ ...created, [name]: value })).toEqual([
      { property: name, reason: "is for agentless imports only" },
    ]);
    expect(failures({ ...agentless, [name]: value })).toEqual([]);
  });

  test.each([
    ["hostIds", ["h-1"]],
    ["hostGroupIds", ["hg-1"]],
  ])("%s for all members and mappings member by member", (name, value) => {
    const memberMappings = [{ volumeWwn: "naa.1", hostIds: ["h-1"] }];
    expect(refusedFor({ ...agentless, memberMappings, [name]: value })).toEqual([name]);
  });

  test("a mapping of a member to nobody", () => {
    const memberMappings = [{ volumeWwn: "naa.1", hostIds: ["h-1"] }, { volumeWwn: "naa.2" }];
    expect(refusedFor({ ...agentless, memberMappings })).toEqual(["memberMappings[1]"]);
  });

  test.each([
    { cutoverWindow: { notBefore: "2030-01-05T22:00:00Z" } },
    { cutoverApproval: "" },
    { cutoverApproval: "7" },
  ])("a gate the array would not wait at: %j", (gate) => {
    const inputs = { ...created, automaticCutover: true, targetState: "Import_Completed" };
    expect(refusedFor({ ...inputs, ...gate })).toEqual(["automaticCutover"]);
    expect(failures({ ...inputs, automaticCutover: false, ...gate })).toEqual([]);
  });

  test.each([undefined, "Mirror_Enabled", "Ready_To_Start_Copy", "Ready_For_Cutover"])(
    "a rest at %s that the array would not take",
    (targetState) => {
      expect(failures({ ...agentless, automaticCutover: true, targetState })).toEqual([
        {
          property: "automaticCutover",
          reason: 'needs targetState "Import_Completed": the array cuts over automatically',
        },
      ]);
    },
  );

  test("a window without ends, or one that ends before it begins", () => {
    expect(failures({ ...created, cutoverWindow: {} })).toEqual([
      { property: "cutoverWindow", reason: "needs notBefore, notAfter or both" },
    ]);
    const notBefore = "2030-01-05T22:00:00Z";
    for (const notAfter of ["2030-01-05T21:59:59Z", notBefore, "2030-01-05T22:30:00+01:00"]) {
      expect(failures({ ...created, cutoverWindow: { notBefore, notAfter } })).toEqual([
        { property: "cutoverWindow.notAfter", reason: "must be later than notBefore" },
      ]);
    }
  });

  test("force at once and force later", () => {
    expect(refusedFor({ ...created, forceCancel: true, forceCancelAfter: "5m" })).toEqual(["forceCancelAfter"]);
    expect(failures({ ...created, forceCancel: false, forceCancelAfter: "5m" })).toEqual([]);
  });

  test("what adopts and what creates are each named", () => {
    expect(refusedFor({ ...created, sessionId: "7" })).toEqual(["remoteSystemId", "sourceResourceId", "type"]);
  });

  test("several at once are all named", () => {
    const inputs = {
      ...created,
      hostIds: ["h-1"],
      automaticCutover: true,
      cutoverWindow: {},
      forceCancel: true,
      forceCancelAfter: "1s",
    };
    expect(refusedFor(inputs)).toEqual([
      "cutoverWindow",
      "hostIds",
      "automaticCutover",
      "automaticCutover",
      "forceCancelAfter",
    ]);
  });
});

describe("copyAgain and change", () => {
  test("copyAgain is an id, and not that of the session that sessionId adopts", () => {
    expect(refusedFor({ ...created, copyAgain: "name:erp" })).toEqual(["copyAgain"]);
    expect(refusedFor({ ...adopted, copyAgain: "7" })).toEqual(["copyAgain"]);
    expect(refusedFor({ ...adopted, copyAgain: "6" })).toEqual([]);
    const wave = { part: "cutover", hold: "" };
    expect(refusedFor({ ...adopted, copyAgain: "7", wave })).toEqual([]);
  });

  test("change is one line of at most 200 characters", () => {
    expect(refusedFor({ ...created, change: "x".repeat(200) })).toEqual([]);
    expect(refusedFor({ ...created, change: "x".repeat(201) })).toEqual(["change"]);
    expect(refusedFor({ ...created, change: "a\nb" })).toEqual(["change"]);
  });
});
