import { readFile } from "node:fs/promises";
import { z } from "zod";
import { type Change, type Changes, noChanges, type RunResult } from "../engine.ts";
import { type Properties, readable } from "../wire-value.ts";
import { isManaged, STACK_TYPE } from "./resource-type.ts";

/** What a run did, from the file that `--event-log` writes: one engine event a line. */
export async function readEventLog(file: string): Promise<Pick<RunResult, "changes" | "outputs" | "diagnostics">> {
  const text = await readFile(file, "utf8").catch(() => "");
  // The last line is torn when the run was lost.
  const lines = text.slice(0, text.lastIndexOf("\n") + 1).split("\n");
  const events = lines.filter((line) => line !== "").map((line) => engineEvent.parse(JSON.parse(line)));
  return { changes: countChanges(events), outputs: stackOutputs(events), diagnostics: diagnostics(events) };
}

const state = z.object({ custom: z.boolean().default(false), outputs: z.record(z.string(), z.unknown()).optional() });

const step = z.object({
  metadata: z.object({
    op: z.string(),
    urn: z.string(),
    type: z.string(),
    logical: z.boolean().optional(),
    old: state.nullish(),
    new: state.nullish(),
  }),
});

const engineEvent = z.object({
  diagnosticEvent: z
    .object({ severity: z.string(), message: z.string(), ephemeral: z.boolean().optional() })
    .optional(),
  resOutputsEvent: step.optional(),
});

type EngineEvent = z.output<typeof engineEvent>;

function countChanges(events: readonly EngineEvent[]): Changes {
  const counts: Record<Change, number> = { ...noChanges };
  for (const { resOutputsEvent } of events) {
    const metadata = resOutputsEvent?.metadata;
    if (metadata === undefined) continue;
    const isCustom = (metadata.new ?? metadata.old)?.custom ?? false;
    if (!isManaged({ type: metadata.type, custom: isCustom })) continue;
    const change = CHANGES.find((name) => name === metadata.op);
    if (change !== undefined) counts[change] += 1;
  }
  return counts;
}

const CHANGES = ["create", "update", "replace", "delete", "same"] as const;

function stackOutputs(events: readonly EngineEvent[]): Properties {
  const ofStack = events.flatMap(({ resOutputsEvent }) =>
    resOutputsEvent?.metadata.type === STACK_TYPE ? [resOutputsEvent.metadata] : [],
  );
  return readable(ofStack.at(-1)?.new?.outputs ?? {});
}

function diagnostics(events: readonly EngineEvent[]): readonly string[] {
  return events.flatMap(({ diagnosticEvent }) => {
    if (diagnosticEvent === undefined || diagnosticEvent.ephemeral === true) return [];
    const { severity, message } = diagnosticEvent;
    return severity === "warning" || severity === "error" ? [`${severity}: ${message.trim()}`] : [];
  });
}
