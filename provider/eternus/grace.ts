/** The time in which a session must show the effect of a command, if nothing else reports its outcome, in milliseconds. */
export const graceMs = 60_000;
