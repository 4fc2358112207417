import type { Confirm } from "../../../core/http/exchange.ts";
import { declaredMomentText } from "../../../core/text/moment.ts";
import type { PowerStoreClient, SessionAction } from "../../client.ts";
import { sessionNameOf } from "../naming.ts";
import type { ObservedImport } from "../observed.ts";
import type { ImportSessionState } from "../states.ts";
import type { ImportTarget } from "../target.ts";
import { createBody, wireMoment } from "./create-body.ts";

interface OnSession {
  readonly sessionId: string;
}

/** What each kind of action needs to know. */
interface ActionFields {
  /** `startMs`: when the import starts. Undefined: at once. */
  create: { readonly startMs: number | undefined };
  reschedule: OnSession & { readonly startMs: number };
  enable_destination_volume: OnSession;
  start_copy: OnSession;
  pause: OnSession;
  resume: OnSession;
  /** From another state it is another opportunity: the members of a group that are left are cut over again. */
  cutover: OnSession & { readonly from: ImportSessionState };
  /** `rejectedIn`: the state in which the array has rejected it. From another one it is another opportunity. */
  cancel: OnSession & { readonly force: boolean; readonly rejectedIn: string | undefined };
  cleanup: OnSession;
  remove: OnSession;
}
type ActionKind = keyof ActionFields;

/** What can be sent to an array for an import session. */
export type ImportAction<Kind extends ActionKind = ActionKind> = {
  [One in Kind]: ActionFields[One] & { readonly kind: One };
}[Kind];

/** What an action is put into words by. */
export interface ActionContext {
  readonly observed: ObservedImport;
  readonly target: ImportTarget;
}

/** What an action is sent with. */
interface ActionSending {
  readonly client: PowerStoreClient;
  readonly target: ImportTarget;
  readonly nowMs: number;
  readonly confirm: Confirm;
}

interface ActionRow<Kind extends ActionKind> {
  /** What would be sent, for a preview's row. */
  plan(action: ImportAction<Kind>, context: ActionContext): string;
  /** What a run is at while it sends it. */
  doing(action: ImportAction<Kind>): string;
  /** The opportunity it uses up: while that lasts, the same action is not sent again. */
  dedupeKey(action: ImportAction<Kind>): string;
  /** What is at stake in it. @default nothing */
  warnings?(action: ImportAction<Kind>, context: ActionContext): readonly string[];
  /** The state from which it is sent, where that decides whether it may be sent again. */
  from?(action: ImportAction<Kind>): ImportSessionState;
  /** @returns the id of the session that it has made, if it has made one */
  request(action: ImportAction<Kind>, sending: ActionSending): Promise<string | undefined>;
  /** What the session shows once the array has taken it. Undefined: the session is gone. */
  leadsTo(action: ImportAction<Kind>): ImportSessionState | undefined;
}

