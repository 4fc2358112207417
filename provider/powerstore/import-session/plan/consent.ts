import type { WireSession } from "../../wire.ts";
import { isCutOver, showsCutover } from "../cut-over.ts";
import { consents, type ImportSessionInputs } from "../inputs.ts";
import type { ObservedImport } from "../observed.ts";
import type { RecordedImport } from "../recorded.ts";
import { isPastCutover } from "../states.ts";
import { errorText } from "./forward.ts";

/** An import in whose place the program wants another one. */
export interface GivenUp extends Pick<ObservedImport, "session" | "members"> {
  readonly id: string;
  /** Undefined where only the array tells of it. */
  readonly recorded: RecordedImport | undefined;
  readonly sourceResourceId: string | undefined;
}

/** Why an import is kept, and what a person can do. */
export interface Kept {
  readonly reason: string;
  readonly next: string;
}

/**
 * Why no other session may take the place of this one.
 *
 * @returns undefined where the session is gone and no cutover was sent, where it is only released, and where the program consents
 */
export function whyKept(old: GivenUp, successor: ImportSessionInputs): Kept | undefined {
  const { id, session, recorded } = old;
  const isOver = showsCutover(old);
  const wasOver = recorded !== undefined && isCutOver(recorded);
  if (session === undefined && !wasOver) return undefined;
  if (recorded?.adopted === true && !isOver && !wasOver) return undefined;
  const what = textOf(old);
  if (stateOf(old) === "Cutover_In_Progress")
    return {
      reason: `${what}: its cutover is under way`,
      next: "Revert the change, and wait until the cutover has ended.",
    };
  const left = leftOf(old);
  if (left.length > 0)
    return {
      reason: `${what}, and members of the group are imported`,
      next: `Revert the change. To import the members that are left, declare each of them: ${left.join(", ")}.`,
    };
  const line = `copyAgain: "${id}"`;
  if (!consents(successor, id))
    return wasOver || isOver
      ? {
          reason: `${what}, and a cutover is for ever`,
          next: `Revert the change; to import something else, declare another resource. To import that source again all the same, set ${line}.`,
        }
      : {
          reason: `${what}, and its copy would be thrown away`,
          next: `Revert the change. To throw that copy away and copy again from the beginning, set ${line}.`,
        };
  // The consent was given to something else.
  if (recorded !== undefined && isOver && !wasOver)
    return {
      reason: `${what}: it was cut over meanwhile`,
      next: `Run \`pulumi refresh\` to record that. To import that source again all the same, keep ${line} then.`,
    };
  return undefined;
}

function stateOf({ session, recorded }: GivenUp): string {
  return session?.state ?? recorded?.state ?? "";
}

/** `import session 7 of source sv_42 is Copy_In_Progress, 61%` */
function textOf(old: GivenUp): string {
  const { id, session, recorded, sourceResourceId } = old;
  const source = session?.source_resource_id ?? sourceResourceId;
  const percent = session?.progress_percentage;
  const error = session?.error === undefined ? "" : `: ${errorText(session.error)}`;
  const where = session === undefined ? "no longer on the array, and was last" : "";
  const at = recorded?.cutOver?.at;
  return [
    `import session ${id}${source === undefined ? "" : ` of source ${source}`} is ${[where, stateOf(old)].filter(Boolean).join(" ")}${error}`,
    ...(percent === undefined ? [] : [`${percent}%`]),
    ...(at === undefined ? [] : [`cut over at ${at}`]),
  ].join(", ");
}

/** The members of a group that is partly over which are not imported. */
function leftOf({ session, members, recorded }: GivenUp): readonly string[] {
  const shown = session === undefined ? (recorded?.members ?? []).map(wireOf) : members;
  if (!shown.some(({ state }) => isPastCutover(state))) return [];
  const left = shown.filter(({ state }) => state !== "Import_Completed");
  return left.map(({ source_resource_id: source, id }) => source ?? `the source of session ${id}`);
}

function wireOf({ sessionId, state, sourceResourceId }: NonNullable<RecordedImport["members"]>[number]): WireSession {
  return { id: sessionId, state, source_resource_id: sourceResourceId };
}
