import type { MigrationError, MigrationErrorKind } from "../../provider/core/errors.ts";
import { kindTexts } from "./kinds.ts";
import { type Provocation, provoked } from "./provoked.ts";
import { coreProvocations } from "./provoked-core.ts";
import { eternusProvocations } from "./provoked-eternus.ts";
import { powerStoreProvocations } from "./provoked-powerstore.ts";

/** One error as it is really thrown, and the place it comes from. */
export interface Entry {
  readonly site: string;
  readonly error: MigrationError;
}

export const provocations: readonly Provocation[] = [
  ...coreProvocations,
  ...powerStoreProvocations,
  ...eternusProvocations,
];

/** Provokes every error. */
export async function catalogue(): Promise<Entry[]> {
  const entries: Entry[] = [];
  // One after the other: their clocks go by what is under way.
  for (const provocation of provocations) entries.push({ site: provocation.site, error: await provoked(provocation) });
  return entries;
}

/** The text of docs/errors.md. */
export function catalogueText(entries: readonly Entry[]): string {
  const sections = kindNames().map((kind) => sectionText(kind, entries));
  return `${[head, ...sections].join("\n\n")}\n`;
}

const head = `# Errors

Every error reports the same things in the same order: the array, what was attempted, what the array answered (its code and its own words) or what the provider observed, what the stack has recorded, and
what to do next. Nothing that a user or an array can cause shows a stack trace.

\`npm run docs:errors\` makes this page: it provokes every error. A test fails if this page and the code differ. Names, ids and numbers are examples.`;

function sectionText(kind: MigrationErrorKind, entries: readonly Entry[]): string {
  const { when, recorded, next } = kindTexts[kind];
  const errors = entries.flatMap(({ error }) => (error.kind === kind ? [error] : []));
  const list = errors.length > maxListed ? tablesOf(errors) : listOf(errors);
  return `## ${kind}\n\n${when}\n\n**Recorded:** ${recorded} **Next:** ${next}\n\n${list}`;
}

/** More than these are set as tables, by what was attempted on which array. */
const maxListed = 8;

function listOf(errors: readonly MigrationError[]): string {
  return [...new Set(errors.map(({ message }) => `- ${plain(message)}`))].join("\n");
}

function tablesOf(errors: readonly MigrationError[]): string {
  const byOpening = Map.groupBy(errors.map(partsOf), ({ opening }) => opening);
  return [...byOpening].map(([opening, parts]) => `### ${opening}\n\n${tableOf(parts)}`).join("\n\n");
}

/** A row for each way out, with all that leads to it. */
function tableOf(parts: readonly Parts[]): string {
  const byNext = Map.groupBy(parts, ({ next }) => next);
  const rows = [...byNext].map(([next, ones]) => [
    [...new Set(ones.map(({ answered }) => answered))].join("<br>"),
    next,
  ]);
  return [["because", "what to do"], ["---", "---"], ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

interface Parts {
  /** `ETERNUS: could not suspend copy session 1`: without the array's name and address. */
  readonly opening: string;
  readonly answered: string;
  readonly next: string;
}

function partsOf({ message, answered }: MigrationError): Parts {
  const opening = message
    .slice(0, message.indexOf(answered))
    .replace(/^(PowerStore|ETERNUS) .*\): (could not .*): $/, "$1: $2");
  return { opening, answered: plain(answered), next: plain(nextOf(message, answered)) };
}

/** The next step that a message names: what follows the answer and what is recorded. */
export function nextOf(message: string, answered: string): string {
  const rest = message.slice(message.indexOf(answered) + answered.length);
  return rest.replace(/^[.!?]? /, "").replace(/^Recorded: [\s\S]*?\. (?=[A-Z])/, "");
}

/** Simulated arrays have an address of this machine. */
function plain(message: string): string {
  return message.replaceAll(/https?:\/\/127\.0\.0\.1:\d+/g, "https://array.example.com").replaceAll("\n", " ");
}

function kindNames(): MigrationErrorKind[] {
  const isKind = (name: string): name is MigrationErrorKind => Object.hasOwn(kindTexts, name);
  return Object.keys(kindTexts).filter(isKind);
}
