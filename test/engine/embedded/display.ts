import type { LogEntry } from "../dynamic-provider/log-server.ts";
import { type Change, noChanges } from "../engine.ts";
import type { Properties } from "../wire-value.ts";

/** The kinds of step, in words. */
export const STEPS = {
  create: { sign: "+ ", plan: "create", doing: "creating", done: "created" },
  update: { sign: "~ ", plan: "update", doing: "updating", done: "updated" },
  replace: { sign: "++", plan: "create replacement", doing: "creating", done: "created" },
  discard: { sign: "--", plan: "delete original", doing: "deleting", done: "deleted" },
  delete: { sign: "- ", plan: "delete", doing: "deleting", done: "deleted" },
} as const;

/** Shows a run line by line, and keeps what its result tells. */
export type Display = ReturnType<typeof openDisplay>;

export function openDisplay(stackUrn: string, onOutput: (line: string) => void, isDebug: boolean) {
  const lines: string[] = [];
  const rows = new Map<string, string>();
  const told = new Map<string, string[]>();
  const diagnostics: string[] = [];
  const changes: Record<Change, number> = { ...noChanges };
  function line(text: string): void {
    lines.push(...text.split("\n"));
    for (const part of text.split("\n")) onOutput(part);
  }
  /** Shows a text on its row; unless it is ephemeral it is told once more at the end. */
  function log({ urn, severity, message, isEphemeral }: LogEntry): void {
    if (severity === "debug" && !isDebug) return;
    const owner = urn === "" ? stackUrn : urn;
    const text = (severity === "info" ? message : `${severity}: ${message}`).trim();
    line(`${rows.get(owner) ?? `    ${label(owner)}`} ${text.split("\n")[0]}`);
    if (isEphemeral) return;
    told.set(owner, [...(told.get(owner) ?? []), text]);
    if (severity === "warning" || severity === "error") diagnostics.push(text);
  }
  return {
    lines,
    changes,
    diagnostics,
    line,
    count: (change: Change) => {
      changes[change] += 1;
    },
    step(urn: string, kind: keyof typeof STEPS, words: string): void {
      rows.set(urn, ` ${STEPS[kind].sign} ${label(urn)} ${words}`);
      line(rows.get(urn) ?? "");
    },
    log,
    /** Tells something of the stack as a whole. */
    tell: (severity: LogEntry["severity"], message: string) => log({ urn: "", severity, message, isEphemeral: false }),
    summary(isPreview: boolean, outputs: Properties): void {
      if (told.size > 0) line("Diagnostics:");
      for (const [urn, texts] of told) line(`  ${label(urn)}:\n${texts.join("\n").replaceAll(/^/gm, "    ")}`);
      if (Object.keys(outputs).length > 0) line("Outputs:");
      for (const [name, value] of Object.entries(outputs)) line(`    ${name}: ${JSON.stringify(value)}`);
      line(isPreview ? "Resources, if it were done:" : "Resources:");
      for (const [change, count] of Object.entries(changes)) if (count > 0) line(`    ${count} ${change}`);
    },
  };
}

/** Type and name of a resource. */
function label(urn: string): string {
  const [, , type = "", ...name] = urn.split("::");
  return `${type.split("$").at(-1)} ${name.join("::")}`;
}
