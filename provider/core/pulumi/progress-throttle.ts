import type { Clock } from "../async/clock.ts";
import type { EngineLog, ThrottleHint } from "../log.ts";
import { durationText } from "../text/duration-text.ts";

/** How rows are spaced, in milliseconds. */
export const rowLimits = {
  /** Between two texts of one stage, while only one resource waits. */
  minMs: 2_000,
  /** For each other resource that waits: so all together say six lines a minute at most, whatever the stages say. */
  perOtherMs: 10_000,
  /** Between two texts of one stage, while few wait. */
  maxMs: 15 * 60_000,
} as const;

/**
 * Keeps what is said of the waits to what a log can bear. A display without a terminal makes a line of every text, and a provider is not told which display
 * there is: so both get the same. Within a stage a text is due after a third of the time the row has been there, or of the time that is left, whichever is less:
 * often at the beginning and near the end, seldom between. A text that has not changed by then is said again with how long it has stood, as a sign of life.
 *
 * Stages that come again, as those of a connection that comes and goes, are said after pauses that double.
 */
export function throttledLog(log: EngineLog, clock: Clock): EngineLog {
  const rows = new Map<string, Row>();
  return {
    ...log,
    progress(urn, text, pacing) {
      const nowMs = clock.nowMs();
      const row = rows.get(urn);
      if (pacing === undefined) return log.progress(urn, text);
      if (row === undefined) {
        const { stage } = pacing;
        const [sinceMs, saidMs, changedMs] = [nowMs, nowMs, nowMs];
        rows.set(urn, {
          stage,
          text,
          saidText: text,
          sinceMs,
          saidMs,
          changedMs,
          stages: new Set([stage]),
          returns: 0,
        });
        return log.progress(urn, text);
      }
      if (text !== row.text) row.changedMs = nowMs;
      row.text = text;
      const isNew = !row.stages.has(pacing.stage);
      const isAgain = !isNew && row.stage !== pacing.stage;
      const pauseMs = isAgain ? returnPauseMs(row) : pauseWithin(row, pacing, nowMs);
      if (!isNew && nowMs - row.saidMs < Math.max(pauseMs, (rows.size - 1) * rowLimits.perOtherMs)) return;
      if (isAgain) row.returns += 1;
      row.stages.add(pacing.stage);
      row.stage = pacing.stage;
      const isSame = text === row.saidText;
      row.saidText = text;
      row.saidMs = nowMs;
      log.progress(urn, isSame ? `${text} (unchanged for ${durationText(nowMs - row.changedMs)})` : text);
    },
    end(urn) {
      rows.delete(urn);
      log.end(urn);
    },
  };
}

interface Row {
  /** The stage that was said last. */
  stage: string;
  /** The text that was heard last, said or not. */
  text: string;
  saidText: string;
  readonly sinceMs: number;
  saidMs: number;
  /** Since when the text is what it is. */
  changedMs: number;
  /** All that were said. */
  readonly stages: Set<string>;
  /** How often a stage came again. */
  returns: number;
}

function pauseWithin({ sinceMs }: Row, { leftMs = Number.POSITIVE_INFINITY }: ThrottleHint, nowMs: number): number {
  return Math.min(Math.max(Math.min(nowMs - sinceMs, leftMs) / 3, rowLimits.minMs), rowLimits.maxMs);
}

function returnPauseMs({ returns }: Row): number {
  return Math.min(rowLimits.minMs * 2 ** Math.min(returns, 20), rowLimits.maxMs);
}
