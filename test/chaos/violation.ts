/** What is wrong about one schedule, with the trace of what happened. */
export class Violation extends Error {
  override readonly name = "Violation" as const;

  constructor(violations: readonly string[], trace: readonly string[] = []) {
    super(
      [...violations, ...(trace.length === 0 ? [] : ["--- what happened ---"]), ...trace.slice(-longestTrace)].join(
        "\n",
      ),
    );
    // The message is all there is to read.
    this.stack = this.message;
  }
}

const longestTrace = 80;
