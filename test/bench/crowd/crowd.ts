import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as passed } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { systemClock } from "../../../provider/core/async/clock.ts";
import { applyResource } from "../../../provider/core/reconcile/run-resource.ts";
import { connectPowerStore } from "../../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../../provider/powerstore/import-session/resource.ts";
import { settingsFor } from "../../core/settings-for.ts";

/** What many waiting sessions cost the process that waits for them. */
export interface Crowd {
  readonly sessions: number;
  /** In use, beyond what is with four connections and no session. */
  readonly usedMegabytes: number;
  /** Held by the process, beyond what it holds with four connections and no session: with the room V8 has made for all the sessions that began at once. */
  readonly residentMegabytes: number;
  /** Of one core. */
  readonly cpuPercent: number;
  readonly requestsPerMinute: number;
  readonly loopDelayP99Ms: number;
}

const arraysCount = 4;
const measuredMs = 3 * 60_000;

/** Has sessions wait on four arrays over HTTPS, in real time, and measures for three minutes. Needs `--expose-gc`, and a process that has done nothing else. */
export async function measureCrowd(sessions: number, faults: boolean): Promise<Crowd> {
  const child = fork(fileURLToPath(new URL("arrays.ts", import.meta.url)), [`${sessions / arraysCount}`]);
  try {
    const { arrays } = started.parse(await messageFrom(child));
    const end = new AbortController();
    const connections = arrays.map((array, index) =>
      connectPowerStore(settingsFor(array, { name: `array-${index}` }), { clock: systemClock }),
    );
    for (const { client } of connections) await client.listSessions("id=eq.none", end.signal);
    const idle = memory();
    let copying = 0;
    const runs = connections.flatMap((connection) => {
      const resource = importSessionResource(() => connection);
      return Array.from({ length: sessions / arraysCount }, async (_, index) => {
        let isCopying = false;
        const counted: typeof resource = {
          ...resource,
          record(...recorded) {
            const seen = resource.record(...recorded);
            if (!isCopying && seen?.state.state === "Copy_In_Progress") {
              isCopying = true;
              copying += 1;
            }
            return seen;
          },
        };
        const inputs = resource.schemas.inputs.parse(inputsOf(index));
        await applyResource(counted, { ...newOne, urn: urnOf(index), inputs }, runUntil(end.signal));
      });
    });
    const over = Promise.allSettled(runs);
    while (copying < sessions) await passed(1000);
    if (faults) child.send("faults");
    const before = { requests: await requestsOf(child), cpu: process.cpuUsage() };
    const delay = monitorEventLoopDelay({ resolution: 10 });
    delay.enable();
    await passed(measuredMs);
    delay.disable();
    const { user, system } = process.cpuUsage(before.cpu);
    const requests = (await requestsOf(child)) - before.requests;
    const waiting = memory();
    end.abort();
    await over;
    await Promise.all(connections.map((connection) => connection.logout()));
    return {
      sessions,
      usedMegabytes: (waiting.usedBytes - idle.usedBytes) / 1e6,
      residentMegabytes: (waiting.residentBytes - idle.residentBytes) / 1e6,
      cpuPercent: ((user + system) / 1000 / measuredMs) * 100,
      requestsPerMinute: requests / (measuredMs / 60_000),
      loopDelayP99Ms: delay.percentile(99) / 1e6,
    };
  } finally {
    child.kill();
  }
}

const started = z.object({
  arrays: z.array(
    z.object({ endpoint: z.string(), username: z.string(), password: z.string(), caCertificate: z.string() }),
  ),
});
const counted = z.object({ requests: z.array(z.number()) });

async function messageFrom(child: ChildProcess): Promise<unknown> {
  const [message] = await once(child, "message");
  return message;
}

async function requestsOf(child: ChildProcess): Promise<number> {
  child.send("count");
  const { requests } = counted.parse(await messageFrom(child));
  return requests.reduce((sum, count) => sum + count, 0);
}

const newOne = { operation: { kind: "create" }, unknown: [], recorded: undefined, isPreview: false } as const;

function urnOf(index: number): string {
  return `urn:pulumi:prod::erp::pulumi-nodejs:dynamic/pulumi-storage-migration:ImportSession::volume-${index}`;
}

function inputsOf(index: number) {
  return { remoteSystemId: "name:old-unity", sourceResourceId: `sv_${index}`, type: "Non_Disruptive" };
}

function runUntil(signal: AbortSignal) {
  const silent = () => {};
  const deadlineMs = Date.now() + 24 * 3_600_000;
  return { clock: systemClock, deadlineMs, signal, progress: silent, warn: silent, debug: silent };
}

function memory(): { readonly usedBytes: number; readonly residentBytes: number } {
  globalThis.gc?.();
  const { heapUsed, external, rss } = process.memoryUsage();
  return { usedBytes: heapUsed + external, residentBytes: rss };
}
