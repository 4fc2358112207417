import type { Engine } from "../../engine/engine.ts";
import { processEngines as engines } from "../scenario.ts";
import type { How } from "./interrupt.ts";
import { type Moment, moments } from "./moments.ts";
import { type WayName, wayNames, ways, waysOfEmbedded } from "./ways.ts";

/** The ways to interrupt at each moment that every `npm test` goes through; with `INTERRUPTIONS=all` it is all ways at all moments. */
export type Chosen = Partial<Record<Moment, readonly WayName[]>>;

/** One way at one moment, on the engines that can be interrupted so. */
export interface Case {
  readonly title: string;
  readonly how: How;
  readonly able: readonly Engine[];
}

export function cases(chosen: Chosen): readonly Case[] {
  return moments.flatMap((moment) => {
    const named = chosen[moment];
    if (named === undefined) return [];
    return (process.env.INTERRUPTIONS === "all" ? wayNames : named).flatMap((name) => {
      // A second Ctrl-C comes too late where the first one ends the run at once.
      if (name === "Ctrl-C twice" && moment !== "before the answer to the act") return [];
      // The real one, where it is installed: only that can be interrupted in every way.
      const among = process.env.INTERRUPTIONS === "all" ? engines : engines.slice(0, 1);
      const able = among.filter((engine) => engine.name !== "embedded" || waysOfEmbedded.includes(name));
      return able.length === 0 ? [] : [{ title: `${name} ${moment}`, how: { way: ways[name], moment }, able }];
    });
  });
}
