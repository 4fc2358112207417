import { describe, expect, test } from "vitest";
import { inputFailures, type Properties } from "../../../provider/core/inputs.ts";
import { importSessionInputs } from "../../../provider/powerstore/import-session/input-rules.ts";

const created = { remoteSystemId: "rs-1", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const agentless = { ...created, type: "Agentless" };
const failures = (inputs: Properties) => inputFailures(importSessionInputs, inputs);
const refusedFor = (inputs: Properties) => failures(inputs).map(({ property }) => property);

describe("what is no value of its input", () => {
  // Each of these would change the path or the query of a request, or PowerStore refuses it.
  const changingUrls = [
    "a b",
    "a/b",
    "../a",
    "a?b",
    "a#b",
    "a%2Fb",
    "a&b",
    "a=b",
    "a,b",
    "a;b",
    "a:b",
    "a\nb",
    "a\u0000b",
    "a\tb",
    "a(b)",
    "a[b]",
    'a"b',
    "a\\b",
    "",
  ];

  test.each(["sessionId", "sourceResourceId", "sessionName"])(
    "%s with characters that would change the URL",
    (name) => {
      const base = name === "sessionId" ? {} : created;
      const refused = changingUrls.filter((value) => refusedFor({ ...base, [name]: value }).includes(name));
      expect(refused).toEqual(changingUrls);
    },
  );

  test.each(["remoteSystemId", "volumeGroupId", "protectionPolicyId"])(
    "%s with such characters, as an id or after name:",
    (name) => {
      const bad = [...changingUrls, ...changingUrls.map((value) => `name:${value}`), "name:name:a"];
      expect(bad.filter((value) => !refusedFor({ ...created, [name]: value }).includes(name))).toEqual([]);
      expect(failures({ ...created, [name]: "name:old-unity" })).toEqual([]);
    },
  );

  test("a host with such characters is named by its place in the list", () => {
    expect(refusedFor({ ...agentless, hostIds: ["h-1", "a/b"] })).toEqual(["hostIds[1]"]);
    expect(refusedFor({ ...agentless, memberMappings: [{ volumeWwn: "naa.1", hostIds: ["a b"] }] })).toEqual([
      "memberMappings[0].hostIds[0]",
    ]);
  });

  test("a session's name may have 128 characters and no more", () => {
    expect(failures({ ...created, sessionName: "x".repeat(128) })).toEqual([]);
    expect(failures({ ...created, sessionName: "x".repeat(129) })).toEqual([
      { property: "sessionName", reason: "must be at most 128 characters" },
    ]);
  });

  test("a description may be as long as leaves room for the mark, and has no control characters", () => {
    expect(failures({ ...created, description: "x".repeat(106) })).toEqual([]);
    expect(refusedFor({ ...created, description: "x".repeat(107) })).toEqual(["description"]);
    expect(refusedFor({ ...created, description: "a\u0007b" })).toEqual(["description"]);
  });

  test.each([
    ["targetState", "Copy_In_Progress"],
    ["targetState", "ready_for_cutover"],
    ["type", "agentless"],
    ["paused", "true"],
    ["automaticCutover", 1],
    ["forceCancel", "yes"],
    ["hostIds", []],
    ["hostIds", "h-1"],
    ["hostGroupIds", []],
    ["memberMappings", []],
    ["array", "east/west"],
    ["cutoverApproval", 7],
    ["globalStorageDiscoveryAddress", ""],
  ])("%s: %j", (name, value) => {
    expect(refusedFor({ ...agentless, [name]: value })).toContain(name);
  });

  test.each([
    "2030-01-05T22:00:00",
    "2030-01-05",
    "22:00",
    "tomorrow",
    "2030-13-05T22:00:00Z",
    "2030-01-05 22:00:00Z",
    1_900_000_000,
    "",
  ])("the time %j: it needs a date, a time and a zone", (time) => {
    expect(refusedFor({ ...created, scheduledTimestamp: time })).toEqual(["scheduledTimestamp"]);
    expect(refusedFor({ ...created, cutoverWindow: { notBefore: time } })).toEqual(["cutoverWindow.notBefore"]);
    expect(refusedFor({ ...created, cutoverWindow: { notAfter: time } })).toEqual(["cutoverWindow.notAfter"]);
  });

  test.each(["5", "5 minutes", "-5m", "0s", "", "m", 300])("the duration %j", (duration) => {
    expect(refusedFor({ ...created, forceCancelAfter: duration })).toEqual(["forceCancelAfter"]);
  });

  test.each([{ notBefore: null }, { notBefore: null, notAfter: "2030-01-05T22:00:00Z" }])(
    "an end of a window that is named and has no value: %j",
    (cutoverWindow) => {
      expect(refusedFor({ ...created, cutoverWindow })).toEqual(["cutoverWindow.notBefore"]);
    },
  );

  test("an input that there is not, wherever it stands", () => {
    expect(failures({ ...created, sessionid: "7" })).toEqual([
      { property: "sessionid", reason: "is not an input of this resource; did you mean sessionId?" },
    ]);
    expect(refusedFor({ ...created, password: "x" })).toEqual(["password"]);
    expect(refusedFor({ ...agentless, hostSteps: { started: true } })).toEqual(["hostSteps.started"]);
    expect(refusedFor({ ...created, cutoverWindow: { from: "x", notAfter: "2030-01-05T22:00:00Z" } })).toEqual([
      "cutoverWindow.from",
    ]);
  });
});
