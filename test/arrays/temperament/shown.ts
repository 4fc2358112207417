import type { Temper } from "./temperament.ts";
import type { TraitName } from "./traits.ts";

/** Which of an array's answers shows an object. */
export type View = "list" | "instance";

/** What an array shows of its objects, where that is not what is: late, once more, or not yet. */
export interface Shown<Row> {
  /** To be called whenever anything may have changed: the objects as they are, by id. `mark` differs when an object has changed. */
  note(nowMs: number, objects: Iterable<readonly [id: string, mark: string, row: () => Row]>): void;
  /** Not shown before that time. */
  hideUntil(id: string, untilMs: number): void;
  /** What a view shows of an object; the object itself if that is what is shown. */
  of(view: View, id: string, nowMs: number): "now" | { readonly row: Row } | undefined;
  /** Whether `note` is needed: else everything is shown as it is. */
  readonly keepsHistory: boolean;
  /** Objects that are gone and may still be shown. */
  readonly gone: readonly string[];
}

interface Version<Row> {
  readonly fromMs: number;
  readonly mark: string | undefined;
  /** As it was when it began; `undefined` while the object was not there. */
  readonly row: Row | undefined;
}

/** From a change that shows to the stale look at what was before it. */
const staleAfterMs = 2_000;
const leftOutEveryMs = 120_000;

const traitOfView = { list: "lagging-lists", instance: "lagging-instances" } as const satisfies Record<View, TraitName>;

/** What an array of this temper shows. */
export function openShown<Row>(temper: Temper): Shown<Row> {
  const versions = new Map<string, Version<Row>[]>();
  const hidden = new Map<string, number>();
  const keepsHistory = needHistory.some((trait) => temper.has(trait));

  return {
    keepsHistory,
    note(nowMs, objects) {
      const there = new Set<string>();
      for (const [id, mark, row] of objects) {
        there.add(id);
        const known = versions.get(id) ?? [];
        if (known.at(-1)?.mark !== mark) known.push({ fromMs: nowMs, mark, row: row() });
        versions.set(id, known);
      }
      for (const [id, known] of versions) {
        if (!there.has(id) && known.at(-1)?.mark !== undefined) {
          known.push({ fromMs: nowMs, mark: undefined, row: undefined });
        }
      }
    },
    hideUntil(id, untilMs) {
      hidden.set(id, Math.max(untilMs, hidden.get(id) ?? 0));
    },
    of(view, id, nowMs) {
      if (nowMs < (hidden.get(id) ?? 0)) return undefined;
      if (view === "list" && temper.turn("left-out-rows", leftOutEveryMs, nowMs, id) !== undefined) return undefined;
      const known = versions.get(id);
      if (known === undefined) return "now";
      const at = indexAt(known, nowMs - lagMs(view, nowMs));
      const stale = isStale(id, at, known, nowMs) ? at - 1 : at;
      const version = known[stale];
      if (version === undefined || version.row === undefined) return undefined;
      return version === known.at(-1) ? "now" : { row: version.row };
    },
    get gone() {
      return [...versions].filter(([, known]) => known.at(-1)?.mark === undefined).map(([id]) => id);
    },
  };

  function lagMs(view: View, nowMs: number): number {
    return temper.msIfStrikes(traitOfView[view], temper.slot(nowMs));
  }

  /** Only a change of what was there: an object is not gone once more, nor not yet created. */
  function isStale(id: string, at: number, known: readonly Version<Row>[], nowMs: number): boolean {
    const [before, version] = [known[at - 1], known[at]];
    if (before?.row === undefined || version?.row === undefined) return false;
    const staleForMs = temper.msIfStrikes("stale-answers", id, at);
    const sinceMs = nowMs - version.fromMs;
    return sinceMs >= staleAfterMs && sinceMs < staleAfterMs + staleForMs;
  }
}

const needHistory = ["lagging-lists", "lagging-instances", "stale-answers"] as const;

/** The version that held at a time; -1 before the first. */
function indexAt<Row>(known: readonly Version<Row>[], atMs: number): number {
  return known.findLastIndex(({ fromMs }) => fromMs <= atMs);
}