/** All that is known of an action, in one place. */
const rows: { readonly [Kind in ActionKind]: ActionRow<Kind> } = {
  create: {
    plan: ({ startMs }, { target: { inputs, urn } }) =>
      `create session ${sessionNameOf(inputs, urn)}${startText(startMs, inputs.scheduledTimestamp)}`,
    doing: () => "creating the session",
    dedupeKey: () => "create",
    warnings: ({ startMs }, { target: { inputs } }) =>
      startMs === undefined && inputs.scheduledTimestamp !== undefined
        ? ["the scheduled start has passed: the import starts at once"]
        : [],
    request: (_, { client, target: { inputs, urn }, nowMs, confirm }) =>
      client.createSession(createBody(inputs, urn, nowMs), confirm),
    leadsTo: ({ startMs }) => (startMs === undefined ? "Queued" : "Scheduled"),
  },
  reschedule: {
    plan: ({ startMs }) => `move the start to ${declaredMomentText(startMs)}`,
    doing: () => "moving the scheduled start",
    dedupeKey: ({ sessionId }) => `reschedule ${sessionId}`,
    request: ({ sessionId, startMs }, { client, confirm }) =>
      client.reschedule(sessionId, wireMoment(startMs), {
        attempted: `reschedule import session ${sessionId}`,
        confirm,
      }),
    leadsTo: () => "Scheduled",
  },
  enable_destination_volume: onSession(
    "enable the destination volume",
    "enabling the destination volume",
    "enable the destination volume of",
    "Ready_To_Start_Copy",
  ),
  start_copy: onSession("start the copy", "starting the copy", "start the copy of", "Copy_In_Progress"),
  pause: onSession("pause the copy", "pausing the copy", "pause", "Paused"),
  resume: onSession("resume the copy", "resuming the copy", "resume", "Copy_In_Progress"),
  cutover: {
    ...onSession("cut over", "cutting over", "cut over", "Cutover_In_Progress"),
    plan: cutoverText,
    doing: ({ from }) => (from === "Ready_For_Cutover" ? "cutting over" : "cutting over the members that are left"),
    dedupeKey: ({ sessionId, from }) => `cutover ${sessionId} from ${from}`,
    warnings: (action, context) => [cutoverText(action, context)],
    from: ({ from }) => from,
  },
  cancel: {
    plan: ({ sessionId, force }) => `cancel session ${sessionId}${withForce(force)}`,
    doing: ({ force }) => `cancelling${withForce(force)}`,
    dedupeKey({ sessionId, force, rejectedIn }) {
      const again = rejectedIn === undefined ? "" : ` after ${rejectedIn}`;
      return `${force ? "force cancel" : "cancel"} ${sessionId}${again}`;
    },
    warnings: ({ force }) => (force ? [`force cancel: ${noRollback}`] : []),
    request({ sessionId, force }, { client, confirm }) {
      const attempted = `cancel import session ${sessionId}${withForce(force)}`;
      return client.cancel(sessionId, force, { attempted, confirm });
    },
    leadsTo: () => "Cancel_In_Progress",
  },
  cleanup: onSession("clean up the source volume", "cleaning up the source volume", "clean up", "Cleanup_In_Progress"),
  remove: {
    plan: ({ sessionId }) => `remove the record of session ${sessionId}`,
    doing: () => "removing the record",
    dedupeKey: ({ sessionId }) => `remove ${sessionId}`,
    request: ({ sessionId }, { client, confirm }) =>
      client.removeSession(sessionId, { attempted: `remove the record of import session ${sessionId}`, confirm }),
    leadsTo: () => undefined,
  },
};

export function rowOf<Kind extends ActionKind>(action: ImportAction<Kind>): ActionRow<Kind> {
  return rows[action.kind];
}

/** What would be sent, for a preview's row. Actions on the members of a group are counted. */
export function planText(actions: readonly ImportAction[], context: ActionContext): string {
  const { session, members } = context.observed;
  const isOnMember = (action: ImportAction) => "sessionId" in action && action.sessionId !== session?.id;
  const alike = Map.groupBy(actions, (action) => rowOf(action).plan(action, context));
  const texts = [...alike].map(([text, those]) =>
    members.length > 0 && those.some(isOnMember) ? `${text} of ${those.length} of ${members.length} members` : text,
  );
  return texts.join(" and ");
}

/** What sending these puts at stake. */
export function stakesOf(actions: readonly ImportAction[], context: ActionContext): readonly string[] {
  return actions.flatMap((action) => rowOf(action).warnings?.(action, context) ?? []);
}

/** What a cutover means, whoever begins it: it cannot be undone, and the source goes stale. */
export function irreversible(what: string, { observed, target }: ActionContext): string {
  const id = target.inputs.sourceResourceId ?? observed.session?.source_resource_id;
  const source = id === undefined ? "the source" : `source ${id}`;
  return `${what} (irreversible): ${source} will no longer be kept in sync`;
}

export const noRollback = "if the source or the hosts are unreachable, the import ends without a rollback";

/** An action that only names a session. `attempt`: what an error calls it, before `import session 7`. */
function onSession(plan: string, doing: string, attempt: string, leadsTo: ImportSessionState) {
  type Action = OnSession & { readonly kind: SessionAction };
  return {
    plan: () => plan,
    doing: () => doing,
    dedupeKey: ({ kind, sessionId }: Action) => `${kind} ${sessionId}`,
    request: ({ kind, sessionId }: Action, { client, confirm }: ActionSending) =>
      client.act(sessionId, kind, { attempted: `${attempt} import session ${sessionId}`, confirm }),
    leadsTo: () => leadsTo,
  };
}

function cutoverText({ from }: ImportAction<"cutover">, context: ActionContext): string {
  return irreversible(from === "Ready_For_Cutover" ? "cut over" : "cut over the members that are left", context);
}

/** Only of a session that takes the place of another may the start have passed. */
function startText(startMs: number | undefined, declaredMs: number | undefined): string {
  if (startMs !== undefined) return `, start at ${declaredMomentText(startMs)}`;
  return declaredMs === undefined ? "" : `, start at once (${declaredMomentText(declaredMs)} has passed)`;
}

function withForce(force: boolean): string {
  return force ? " with force" : "";
}
