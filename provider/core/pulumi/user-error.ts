import { MigrationError } from "../errors.ts";
import type { EngineLog } from "../log.ts";

/** Runs a hook. The SDK prints the stack of an error that a hook throws, so an error that a user or an array can cause must have an empty stack. */
export async function forUser<Result>(log: EngineLog, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toUserError(error);
  } finally {
    await log.flush();
  }
}

/** The error to show to the user. An error that a user or an array can cause has its own message. Any other error is a defect. */
function toUserError(error: unknown): Error {
  if (error instanceof MigrationError || (error instanceof Error && "reasons" in error)) return error;
  const text = error instanceof Error ? (error.stack ?? error.message) : `${error}`;
  return Object.assign(new Error(`pulumi-storage-migration has a defect: ${text}`), { stack: "" });
}

/** The error form with which the SDK saves a resource although its run failed. The next `up` then calls `update`. */
export function withPartialState(error: unknown, id: string, properties: Record<string, unknown>): Error {
  const { message } = toUserError(error);
  return Object.assign(new Error(message), { id, properties, reasons: [message] });
}
