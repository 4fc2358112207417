import { MigrationError } from "../errors.ts";
import type { EngineLog } from "../log.ts";

/** The SDK prints the stack of what these hooks throw, so what a user or an array can cause must carry none. */
export async function forUser<Result>(log: EngineLog, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw toUserError(error);
  } finally {
    await log.flush();
  }
}

/** The same for what waits for nothing. */
export function readOrReport<Result>(read: () => Result): Result {
  try {
    return read();
  } catch (error) {
    throw toUserError(error);
  }
}

/** An error as a user is to see it: what a user or an array can cause has a message of its own, all else is a defect. */
export function toUserError(error: unknown): Error {
  if (error instanceof MigrationError) return error;
  const defect = new Error(
    `pulumi-storage-migration has a defect: ${error instanceof Error ? (error.stack ?? error.message) : `${error}`}`,
  );
  defect.stack = "";
  return defect;
}

/** The form in which the SDK saves a resource although its run failed: the next `up` then calls `update`. */
export function withPartialState(error: unknown, id: string, properties: Record<string, unknown>): Error {
  const { message } = toUserError(error);
  return Object.assign(new Error(message), { id, properties, reasons: [message] });
}
