import xterm from "@xterm/headless";
import type { Terminal } from "../engine/engine.ts";

/** A terminal nobody sits at: what it shows can be read as text, or with its colours. */
export interface Screen extends Terminal {
  /** All lines from the first that was written, also those that have left the screen. A line that was too long for one row has several. */
  lines(): Promise<readonly ScreenLine[]>;
}

/** The rows of one line. */
export type ScreenLine = readonly (readonly Run[])[];

/** Characters in a row that look the same. */
export interface Run {
  readonly text: string;
  /** Number in the palette of 256 colours. @default the terminal's own */
  readonly colour: number | undefined;
  readonly isBold: boolean;
  readonly isUnderlined: boolean;
}

export function openScreen(size: { readonly columns: number; readonly rows: number }): Screen {
  const terminal = new xterm.Terminal({
    cols: size.columns,
    rows: size.rows,
    scrollback: 10_000,
    allowProposedApi: true,
  });
  return {
    ...size,
    write: (bytes) => terminal.write(bytes),
    async lines() {
      await new Promise<void>((resolve) => terminal.write("", resolve));
      const { active } = terminal.buffer;
      const lines: Run[][][] = [];
      for (let at = 0; at < active.length; at += 1) {
        const row = active.getLine(at);
        if (row === undefined) continue;
        const runs = runsOf(
          Array.from({ length: size.columns }, (_, column) => row.getCell(column)).flatMap((cell) => cell ?? []),
        );
        if (row.isWrapped) lines.at(-1)?.push(runs);
        else lines.push([runs]);
      }
      const last = lines.findLastIndex((line) => lineText(line) !== "");
      return lines.slice(0, last + 1);
    },
  };
}

/** A line without its colours. */
export function lineText(line: ScreenLine): string {
  return line
    .map((row) => row.map(({ text }) => text).join(""))
    .join("")
    .trimEnd();
}

function runsOf(cells: readonly xterm.IBufferCell[]): Run[] {
  const runs: Run[] = [];
  for (const cell of cells) {
    const one = {
      text: cell.getChars() || " ",
      colour: cell.isFgDefault() ? undefined : cell.getFgColor(),
      isBold: cell.isBold() !== 0,
      isUnderlined: cell.isUnderline() !== 0,
    };
    const last = runs.at(-1);
    if (last !== undefined && looksLike(last, one)) runs[runs.length - 1] = { ...last, text: last.text + one.text };
    else runs.push(one);
  }
  return runs;
}

function looksLike(one: Run, other: Run): boolean {
  return one.colour === other.colour && one.isBold === other.isBold && one.isUnderlined === other.isUnderlined;
}
