/** What a person, the network or the array does while a command runs. */
export interface Mishap {
  readonly at: Moment;
  readonly what: Trouble;
}

/** The nth request of a kind in a command, counted from 1, or so long after the command's begin. */
export type Moment = { readonly on: RequestKind; readonly nth: number } | { readonly afterS: number };

export const requestKinds = ["any", "act", "read", "login"] as const;
export type RequestKind = (typeof requestKinds)[number];

/** What becomes of one request, and of those of its kind that follow it. Only at the moment of a request. */
export const faultNames = [
  "reset",
  "reset after",
  "lose answer",
  "slow",
  "truncated",
  "cut",
  "html",
  "html after",
  "redirect",
  "oversize",
  "400",
  "401",
  "403",
  "404",
  "409",
  "413",
  "422",
  "422 after",
  "429",
  "429 date",
  "429 absurd",
  "500",
  "502 after",
  "503",
  "503 date",
  "outage",
  "restart",
  "logins end",
] as const;
export type FaultName = (typeof faultNames)[number];

export type Trouble =
  /** @param times how many requests in a row. @default 1 */
  | { readonly fault: FaultName; readonly times?: number }
  /** Ctrl-C; or the end of provider and engine at once, before the array handles the request or after. */
  | { readonly end: "ctrl-c" | "kill" | "kill after" }
  /** Done at the array by hand, or by the array itself: the vendor's own words. */
  | { readonly byHand: string };

/** One command at the keyboard. */
export interface Command<Declared> {
  readonly run: "up" | "preview" | "refresh" | "destroy";
  /** What the program says from here on. @default as before */
  readonly declare?: Partial<Declared>;
  /** `customTimeouts` of this command. @default generous */
  readonly timeoutS?: number;
  /** Time that passes before it. @default 0 */
  readonly waitS?: number;
  readonly mishaps?: readonly Mishap[];
}

/** All that happens to one declared migration before it is left in peace. */
export interface Schedule<World, Declared> {
  readonly world: World;
  readonly declared: Declared;
  readonly commands: readonly Command<Declared>[];
}
