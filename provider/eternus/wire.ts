import { z } from "zod";
import type { CopySession } from "./copy-session.ts";
import type { Job, JobFailure } from "./job.ts";
import { copyPhases, jobStatuses, recoveries, sessionStatuses, spelt, transferModes } from "./words.ts";

/**
 * The parts of the ETERNUS RESTful API's answers that the provider reads. Unknown keys pass. The array leaves out attributes that do not apply, so all except the ids may
 * be absent. An attribute that only informs, and has an unexpected form, counts as absent.
 */
const reported = <Value>(schema: z.ZodType<Value>) => schema.nullish().transform((value) => value ?? undefined);
const informing = <Value>(schema: z.ZodType<Value>) => reported(schema).catch(undefined);
const text = informing(z.string());
const amount = informing(z.number());
const code = informing(z.union([z.string(), z.number().transform(String)]));
const entries = informing(z.array(z.unknown()));
const word = (words: readonly string[]) => text.transform((one) => (one === undefined ? undefined : spelt(words, one)));

const wireSession = z.object({
  copysession_id: z.int().min(0),
  type: word(["REC"]),
  status: z.string().nullish(),
  phase: z.string().nullish(),
  error_code: code,
  source_volume_number: reported(z.int()),
  destination_volume_number: reported(z.int()),
  concurrent_suspend_result: text,
  remain_time_to_finish_suspend: amount,
  backup_time: text,
  progress: amount,
  transfer_mode: word(transferModes),
  split_mode: word(recoveries),
  recovery_mode: word(recoveries),
  remote_boxid: reported(z.string()),
  remote_copysession_id: informing(z.int()),
  is_local_source_volume: reported(z.boolean()),
});

/** The attributes to request. The provider reads no others. */
export const sessionFields = Object.keys(wireSession.shape)
  .filter((name) => name !== "copysession_id")
  .join(",");

export const copySession: z.ZodType<CopySession> = wireSession.transform(
  (wire): CopySession => ({
    id: wire.copysession_id,
    type: wire.type,
    status: spelt(sessionStatuses, wire.status ?? ""),
    phase: spelt(copyPhases, wire.phase ?? ""),
    transferMode: wire.transfer_mode,
    splitMode: wire.split_mode,
    recoveryMode: wire.recovery_mode,
    pair: {
      remoteBoxid: wire.remote_boxid,
      sourceVolume: wire.source_volume_number,
      destinationVolume: wire.destination_volume_number,
      isLocalSource: wire.is_local_source_volume,
    },
    remoteId: wire.remote_copysession_id,
    isSuspending: spelt(["Running"], wire.concurrent_suspend_result ?? "") === "Running",
    suspendResult: wire.concurrent_suspend_result,
    suspendSecondsLeft: wire.remain_time_to_finish_suspend,
    suspendedAt: wire.backup_time,
    progress: wire.progress,
    errorCode: wire.error_code,
  }),
);

export const copySessionPage = z
  .object({ copysession_list: z.array(copySession), next_href: text })
  .transform((page) => ({ items: page.copysession_list, hasMore: page.next_href !== undefined }));

/** The last number of a link. Links come without a host, and the provider relies on nothing else in their form. */
const idOfHref = /(\d+)\/?(?:\?.*)?$/;
const hrefs = entries.transform((list) => list?.flatMap((entry) => sessionIdsIn(entry)));

export const job: z.ZodType<Job> = z
  .object({
    job_id: z.int().min(0),
    status: z.string(),
    description: text,
    progress_href_list: hrefs,
    succeeded_resource_href_list: hrefs,
    failed_resource_info_list: entries.transform((list) => (list ?? []).map(jobFailure)),
  })
  .transform(
    (wire): Job => ({
      id: wire.job_id,
      status: spelt(jobStatuses, wire.status),
      description: wire.description,
      inProgress: wire.progress_href_list ?? [],
      succeeded: wire.succeeded_resource_href_list,
      failures: wire.failed_resource_info_list,
    }),
  );

export const jobPage = z
  .object({ job_list: z.array(job), next_href: text })
  .transform((page) => ({ items: page.job_list, hasMore: page.next_href !== undefined }));

export const accepted = z.object({ job_id: z.int().min(0) }).transform((wire) => wire.job_id);

export const login = z.object({ session_id: z.int(), token: z.string().min(1), lifetime: amount });

const wireError = z.object({ error_code: code, message: text });

/** What went wrong according to the array, in an error body or in a job; undefined if the value is neither. */
export function errorIn(value: unknown): Omit<JobFailure, "sessionId"> | undefined {
  const { error_code, message } = wireError.safeParse(value).data ?? {};
  if ((error_code ?? message) === undefined) return undefined;
  // Codes have four characters. A code that came as a number has lost its leading zeros.
  const padded = error_code?.padStart(4, "0").toUpperCase();
  return { code: error_code === "" ? undefined : padded, message: message ?? "" };
}

/**
 * One entry of `failed_resource_info_list`. Its form is not documented. So the provider searches for the session in anything that resembles a link or an id, and for the
 * error in the entry itself and one level below.
 */
function jobFailure(entry: unknown): JobFailure {
  const inner = typeof entry === "object" && entry !== null ? Object.values(entry) : [];
  const error = [entry, ...inner].map(errorIn).find((found) => found !== undefined);
  return { sessionId: sessionIdsIn(entry)[0], code: error?.code, message: error?.message ?? "" };
}

function sessionIdsIn(entry: unknown): number[] {
  if (typeof entry === "string") {
    const id = entry.includes("copysession") ? idOfHref.exec(entry)?.[1] : undefined;
    return id === undefined ? [] : [Number(id)];
  }
  if (typeof entry !== "object" || entry === null) return [];
  const named = "copysession_id" in entry ? z.int().min(0).safeParse(entry.copysession_id) : undefined;
  if (named?.success === true) return [named.data];
  return Object.entries(entry)
    .flatMap(([key, value]) => (/href/i.test(key) ? sessionIdsIn(value) : []))
    .slice(0, 1);
}
