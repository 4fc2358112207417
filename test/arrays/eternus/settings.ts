/** How this simulated array behaves where arrays, firmware or documents differ. All of it has a default. */
export interface EternusSettings {
  /** From acceptance to the start of a job. @default 1000 */
  readonly jobQueuedMs: number;
  /** From the start of a job to its end. @default 2000 */
  readonly jobRunningMs: number;
  /** How long a suspend in Synchronous or Consistency mode goes on after the end of its job. @default 8000 */
  readonly suspendDrainMs: number;
  /** How long an ended job can be read (RESTful API reference, job management). @default 30 min */
  readonly jobRetentionMs: number;
  /** Jobs registered at most, ended ones included; then new calls get 503 (same page). @default 512 */
  readonly jobTableSize: number;
  /** Simultaneous logins; the next gets 503 with D206. @default 64 */
  readonly loginLimit: number;
  /** Life of a token from its issue; use does not extend it (reference, Creating Session). @default 30 min */
  readonly tokenLifetimeMs: number;
  /** Life of a refresh token from the login. @default 10 h */
  readonly refreshTokenLifetimeMs: number;
  /** Whether a refresh also gives a new refresh token and ends the old one; its life still counts from the login. @default false */
  readonly rotatesRefreshToken: boolean;
  /** HTTP status of a successful login: not documented. @default 200 */
  readonly loginStatus: 200 | 201;
  /** Most entries in one answer of a list, whatever `max_records` asks for: not documented. @default 100 */
  readonly pageSize: number;
  /** Most ids in one group suspend: not documented. @default 512 */
  readonly groupSize: number;
  /** Longest query taken, in characters; then 413. The number is not documented. @default 4096 */
  readonly queryLimit: number;
  /** JSON type of `error_code`: not documented. @default "string" */
  readonly errorCodeType: "string" | "number";
  /** Code for the suspend of a session that is not equivalent, without force. @default "5201" */
  readonly notEquivalentCode: "5201" | "5323";
  /** Whether `force` suspends a Stack session that is not equivalent: not documented. @default false */
  readonly forceLiftsStackRule: boolean;
  /** Whether a session's state is judged by the job (which then fails) or already at the request (409). @default "job" */
  readonly stateJudgedBy: "job" | "request";
  /** The form of the entries of `failed_resource_info_list`: not documented. @default "flat" */
  readonly failureShape: FailureShape;
  /** `concurrent_suspend_result` after a suspend has ended; only "Running" is documented. @default "Success" and "Error" */
  readonly suspendResult: { readonly done: string | undefined; readonly givenUp: string | undefined };
  /** Whether the REC buffers allow Consistency sessions to be reversed. @default true */
  readonly reverseBuffers: boolean;
}

/**
 * Plausible forms of an entry of `failed_resource_info_list`:
 * `flat` `{ resource_href, error_code, message, internal_code }`; `nested` `{ href, error_info: { … } }`;
 * `named` `{ copysession_id, copysession_href, error_code, message }`; `href` the bare link; `absent`: no list at all.
 */
export type FailureShape = "flat" | "nested" | "named" | "href" | "absent";

const minuteMs = 60_000;

export const defaultSettings: EternusSettings = {
  jobQueuedMs: 1000,
  jobRunningMs: 2000,
  suspendDrainMs: 8000,
  jobRetentionMs: 30 * minuteMs,
  jobTableSize: 512,
  loginLimit: 64,
  tokenLifetimeMs: 30 * minuteMs,
  refreshTokenLifetimeMs: 600 * minuteMs,
  rotatesRefreshToken: false,
  loginStatus: 200,
  pageSize: 100,
  groupSize: 512,
  queryLimit: 4096,
  errorCodeType: "string",
  notEquivalentCode: "5201",
  forceLiftsStackRule: false,
  stateJudgedBy: "job",
  failureShape: "flat",
  suspendResult: { done: "Success", givenUp: "Error" },
  reverseBuffers: true,
};
