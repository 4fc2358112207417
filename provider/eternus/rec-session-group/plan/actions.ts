import { type Modes, sessionsText } from "../../client.ts";
import type { CommandKind } from "../../job.ts";

/** What can be sent to an array for a group. `tries` counts the commands this run has sent for these sessions before. */
export type Action =
  | { readonly kind: "suspend"; readonly ids: readonly number[]; readonly force: boolean; readonly tries: number }
  | { readonly kind: "resume" | "reverse"; readonly ids: readonly [number]; readonly tries: number }
  | { readonly kind: "modify"; readonly ids: readonly [number]; readonly modes: Modes; readonly tries: number };

/** The opportunity an act uses up. After a command was carried out and did not do, there is another one. */
export function dedupeKeyOf(act: Action): string {
  const how = act.kind === "suspend" && act.force ? " by force" : "";
  return `${act.kind}${how} ${act.ids.join(",")} after ${act.tries}`;
}

// A row in the display has room for a few ids.
const idsNamed = 8;

/** Sessions as a row names them: one by one, or how many. */
export function briefly(ids: readonly number[]): string {
  return ids.length > idsNamed ? `${ids.length} copy sessions` : sessionsText(ids);
}

/** What would be sent, in words: `suspend copy sessions 1, 2, 3 in one call; resume copy sessions 7, 8`. */
export function actionsText(acts: readonly Action[]): string {
  const suspends = acts.flatMap((act) => {
    if (act.kind !== "suspend") return [];
    return [`suspend ${briefly(act.ids)}${act.force ? " by force" : ""}${act.ids.length > 1 ? " in one call" : ""}`];
  });
  const singles = others.flatMap((kind) => {
    const ids = acts.flatMap((act) => (act.kind === kind ? act.ids : []));
    return ids.length === 0 ? [] : [`${verbs[kind]} ${briefly(ids)}`];
  });
  return [...suspends, ...singles].join("; ");
}

/** What is sent for each session by itself, in the order in which one session needs it. */
export const others = ["modify", "reverse", "resume"] as const;

/** What a command does, as a verb phrase before `copy session 7`. */
export const verbs: Readonly<Record<CommandKind, string>> = {
  suspend: "suspend",
  resume: "resume",
  reverse: "reverse",
  modify: "change the modes of",
};
