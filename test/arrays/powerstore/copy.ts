/** The background copy of one volume: a size and a rate, and how far it had come when it last started or stopped. */
export interface Copy {
  readonly sizeBytes: number;
  /** May be 0: a copy that stalls. */
  bytesPerSecond: number;
  /** Copied before `runsSinceMs`. */
  copiedBytes: number;
  /** Undefined while it does not run. */
  runsSinceMs: number | undefined;
  /** How long it ran before `runsSinceMs`. */
  ranMs: number;
}

/** A copy that has not begun. */
export function newCopy(sizeBytes: number, bytesPerSecond: number): Copy {
  return { sizeBytes, bytesPerSecond, copiedBytes: 0, runsSinceMs: undefined, ranMs: 0 };
}

export function startCopy(copy: Copy, nowMs: number): void {
  stopCopy(copy, nowMs);
  copy.runsSinceMs = nowMs;
}

/** Keeps what has been copied; a copy that does not run is left as it is. */
export function stopCopy(copy: Copy, nowMs: number): void {
  if (copy.runsSinceMs === undefined) return;
  copy.copiedBytes = copiedBytesAt(copy, nowMs);
  copy.ranMs += nowMs - copy.runsSinceMs;
  copy.runsSinceMs = undefined;
}

/** From now on at another rate. */
export function changeRate(copy: Copy, bytesPerSecond: number, nowMs: number): void {
  const runs = copy.runsSinceMs !== undefined;
  stopCopy(copy, nowMs);
  copy.bytesPerSecond = bytesPerSecond;
  if (runs) startCopy(copy, nowMs);
}

export function copiedBytesAt(copy: Copy, nowMs: number): number {
  if (copy.runsSinceMs === undefined) return copy.copiedBytes;
  const sinceBytes = Math.floor(((nowMs - copy.runsSinceMs) / 1000) * copy.bytesPerSecond);
  return Math.min(copy.sizeBytes, copy.copiedBytes + sinceBytes);
}

/** When the copy will be complete if it runs on like this; undefined if it stalls or does not run. */
export function copyEndsMs(copy: Copy): number | undefined {
  if (copy.runsSinceMs === undefined || copy.bytesPerSecond === 0) return undefined;
  return copy.runsSinceMs + Math.ceil(((copy.sizeBytes - copy.copiedBytes) / copy.bytesPerSecond) * 1000);
}

/** Over the time it really ran, in whole bytes per second; the current rate before it has run for any time. */
export function averageBytesPerSecond(copy: Copy, nowMs: number): number {
  const ranMs = copy.ranMs + (copy.runsSinceMs === undefined ? 0 : nowMs - copy.runsSinceMs);
  return ranMs === 0 ? copy.bytesPerSecond : Math.floor(copiedBytesAt(copy, nowMs) / (ranMs / 1000));
}
