import type { ArrayAnswer, ArrayRequest, Exchange } from "./exchange.ts";

/** What goes wrong with one request. To add a kind: a line here and a case in `play-fault.ts`; or use `custom`. */
export type Fault =
  /** The connection is reset before the request is handled. */
  | { readonly kind: "reset" }
  /** The request is handled, then the connection ends without an answer. */
  | { readonly kind: "lose-answer" }
  /** This answer instead of the array's. With `handled`, the request takes effect all the same. @default handled false */
  | ({ readonly kind: "status"; readonly handled?: boolean } & ArrayAnswer)
  /** 200 with a web page; the request is not handled. */
  | { readonly kind: "html"; readonly html?: string }
  /** Handled at once; the headers, or the second half of the body, come after so many real milliseconds (`Infinity`: never). */
  | { readonly kind: "delay"; readonly of: "headers" | "body"; readonly ms: number }
  /** The answer's JSON stops in the middle; with `cut` the connection breaks there, else the answer looks complete. */
  | { readonly kind: "truncate"; readonly cut?: boolean }
  /** The answer's JSON, padded with blanks to this size; with `declared` the size stands in `Content-Length`. */
  | { readonly kind: "oversize"; readonly bytes: number; readonly declared?: boolean }
  /** To a login page, or wherever; the request is not handled. @default status 302 */
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** Handled, and the answer's JSON changed on its way: unknown states, unknown keys, missing ones. */
  | { readonly kind: "rewrite"; change(body: unknown): unknown }
  /** Anything else. */
  | { readonly kind: "custom"; play(exchange: Exchange): void | Promise<void> };

/** When a fault strikes, and how often. */
export interface ScriptedFault {
  readonly when: {
    /** In capitals. @default any */
    readonly method?: string;
    /** A text is the whole path without query; an expression is tried on path and query, both as on the wire. @default any */
    readonly path?: RegExp | string;
    /** The first request to strike, counted from 1 among those that match since the fault was added. @default 1 */
    readonly nth?: number;
  };
  /** How many of the matching requests from `nth` on; `Infinity` for all. @default 1 */
  readonly times?: number;
  readonly do: Fault;
}

/** A fault that was added: how often it struck, and a way to end it. */
export interface AddedFault {
  readonly struck: number;
  remove(): void;
}

/** The faults scripted for one array. The first one added that is due strikes; at most one strikes a request. */
export interface Faults {
  add(fault: ScriptedFault): AddedFault;
  clear(): void;
}

/** The faults of one array, and what its server asks at each request. */
export function faultScript(): { readonly faults: Faults; next(request: ArrayRequest): Fault | undefined } {
  let entries: Entry[] = [];
  return {
    faults: {
      add(scripted) {
        const entry: Entry = { scripted, seen: 0, struck: 0 };
        entries.push(entry);
        return {
          get struck() {
            return entry.struck;
          },
          remove() {
            entries = entries.filter((other) => other !== entry);
          },
        };
      },
      clear() {
        entries = [];
      },
    },
    next(request) {
      // Every entry counts what it matches, also when another one strikes: `nth` is about requests, not about luck.
      const matching = entries.filter((entry) => matches(entry.scripted.when, request));
      for (const entry of matching) entry.seen += 1;
      const due = matching.find(
        ({ scripted, seen, struck }) => seen >= (scripted.when.nth ?? 1) && struck < (scripted.times ?? 1),
      );
      if (due === undefined) return undefined;
      due.struck += 1;
      return due.scripted.do;
    },
  };
}

interface Entry {
  readonly scripted: ScriptedFault;
  seen: number;
  struck: number;
}

function matches(when: ScriptedFault["when"], request: ArrayRequest): boolean {
  if (when.method !== undefined && when.method !== request.method) return false;
  if (when.path === undefined) return true;
  if (typeof when.path === "string") return when.path === request.path;
  // A global or sticky expression remembers where it stopped; match() does not.
  return `${request.path}${request.rawQuery === "" ? "" : `?${request.rawQuery}`}`.search(when.path) !== -1;
}
