import { type ChangeName, type Job, type JobBook, timeOrNull, titleOf } from "./job-book.ts";
import { refusalAnswer } from "./refusal.ts";
import {
  type Attribute,
  integer,
  label,
  localized,
  object,
  type Resource,
  type Row,
  text,
  time,
  withDisplayTexts,
  words,
} from "./resource.ts";

/** The releases whose structure a simulated array can have. */
export type Release = "4.1" | "4.4";

const phases = [
  "Pending",
  "Queued",
  "In_Progress",
  "Completed",
  "Skipped",
  "Failing",
  "Unrecoverable_Failed",
  "Failed",
];
const statuses = "200 201 202 204 206 207 400 401 403 404 405 406 415 416 422 500 503".split(" ");

/** `job`: what each change has come to (PowerStore REST 4.1 and 4.4, `job_instance`). */
export function jobResource(book: JobBook, release: Release): Resource {
  const attributes =
    release === "4.1" ? attributesWith(phases) : { ...attributesWith([...phases, "Waiting_Approval"]), ...addedLater };
  const toRow = (job: Job) => rowOf(job, attributes);
  return { name: "job", attributes, embeds: {}, rows: () => book.jobs.map(toRow) };
}

function attributesWith(phaseWords: readonly string[]): Readonly<Record<string, Attribute>> {
  return {
    ...localized({
      id: text,
      resource_id: text,
      resource_name: label,
      description_l10n: text,
      state: words(phaseWords.map((phase) => phase.toUpperCase())),
      phase: words(phaseWords),
      start_time: time,
      end_time: time,
      estimated_completion_time: time,
      progress_percentage: integer,
      parent_id: text,
      root_id: text,
      user: text,
      response_body: object,
      response_status: words(statuses),
      step_order: integer,
    }),
    // Enumerations of more than a hundred words each, of which few occur here.
    resource_action: text,
    resource_action_l10n: text,
    resource_type: text,
    resource_type_l10n: text,
  };
}

const addedLater: Readonly<Record<string, Attribute>> = { mpa_decision: object, submit_time: time };

function rowOf(job: Job, attributes: Readonly<Record<string, Attribute>>): Row {
  const { id, change, resourceType, resourceId, resourceName, phase, result, decision } = job;
  const action = actionWord(change);
  const row: Row = {
    id,
    resource_action: action,
    resource_action_l10n: action,
    resource_type: resourceType,
    resource_type_l10n: resourceType.replaceAll("_", " "),
    resource_id: resourceId ?? null,
    resource_name: resourceName ?? null,
    description_l10n: `${titleOf(change)} ${resourceType.replaceAll("_", " ")} ${resourceName ?? resourceId ?? ""}.`,
    state: phase.toUpperCase(),
    phase,
    start_time: timeOrNull(job.startMs),
    end_time: timeOrNull(job.endMs),
    estimated_completion_time: null,
    progress_percentage: job.endMs === undefined ? 0 : 100,
    parent_id: null,
    root_id: id,
    user: job.user,
    response_body: responseBody(job),
    response_status: result === undefined ? null : String(result.status),
    step_order: 0,
    ...("submit_time" in attributes
      ? {
          submit_time: timeOrNull(job.startMs),
          mpa_decision:
            decision === undefined
              ? null
              : {
                  decision: decision.decision,
                  decision_l10n: decision.decision,
                  mpa_job_id: id,
                  identity: "approver",
                  reason: decision.reason,
                  timestamp: timeOrNull(decision.atMs),
                },
        }
      : {}),
  };
  return withDisplayTexts(row, attributes);
}

/** `ResourceActionEnum` has no word for the two agentless gates, and what their jobs say instead is not published. */
export function actionWord(change: ChangeName): string | null {
  return change === "start_copy" || change === "enable_destination_volume" ? null : change;
}

/** `base_response` with its two kinds that occur here; what is answered without a body has none. */
function responseBody({ change, resourceId, result }: Job): unknown {
  if (result === undefined) return null;
  if (result.refusal !== undefined) {
    const { body } = refusalAnswer(result.refusal);
    return { response_type: "job_error_response", ...(typeof body === "object" ? body : {}) };
  }
  return change === "create" ? { response_type: "job_create_response", id: resourceId } : null;
}
