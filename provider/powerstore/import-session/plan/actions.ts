import type { ImportSessionState } from "../states.ts";

/** What can be sent to bring an import session forward. */
export type ForwardAction =
  | { readonly name: "create" }
  | {
      readonly name:
        | "reschedule"
        | "enable_destination_volume"
        | "start_copy"
        | "pause"
        | "resume"
        /** Of what an earlier, failed attempt of the same resource left. */
        | "remove";
      readonly sessionId: string;
    }
  /** From another state it is another opportunity: the members of a group that are left are cut over again. */
  | { readonly name: "cutover"; readonly sessionId: string; readonly from: ImportSessionState };

/** What can be sent to take an import session back. */
export type CancelAction =
  | {
      readonly name: "cancel";
      readonly sessionId: string;
      readonly force: boolean;
      /** The state in which the array has refused it: from another one it is another opportunity. */
      readonly refusedIn?: string;
    }
  | { readonly name: "cleanup" | "remove"; readonly sessionId: string };

/** The opportunity an act uses up: while it lasts, the same act on the same session is not sent again. */
export function dedupeKeyOf(act: ForwardAction | CancelAction): string {
  if (act.name === "create") return act.name;
  if (act.name === "cutover") return `cutover ${act.sessionId} from ${act.from}`;
  if (act.name !== "cancel") return `${act.name} ${act.sessionId}`;
  const again = act.refusedIn === undefined ? "" : ` after ${act.refusedIn}`;
  return `${act.force ? "force cancel" : act.name} ${act.sessionId}${again}`;
}
