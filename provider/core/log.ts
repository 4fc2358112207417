/** Shows texts about one resource: on its row in the display, and under Diagnostics. */
export interface EngineLog {
  /** Replaces the text on the resource's row. With a hint, drops texts that follow the last one too soon. @default shows every text */
  progress(urn: string, text: string, hint?: ThrottleHint): void;
  /** Stays under Diagnostics, also in preview, because a display with a terminal clears the row at the end. */
  note(urn: string, text: string): void;
  /** Stays under Diagnostics as a warning. Each text is shown once per resource. */
  warn(urn: string, text: string): void;
  /** Shown with `pulumi up -d` only. */
  debug(urn: string, text: string): void;
  /** This hook shows nothing more on the resource's row. */
  end(urn: string): void;
  /** Resolves when the engine has taken every text, so that the end of a hook loses none. */
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

/** How soon the next text on the row is worth a line. */
export interface ThrottleHint {
  /** What the run waits for, without numbers that change with each read. The first text of a stage is shown at once. */
  readonly stage: string;
  /** The remaining time, in milliseconds. @default unknown */
  readonly leftMs?: number | undefined;
}
