import { fork } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import type { Crowd } from "./crowd.ts";

/** How V8 is told to be sparing: otherwise it makes as much room as the machine has to give, and keeps it. */
export const sparingly = ["--max-old-space-size=192", "--max-semi-space-size=4"] as const;

/** Measures a crowd in a process of its own, told so: what the last one has left behind is not counted. */
export async function measureCrowdApart(
  sessions: number,
  faults: boolean,
  nodeOptions: readonly string[] = [],
): Promise<Crowd> {
  const child = fork(fileURLToPath(new URL("process.ts", import.meta.url)), [`${sessions}`, faults ? "faults" : ""], {
    execArgv: ["--expose-gc", ...nodeOptions],
  });
  const [message] = await once(child, "message");
  return crowd.parse(message);
}

const crowd: z.ZodType<Crowd> = z.object({
  sessions: z.number(),
  usedMegabytes: z.number(),
  residentMegabytes: z.number(),
  cpuPercent: z.number(),
  requestsPerMinute: z.number(),
  loopDelayP99Ms: z.number(),
});
