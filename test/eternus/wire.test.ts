import { describe, expect, test } from "vitest";
import { commandOf } from "../../provider/eternus/job.ts";
import { copySession, errorIn, job } from "../../provider/eternus/wire.ts";

describe("a copy session", () => {
  test("needs no more than its id", () => {
    expect(copySession.parse({ copysession_id: 0 })).toMatchObject({
      id: 0,
      status: "",
      phase: "",
      isSuspending: false,
    });
  });

  test.each([{}, { copysession_id: -1 }, { copysession_id: "1" }, { copysession_id: 1.5 }])("is not %j", (wire) => {
    expect(copySession.safeParse(wire).success).toBe(false);
  });

  test.each([
    ["status", "suspended", "Suspend"],
    ["status", "ERROR SUSPEND", "Error_Suspend"],
    ["status", "Reserve", "Reserved"],
    ["status", "Something Else", "Something Else"],
    ["phase", "Copying and Tracking", "Copying_and_Tracking"],
    ["phase", "Tracking/Copying", "Copying_and_Tracking"],
    ["phase", "no-pair", "No_Pair"],
  ])("with %s %j is taken to be in %j", (name, word, spelt) => {
    expect(copySession.parse({ copysession_id: 1, [name]: word })).toMatchObject({ [name]: spelt });
  });

  test("is being suspended while the concurrent suspend runs, however it is spelt", () => {
    expect(copySession.parse({ copysession_id: 1, concurrent_suspend_result: "RUNNING" }).isSuspending).toBe(true);
    expect(copySession.parse({ copysession_id: 1, concurrent_suspend_result: "Success" }).isSuspending).toBe(false);
  });

  test("with an attribute in an unheard-of form has that attribute not at all, if it only informs", () => {
    const wire = { copysession_id: 1, progress: "n/a", remain_time_to_finish_suspend: null, error_code: 177, more: {} };
    expect(copySession.parse(wire)).toMatchObject({
      progress: undefined,
      suspendSecondsLeft: undefined,
      errorCode: "177",
    });
  });
});

describe("a job", () => {
  const parse = (wire: object) => job.parse({ job_id: 0, status: "Partial_Error", ...wire });

  test("tells sessions by the last number of their links, with a host or without", () => {
    const links = ["/api/v1/copysession/0", "https://10.0.0.1:5665/api/v1/copysession/12/", "/api/v1/volume/5", 7];
    expect(parse({ progress_href_list: links })).toMatchObject({ inProgress: [0, 12], succeeded: undefined });
  });

  test("does not confuse a list that is missing with one that is empty", () => {
    expect(parse({ succeeded_resource_href_list: [] }).succeeded).toEqual([]);
    expect(parse({ succeeded_resource_href_list: null }).succeeded).toBeUndefined();
  });

  test.each([
    [{ resource_href: "/api/v1/copysession/3", error_code: "5300", message: "M" }],
    [{ href: "/api/v1/copysession/3", error_info: { error_code: 5300, message: "M", internal_code: "1" } }],
    [{ copysession_id: 3, copysession_href: "/api/v1/copysession/3", error_code: "5300", message: "M" }],
    [{ copysession_href: "/api/v1/copysession/3", error: { error_code: "5300", message: "M" } }],
  ])("tells a failure from %j", (entry) => {
    expect(parse({ failed_resource_info_list: [entry] }).failures).toEqual([
      { sessionId: 3, code: "5300", message: "M" },
    ]);
  });

  test("tells a failure without a reason from a bare link, and one without a session from a bare reason", () => {
    const entries = ["/api/v1/copysession/0", { message: "M" }, 7];
    expect(parse({ failed_resource_info_list: entries }).failures).toEqual([
      { sessionId: 0, code: undefined, message: "" },
      { sessionId: undefined, code: undefined, message: "M" },
      { sessionId: undefined, code: undefined, message: "" },
    ]);
  });

  test.each([
    [
      'POST /copysession/suspend {"copysession_id_list":[0,12],"force":false}',
      { kind: "suspend", ids: [0, 12], force: false },
    ],
    [
      'POST /copysession/suspend {"copysession_id_list":[0,12],"force":true}',
      { kind: "suspend", ids: [0, 12], force: true },
    ],
    ['POST /copysession/5/suspend { "force" : true }', { kind: "suspend", ids: [5], force: true }],
    [
      'POST /api/v1/copysession/suspend { "copysession_id_list": [ 1, 2 ] }',
      { kind: "suspend", ids: [1, 2], force: false },
    ],
    ["POST /copysession/0/suspend", { kind: "suspend", ids: [0], force: false }],
    ["POST /copysession/7/resume", { kind: "resume", ids: [7] }],
    ["POST /copysession/7/reverse", { kind: "reverse", ids: [7] }],
    ['PATCH /copysession/7 {"transfer_mode":"Stack"}', { kind: "modify", ids: [7] }],
    ["POST /copysession/rec", undefined],
    ["DELETE /copysession/7", undefined],
    [undefined, undefined],
  ])("described as %j does %j", (description, command) => {
    expect(commandOf(description)).toEqual(command);
  });
});

test.each([
  [
    { error_code: "D206", message: "Too many" },
    { code: "D206", message: "Too many" },
  ],
  [{ error_code: "d206" }, { code: "D206", message: "" }],
  [
    { error_code: 60, message: "Locked" },
    { code: "0060", message: "Locked" },
  ],
  [{ message: "Only words" }, { code: undefined, message: "Only words" }],
  [{ error: "another form" }, undefined],
  ["text", undefined],
  [undefined, undefined],
])("the error in %j is %j", (body, error) => {
  expect(errorIn(body)).toEqual(error);
});
