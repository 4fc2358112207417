import { describe, expect, test } from "vitest";
import { type AuditEntry, auditEntry, continueLog } from "../../../provider/core/reconcile/audit-log.ts";

const at = "2030-01-01T00:00:00.000Z";
const nowMs = () => Date.parse(at);
const each = (acts: readonly string[]) => acts.map((act) => ({ act, reason: "because" }));
const joined = (acts: readonly string[]) => [{ act: acts.join("; "), reason: "because" }];
const entry = (index: number): AuditEntry => ({ act: `act ${index}`, at, reason: "because" });

describe("the audit log", () => {
  test("keeps the newest twenty entries in their order", () => {
    const log = continueLog<string>(
      Array.from({ length: 20 }, (_, index) => entry(index)),
      nowMs,
    );
    for (const act of ["act 20", "act 21"]) {
      log.read();
      log.sent(act, undefined, each);
    }
    expect(log.entries.map(({ act }) => act)).toEqual(Array.from({ length: 20 }, (_, index) => `act ${index + 2}`));
  });

  test("describes together what was sent after one read, and apart what was sent after another", () => {
    const log = continueLog<string>([], nowMs);
    log.sent("suspend 1", undefined, joined);
    log.sent("suspend 2", undefined, joined);
    log.read();
    log.sent("resume 1", undefined, joined);
    expect(log.entries.map(({ act }) => act)).toEqual(["suspend 1; suspend 2", "resume 1"]);
  });

  test("gives what was not plainly taken an entry of its own, with its outcome", () => {
    const log = continueLog<string>([], nowMs);
    log.sent("suspend 1", undefined, joined);
    log.sent("suspend 2", "lost", joined);
    log.sent("suspend 3", undefined, joined);
    expect(log.entries.map(({ act, outcome }) => [act, outcome])).toEqual([
      ["suspend 1", undefined],
      ["suspend 2", "lost"],
      ["suspend 3", undefined],
    ]);
  });

  test("changes no log that was given", () => {
    const before = [entry(1)];
    continueLog<string>(before, nowMs).sent("act 2", undefined, each);
    expect(before).toHaveLength(1);
  });
});

describe("an entry of release 0.1.0", () => {
  const read = (act: string, reason: string) => auditEntry.parse({ act, at, reason });

  test("has its outcome as a word after the act", () => {
    expect(read("suspend 1 (answer lost)", "Equivalent")).toEqual({
      act: "suspend 1",
      at,
      reason: "Equivalent",
      outcome: "lost",
    });
    expect(read("cancel (refused)", "Paused")).toEqual({ act: "cancel", at, reason: "Paused", outcome: "rejected" });
  });

  test("has the state of a cutover at the head of its reason", () => {
    const reason = "Import_Cutover_Incomplete, wanted Import_Completed";
    expect(read("cutover (refused)", reason)).toMatchObject({ from: "Import_Cutover_Incomplete", outcome: "rejected" });
    expect(read("cutover", "because")).not.toHaveProperty("from");
    expect(read("create", "Failed, wanted Ready_For_Cutover")).not.toHaveProperty("from");
  });

  test("is left as it is where it is in today's form", () => {
    const today = {
      act: "cutover",
      at,
      reason: "r",
      outcome: "lost",
      from: "Ready_For_Cutover",
      who: "w",
      change: "c",
    };
    expect(auditEntry.parse(today)).toEqual(today);
  });
});
