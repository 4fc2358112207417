import { expect, test } from "vitest";
import { noChanges } from "../engine/engine.ts";
import { expectNothingAmiss } from "./aftermath.ts";
import type { Done } from "./commands.ts";

const reads = [
  "POST /api/v1/session",
  "GET /api/v1/copysession",
  "DELETE /api/v1/session/100001",
  "GET /api/rest/login_session",
  "GET /api/rest/import_session",
  "POST /api/rest/logout",
];

const done = (command: Done["command"], requests: readonly string[]): Done => ({
  command,
  result: { ok: true, changes: noChanges, output: "", outputs: {}, diagnostics: [] },
  state: { resources: [], text: "" },
  journal: "",
  isLost: false,
  isDebug: false,
  sent: [],
  sentWhere: [],
  requests,
  logins: { powerstore: 0, eternus: 0 },
});
const look = (one: Done) => expectNothingAmiss({ done: [one], secrets: () => ["a1", "b2", "c3", "d4", "e5"] });

test.each(["preview", "refresh"] as const)("a %s that reads, logs in and logs out is as it must be", (command) => {
  expect(() => look(done(command, reads))).not.toThrow();
});

test.each([
  "POST /api/rest/import_session",
  "POST /api/rest/import_session/7/cutover",
  "PATCH /api/rest/import_session/7",
  "DELETE /api/rest/import_session/7",
  "POST /api/v1/copysession/suspend",
  "POST /api/v1/copysession/7/resume",
  "PATCH /api/v1/copysession/7",
  "DELETE /api/v1/job/8192001",
])("a preview that sends %s is amiss, an up that does is not", (request) => {
  expect(() => look(done("preview", [...reads, request]))).toThrow("what preview sent besides reads");
  expect(() => look(done("refresh", [...reads, request]))).toThrow("what refresh sent besides reads");
  expect(() => look(done("up", [...reads, request]))).not.toThrow();
});
