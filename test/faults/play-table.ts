import { afterEach, beforeEach, describe, expect, onTestFinished, test } from "vitest";
import { exchangeLimits } from "../../provider/core/http/limits.ts";
import type { FaultRow, Outcome } from "./fault-row.ts";
import type { Migration, Moment } from "./moments.ts";
import { faultTable } from "./table.ts";

/** Plays every fault of the table at each of these moments, and checks what comes of it. */
export function playFaultTable(moments: readonly Moment[]): void {
  // What never answers is given up in real time: soon, for a test.
  const limits = { ...exchangeLimits };
  beforeEach(() => void Object.assign(exchangeLimits, { headersMs: 400, bodyMs: 400 }));
  afterEach(() => void Object.assign(exchangeLimits, limits));

  describe.each(moments)("$name", (moment) => {
    const rows = faultTable.flatMap((row) => {
      const outcome = outcomeOf(row, moment);
      return outcome === undefined ? [] : [{ ...row, outcome }];
    });

    test.each(rows)("$fault: $outcome", async (row) => {
      const migration = await begun(moment, row);
      const { array } = migration;
      const startMs = array.clock.nowMs();
      if (row.strike !== undefined)
        array.faults.add({ when: moment.when, times: row.times ?? 1, do: await row.strike(array) });
      const error = await migration.run();
      if (row.strike !== undefined) expect(array.requests.some((request) => request.fault !== undefined)).toBe(true);
      expect(error?.kind ?? "continues", error?.message).toBe(row.outcome);
      const isRecorded = migration.recordedId !== undefined;
      if (error !== undefined && moment.isRecorded) expect(isRecorded, "is recorded after the failure").toBe(true);
      if (error === undefined) expect(migration.isAsDeclared(), "is as declared").toBe(true);
      if (row.delaysAtMostMs !== undefined)
        expect(array.clock.nowMs() - startMs).toBeLessThan(moment.lastsMs + row.delaysAtMostMs);

      array.faults.clear();
      await row.fix?.(array);
      expect(await migration.run(), "the next run").toBeUndefined();
      expect(migration.isAsDeclared(), "is as declared after the next run").toBe(true);
      expect(migration.carriedOut()).toEqual(moment.carriedOut);
    });
  });
}

async function begun(moment: Moment, row: FaultRow): Promise<Migration> {
  const migration = await moment.begin(row.aheadMs ?? 0);
  onTestFinished(() => migration.close());
  return migration;
}

function outcomeOf(row: FaultRow, { name, kind, vendor, refusals }: Moment): Outcome | undefined {
  const part = kind === "act" ? "act" : "read";
  const general = row[vendor]?.[part] ?? (kind === "first read" ? (row.firstRead ?? row.read) : row[part]);
  const outcome = row.but?.[name] ?? general;
  return kind === "act" ? (refusals?.[outcome ?? ""] ?? outcome) : outcome;
}
