import { z } from "zod";
import type { CopySession } from "./copy-session.ts";
import type { Job, JobFailure } from "./job.ts";
import { copyPhases, isWord, jobStatuses, recoveries, sessionStatuses, spelt, transferModes } from "./words.ts";

/**
 * The parts of the ETERNUS RESTful API's answers that the provider reads. Unknown keys pass. The array leaves out attributes that do not apply, so all except the ids may
 * be absent. An attribute that only informs, and has an unexpected form, counts as absent.
 */
const text = z.string().nullish().catch(undefined);
const amount = z.number().nullish().catch(undefined);
const textOrNumber = z.union([z.string(), z.number()]).nullish().catch(undefined);

const wireSession = z.object({
  copysession_id: z.int().min(0),
  type: text,
  status: z.string().nullish(),
  phase: z.string().nullish(),
  error_code: textOrNumber,
  source_volume_number: z.int().nullish(),
  destination_volume_number: z.int().nullish(),
  concurrent_suspend_result: text,
  remain_time_to_finish_suspend: amount,
  backup_time: text,
  progress: amount,
  transfer_mode: text,
  split_mode: text,
  recovery_mode: text,
  remote_boxid: z.string().nullish(),
  is_local_source_volume: z.boolean().nullish(),
});

/** The attributes to request. The provider reads no others. */
export const sessionFields = Object.keys(wireSession.shape)
  .filter((name) => name !== "copysession_id")
  .join(",");

export const copySession: z.ZodType<CopySession> = wireSession.transform(
  (wire): CopySession => ({
    id: wire.copysession_id,
    type: speltIfAny(["REC"], wire.type),
    status: spelt(sessionStatuses, wire.status ?? ""),
    phase: spelt(copyPhases, wire.phase ?? ""),
    transferMode: speltIfAny(transferModes, wire.transfer_mode),
    splitMode: speltIfAny(recoveries, wire.split_mode),
    recoveryMode: speltIfAny(recoveries, wire.recovery_mode),
    pair: {
      remoteBoxid: wire.remote_boxid ?? undefined,
      sourceVolume: wire.source_volume_number ?? undefined,
      destinationVolume: wire.destination_volume_number ?? undefined,
      isLocalSource: wire.is_local_source_volume ?? undefined,
    },
    isSuspending: isWord(wire.concurrent_suspend_result ?? undefined, "Running"),
    suspendResult: wire.concurrent_suspend_result ?? undefined,
    suspendSecondsLeft: wire.remain_time_to_finish_suspend ?? undefined,
    suspendedAt: wire.backup_time ?? undefined,
    progress: wire.progress ?? undefined,
    errorCode: wire.error_code === null || wire.error_code === undefined ? undefined : `${wire.error_code}`,
  }),
);

export const copySessionPage = z
  .object({ copysession_list: z.array(copySession), next_href: text })
  .transform((page) => ({ items: page.copysession_list, hasMore: typeof page.next_href === "string" }));

/** The last number of a link. Links come without a host, and the provider relies on nothing else in their form. */
const idOfHref = /(\d+)\/?(?:\?.*)?$/;
const hrefs = z
  .array(z.unknown())
  .nullish()
  .catch(undefined)
  .transform((list) => list?.flatMap((entry) => sessionIdsIn(entry)));

const wireJob = z.object({
  job_id: z.int().min(0),
  status: z.string(),
  description: text,
  progress_href_list: hrefs,
  succeeded_resource_href_list: hrefs,
  failed_resource_info_list: z.array(z.unknown()).nullish().catch(undefined),
});

export const job: z.ZodType<Job> = wireJob.transform(
  (wire): Job => ({
    id: wire.job_id,
    status: spelt(jobStatuses, wire.status),
    description: wire.description ?? undefined,
    inProgress: wire.progress_href_list ?? [],
    succeeded: wire.succeeded_resource_href_list,
    failures: (wire.failed_resource_info_list ?? []).map(jobFailure),
  }),
);

export const jobPage = z
  .object({ job_list: z.array(job), next_href: text })
  .transform((page) => ({ items: page.job_list, hasMore: typeof page.next_href === "string" }));

export const accepted = z.object({ job_id: z.int().min(0) }).transform((wire) => wire.job_id);

export const login = z.object({ session_id: z.int(), token: z.string().min(1), lifetime: amount });

const wireError = z.object({ error_code: textOrNumber, message: text });

/** What went wrong according to the array, in an error body or in a job. */
export interface WireError {
  readonly code: string | undefined;
  readonly message: string;
}

/** An error body; undefined if the value is not one. */
export function errorIn(value: unknown): WireError | undefined {
  const parsed = wireError.safeParse(value);
  if (!parsed.success || (parsed.data.error_code ?? parsed.data.message ?? undefined) === undefined) return undefined;
  return { code: codeOf(parsed.data.error_code ?? undefined), message: parsed.data.message ?? "" };
}

/** Codes have four characters. A code that came as a number has lost its leading zeros. */
function codeOf(code: string | number | undefined): string | undefined {
  return code === undefined || code === "" ? undefined : `${code}`.padStart(4, "0").toUpperCase();
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

function speltIfAny(words: readonly string[], word: string | null | undefined): string | undefined {
  return word === null || word === undefined ? undefined : spelt(words, word);
}
