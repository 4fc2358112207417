/** How long a session may take to show what became of a command that nothing else tells of, in milliseconds. */
export const graceMs = 60_000;
