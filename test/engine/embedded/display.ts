import type { Change } from "../engine.ts";
import type { Properties } from "../wire-value.ts";

/** The kinds of step: sign, how a preview names it, its beginning and its end. */
export const STEPS = {
  create: ["+ ", "create", "creating", "created"],
  update: ["~ ", "update", "updating", "updated"],
  replace: ["++", "create replacement", "creating replacement", "created replacement"],
  discard: ["--", "delete original", "deleting original", "deleted original"],
  delete: ["- ", "delete", "deleting", "deleted"],
  refresh: ["~ ", "refresh", "refreshing", "refreshed"],
} as const;

export type StepKind = keyof typeof STEPS;
export type Severity = "info" | "warning" | "error";

/** Shows a run line by line, and keeps what its result tells. */
export interface Display {
  readonly lines: readonly string[];
  readonly changes: Readonly<Record<Change, number>>;
  readonly diagnostics: readonly string[];
  line(text: string): void;
  step(urn: string, kind: StepKind, words: string): void;
  count(change: Change): void;
  /** A text on the row of a resource, or of the stack; unless it is ephemeral it is told once more at the end. */
  log(urn: string, severity: Severity, text: string, isEphemeral: boolean): void;
  summary(isPreview: boolean, outputs: Properties): void;
}

export function openDisplay(stackUrn: string, onOutput: (line: string) => void): Display {
  const lines: string[] = [];
  const rows = new Map<string, string>();
  const diagnostics: string[] = [];
  const told = new Map<string, string[]>();
  const changes: Record<Change, number> = { create: 0, update: 0, replace: 0, delete: 0, same: 0 };
  const line = (text: string) => {
    for (const part of text.split("\n")) {
      lines.push(part);
      onOutput(part);
    }
  };
  const show = (urn: string, text = "") => line(`${rows.get(urn) ?? `    ${label(urn)} `} ${text}`.trimEnd());
  return {
    lines,
    changes,
    diagnostics,
    line,
    step(urn, kind, words) {
      rows.set(urn, ` ${STEPS[kind][0]} ${label(urn)} ${words}`);
      show(urn);
    },
    count: (change) => {
      changes[change] += 1;
    },
    log(urn, severity, text, isEphemeral) {
      const owner = urn === "" ? stackUrn : urn;
      const message = severity === "info" ? text : `${severity}: ${text}`;
      show(owner, message.split("\n")[0]);
      if (isEphemeral) return;
      told.set(owner, [...(told.get(owner) ?? []), message]);
      if (severity !== "info") diagnostics.push(message);
    },
    summary(isPreview, outputs) {
      if (told.size > 0) line("Diagnostics:");
      for (const [urn, messages] of told) line(indented(2, `${label(urn)}:\n${indented(2, messages.join("\n"))}`));
      if (Object.keys(outputs).length > 0) line("Outputs:");
      for (const [name, value] of Object.entries(outputs)) line(`    ${name}: ${JSON.stringify(value)}`);
      line("Resources:");
      for (const [change, count] of Object.entries(changes)) {
        if (count > 0) line(`    ${count} ${change === "same" ? "unchanged" : isPreview ? `to ${change}` : `${change}d`}`);
      }
    },
  };
}

/** Type and name of a resource, as rows and messages call it. */
export function label(urn: string): string {
  const [, , type = "", ...name] = urn.split("::");
  return `${type.split("$").at(-1)} ${name.join("::")}`;
}

function indented(spaces: number, text: string): string {
  return text.replaceAll(/^/gm, " ".repeat(spaces));
}
