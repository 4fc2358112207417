/** Where words about one resource go: its row in the display, and the diagnostics. */
export interface EngineLog {
  /** Replaces what stands on the resource's row. `pacing` leaves out texts that come too soon after the last. @default each is said */
  progress(urn: string, text: string, pacing?: ThrottleHint): void;
  /** Stays under Diagnostics, also in preview: a display with a terminal clears the row at the end. */
  note(urn: string, text: string): void;
  /** Stays there with more weight; said once for each resource. */
  warn(urn: string, text: string): void;
  /** Shown with `pulumi up -d` only. */
  debug(urn: string, text: string): void;
  /** Nothing more will be said on the resource's row in this hook. */
  end(urn: string): void;
  /** Resolves when all that was said has been taken, so that nothing is lost at the end of a hook. */
  flush(): Promise<void>;
}

export const silentLog: EngineLog = {
  progress() {},
  note() {},
  warn() {},
  debug() {},
  end() {},
  flush: async () => {},
};

/** What a text on a row tells of how soon the next one is worth a line. */
export interface ThrottleHint {
  /** What is waited for, without numbers that change with each look. The first text of a stage is said at once. */
  readonly stage: string;
  /** How long it will still last, in milliseconds. @default nothing tells */
  readonly leftMs?: number | undefined;
}
