import type { Connection } from "../../../provider/core/array/connection.ts";
import { openPollScheduler } from "../../../provider/core/array/poll-scheduler.ts";
import { systemClock } from "../../../provider/core/async/clock.ts";
import { openSemaphore } from "../../../provider/core/async/semaphore.ts";
import type { HttpAnswer, HttpRequest } from "../../../provider/core/http/exchange.ts";
import { applyResource } from "../../../provider/core/reconcile/run-resource.ts";
import { powerStoreArray } from "../../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../../provider/powerstore/import-session/resource.ts";
import { settingsFor } from "../../core/settings-for.ts";
import type { Strategy, Tally } from "./strategy.ts";
import type { Workload } from "./workload.ts";

/** The product as it is: import sessions brought to Ready_For_Cutover, all on one array. Only the network is left out. */
export const ours: Strategy = {
  name: "pulumi-storage-migration",
  async wait(workload, tally) {
    const array = powerStoreArray(connectionTo(workload, tally), systemClock);
    const resource = importSessionResource(() => array);
    const run = {
      clock: systemClock,
      deadlineMs: 1_000 * 3_600_000,
      signal: new AbortController().signal,
      progress: () => {},
      warn: () => {},
      debug: () => {},
    };
    await Promise.all(
      Array.from({ length: workload.count }, async (_, index) => {
        const id = idOf(index);
        const inputs = resource.schemas.inputs.parse({ sessionId: id });
        const recorded = { id, state: resource.schemas.recorded.parse({ sessionId: id, adopted: true, actions: [] }) };
        const operation = { kind: "update", before: inputs } as const;
        const target = { urn: `urn:${index}`, operation, inputs, unknown: [], recorded, isPreview: false };
        const applied = await applyResource(resource, target, run);
        if (applied.kind === "failed") throw applied.error;
        tally.noticed(index);
      }),
    );
  },
};

const settings = settingsFor({ endpoint: "https://array.example", username: "admin", password: "-" });

function connectionTo(workload: Workload, tally: Tally): Connection {
  const answer = ({ path, query = "" }: HttpRequest): HttpAnswer => {
    tally.request();
    const rows = wanted(path, query, workload.count).map((index) => rowOf(workload, index));
    const text = JSON.stringify(path.endsWith("/import_session") ? rows : rows[0]);
    return { status: 200, headers: { "content-type": "application/json" }, text };
  };
  return {
    title: "PowerStore",
    settings,
    http: {
      arrayName: "PowerStore",
      send: async (request) => answer(request),
      logout: async () => {},
      close: async () => {},
    },
    polls: openPollScheduler(systemClock, settings.pollMinimumMs),
    semaphore: openSemaphore(settings.actsInFlight),
    nowMs: () => Date.now(),
    aheadMs: () => 0,
    logout: async () => {},
  };
}

function idOf(index: number): string {
  return `session-${`${index}`.padStart(6, "0")}`;
}

function wanted(path: string, query: string, count: number): number[] {
  const numbers = (text: string) => Array.from(text.matchAll(/session-(\d+)/g), ([, digits]) => Number(digits));
  const named = [...numbers(path), ...numbers(query)];
  const [from = 0, to = count - 1] = named;
  if (!query.includes("gte")) return named;
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function rowOf(workload: Workload, index: number): object {
  const nowMs = Date.now();
  const isDone = nowMs >= workload.endMs(index);
  const leftMs = workload.leftMs(index, nowMs);
  return {
    id: idOf(index),
    state: isDone ? "Ready_For_Cutover" : "Copy_In_Progress",
    destination_resource_type: "volume",
    progress_percentage: workload.percent(index, nowMs),
    estimated_completion_timestamp: leftMs === undefined ? null : new Date(nowMs + leftMs).toISOString(),
  };
}
