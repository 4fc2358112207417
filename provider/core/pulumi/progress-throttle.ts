import type { Clock } from "../async/clock.ts";
import type { EngineLog, ThrottleHint } from "../log.ts";
import { durationText } from "../text/duration-text.ts";

/** The pauses between texts on a row, in milliseconds. */
const rowLimits = {
  /** The shortest pause between two texts of one stage, while only one resource waits. */
  minMs: 2_000,
  /** The extra pause for each other resource that waits, so that all resources together show at most six lines a minute, plus the first of each stage. */
  perOtherMs: 10_000,
  /** The longest pause between two texts of one stage, while few resources wait. */
  maxMs: 15 * 60_000,
} as const;

/**
 * Limits how often waiting resources show a text. A display without a terminal prints a line for every text, and Pulumi does not report which display it uses, so both
 * kinds get the same texts. Within a stage, the pause is a third of the time since the row began, or of the remaining time, whichever is less. So texts come often at the
 * beginning and near the end, and seldom in between. A text that has not changed is shown again, with the time since its last change, as a sign of life.
 *
 * If stages repeat, as they do when a connection comes and goes, the pause doubles each time.
 */
export function throttledLog(log: EngineLog, clock: Clock): EngineLog {
  const rows = new Map<string, Row>();
  return {
    ...log,
    progress(urn, text, hint) {
      if (hint === undefined) return log.progress(urn, text);
      const nowMs = clock.nowMs();
      const { stage } = hint;
      const row = rows.get(urn) ?? newRow(text, nowMs);
      rows.set(urn, row);
      if (text !== row.text) row.changedMs = nowMs;
      row.text = text;
      const isNew = !row.stages.has(stage);
      const isReturn = !isNew && row.stage !== stage;
      const pauseMs = isReturn ? returnPauseMs(row) : pauseWithin(row, hint, nowMs);
      if (!isNew && nowMs - row.shownMs < Math.max(pauseMs, (rows.size - 1) * rowLimits.perOtherMs)) return;
      if (isReturn) row.returns += 1;
      row.stages.add(stage);
      const isSame = text === row.shownText;
      row.stage = stage;
      row.shownText = text;
      row.shownMs = nowMs;
      log.progress(urn, isSame ? `${text} (unchanged for ${durationText(nowMs - row.changedMs)})` : text);
    },
    end(urn) {
      rows.delete(urn);
      log.end(urn);
    },
  };
}

type Row = ReturnType<typeof newRow>;

function newRow(text: string, nowMs: number) {
  return {
    /** All stages that were shown, and the last of them. */
    stages: new Set<string>(),
    stage: "",
    /** How often a stage has returned. */
    returns: 0,
    /** The last text, whether it was shown or not, and when it last changed. */
    text,
    changedMs: nowMs,
    shownText: "",
    shownMs: nowMs,
    sinceMs: nowMs,
  };
}

function pauseWithin({ sinceMs }: Row, { leftMs = Number.POSITIVE_INFINITY }: ThrottleHint, nowMs: number): number {
  return Math.min(Math.max(Math.min(nowMs - sinceMs, leftMs) / 3, rowLimits.minMs), rowLimits.maxMs);
}

function returnPauseMs({ returns }: Row): number {
  return Math.min(rowLimits.minMs * 2 ** Math.min(returns, 20), rowLimits.maxMs);
}
