/** Time limits for one exchange, in milliseconds, and the size limit of an answer, in bytes. */
export const exchangeLimits = {
  connectMs: 10_000,
  headersMs: 60_000,
  bodyMs: 60_000,
  /** How long an action still waits for its answer after a Ctrl-C. */
  answerAfterInterruptionMs: 3_000,
  answerBytes: 4 * 1024 * 1024,
} as const;
