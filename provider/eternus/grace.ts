/** How long a session may take to show what became of a command that nothing else reports on, in milliseconds. */
export const graceMs = 60_000;
