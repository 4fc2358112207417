import { describe, expect, test } from "vitest";
import type { AuditEntry } from "../../../provider/core/reconcile/audit-log.ts";
import {
  assumedOf,
  importSessionState,
  recordOf,
  recordOfCreated,
} from "../../../provider/powerstore/import-session/recorded.ts";
import { sampleObserved, sampleSession } from "./samples.ts";

const sent = (index: number): AuditEntry => ({
  act: `act ${index}`,
  at: "2030-01-01T00:00:00.000Z",
  reason: "Queued, wanted Import_Completed",
});
const whole = sampleSession("Copy_In_Progress", {
  name: "erp-db",
  source_resource_id: "sv_42",
  destination_resource_id: "vol-1",
  destination_resource_type: "volume",
  progress_percentage: 0,
  estimated_completion_timestamp: "2030-01-01T02:00:00Z",
  average_transfer_rate: 1,
  current_transfer_rate: 0,
  last_update_timestamp: "2030-01-01T00:00:00Z",
  automatic_cutover: true,
  error: { code: "0xE1", message_l10n: "It broke." },
});

describe("what is recorded", () => {
  test("is all the outputs under their own names, and zeros stay zeros", () => {
    expect(
      JSON.parse(
        JSON.stringify(
          recordOf(whole, sampleObserved(whole), { adopted: true, actions: [sent(1)], held: "held: why" }),
        ),
      ),
    ).toEqual({
      sessionId: "7",
      state: "Copy_In_Progress",
      adopted: true,
      progressPercentage: 0,
      estimatedCompletionTimestamp: "2030-01-01T02:00:00Z",
      averageTransferRate: 1,
      currentTransferRate: 0,
      destinationResourceId: "vol-1",
      destinationResourceType: "volume",
      error: { code: "0xE1", message: "It broke." },
      lastUpdateTimestamp: "2030-01-01T00:00:00Z",
      held: "held: why",
      sessionType: "Non_Disruptive",
      cutsOverByItself: true,
      actions: [sent(1)],
    });
  });

  test("says of each member where it is and what is wrong with it", () => {
    const members = [
      sampleSession("Import_Completed", { id: "8", source_resource_id: "sv_51" }),
      sampleSession("Cancelled", {
        id: "9",
        source_resource_id: "sv_52",
        error: { code: "0xE2", message_l10n: "No path." },
      }),
    ];
    const session = sampleSession("Import_Completed_With_Errors");
    expect(recordOf(session, sampleObserved(session, members), { adopted: false, actions: [] }).members).toEqual([
      { sessionId: "8", state: "Import_Completed", sourceResourceId: "sv_51" },
      { sessionId: "9", state: "Cancelled", sourceResourceId: "sv_52", error: { code: "0xE2", message: "No path." } },
    ]);
  });

  test("reads back as it was written, also as plain JSON", () => {
    const observed = sampleObserved(whole, [sampleSession("Queued", { id: "8" })], { endpoint: "https://10.0.0.1" });
    const record = recordOf(whole, observed, { adopted: false, actions: [sent(1)] });
    expect(record.endpoint).toBe("https://10.0.0.1");
    expect(importSessionState.parse(JSON.parse(JSON.stringify(record)))).toEqual(record);
  });

  test("of a session just created is its id and what was sent, in a state that no plan takes for one of the array's", () => {
    const observed = sampleObserved(undefined, [], { endpoint: "https://a" });
    const record = recordOfCreated("7", observed, { adopted: false, actions: [sent(1)] });
    expect(record).toEqual({
      sessionId: "7",
      state: "Not_Observed_Yet",
      adopted: false,
      endpoint: "https://a",
      actions: [sent(1)],
    });
    expect(importSessionState.parse(record)).toEqual(record);
  });

  test("takes inputs, unknown keys and a state word nobody knows along in silence", () => {
    const properties = {
      __provider: "x",
      remoteSystemId: "rs-1",
      sessionId: "7",
      state: "Half_Way_There",
      later: { a: 1 },
    };
    expect(importSessionState.parse(properties)).toEqual({
      sessionId: "7",
      state: "Half_Way_There",
      adopted: false,
      actions: [],
    });
  });

  test("may lack any key, as an older release may not have known it", () => {
    expect(importSessionState.parse({})).toEqual({
      sessionId: "",
      state: "Not_Observed_Yet",
      adopted: false,
      actions: [],
    });
  });
});

describe("what was observed last", () => {
  test("comes back out of the record as far as a plan needs it", () => {
    const members = [sampleSession("Failed", { id: "8", error: { code: "0xE2", message_l10n: "No path." } })];
    const group = sampleSession("In_Progress", { type: "Agentless", destination_resource_type: "volume_group" });
    const state = recordOf(group, sampleObserved(group, members), { adopted: false, actions: [] });
    expect(assumedOf({ id: "7", state })).toEqual({
      session: { id: "7", state: "In_Progress", type: "Agentless", destination_resource_type: "volume_group" },
      members: [{ id: "8", state: "Failed", type: "Agentless", error: { code: "0xE2", message_l10n: "No path." } }],
    });
  });
});
