import type { Run, ScreenLine } from "./screen.ts";

/** A part of a picture: what was typed, and the screen then. */
export interface Pane {
  readonly prompt: string;
  readonly lines: readonly ScreenLine[];
}

const [cellWidth, rowHeight, margin] = [8.4, 18, 16];

/** Terminals, one under the other, as SVG. Each line of a terminal is one `text`, however many rows it has. */
export function pictureOf(title: string, panes: readonly Pane[]): string {
  let row = 0;
  let columns = 0;
  const drawn = panes.map(({ prompt, lines }, index) => {
    // An empty row between two panes.
    if (index > 0) row += 1;
    const typed: ScreenLine = [[{ text: `$ ${prompt}`, colour: 8, isBold: false, isUnderlined: false }]];
    const texts = [typed, ...lines].map((line) => {
      const rows = line.map((runs) => {
        row += 1;
        const { text, end } = rowOf(runs, margin + row * rowHeight - 4);
        columns = Math.max(columns, end);
        return text;
      });
      return `<text>${rows.join("")}</text>`;
    });
    return `<g>\n${texts.join("\n")}\n</g>`;
  });
  const [width, height] = [Math.ceil(columns * cellWidth) + 2 * margin, row * rowHeight + 2 * margin];
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" xml:space="preserve" font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace" font-size="14" fill="#d6dbe3">
<title>${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="#14181f"/>
${drawn.join("\n")}
</svg>
`;
}

/** The lines of each pane of a picture, without what was typed. */
export function textsOf(picture: string): readonly (readonly string[])[] {
  return [...picture.matchAll(/<g>(.*?)<\/g>/gs)].map(([, pane = ""]) =>
    [...pane.matchAll(/<text>(.*?)<\/text>/gs)]
      .map(([, text = ""]) => unescaped(text.replaceAll(/<[^>]*>/g, "")))
      .slice(1),
  );
}

/** Every run stands where its column is, whatever font there is. */
function rowOf(runs: readonly Run[], y: number): { readonly text: string; readonly end: number } {
  let column = 0;
  let end = 0;
  // Fonts differ in width: what begins a column has its own place.
  const pieces = runs.flatMap((run) => run.text.split(/(?<= {2})(?=[^ ])/).map((text) => ({ ...run, text })));
  const drawn = pieces.map(({ text, colour, isBold, isUnderlined }) => {
    const x = round(margin + column * cellWidth);
    column += text.length;
    end = text.trimEnd() === "" ? end : column;
    const look = [
      colour === undefined ? "" : ` fill="${palette(colour)}"`,
      isBold ? ' font-weight="bold"' : "",
      isUnderlined ? ' text-decoration="underline"' : "",
    ];
    return `<tspan x="${x}" y="${y}"${look.join("")}>${escaped(text)}</tspan>`;
  });
  return { text: drawn.join(""), end };
}

const base = "#14181f #f07178 #8bd49c #ffcb6b #82aaff #c792ea #7fdbca #d6dbe3".split(" ");
const bright = "#7d8799 #ff8b92 #a5e8b4 #ffe08a #9cc4ff #dbb0ff #a1f0e2 #ffffff".split(" ");

/** A colour of the palette of 256 as every terminal has it, but for the first sixteen, which are ours. */
function palette(colour: number): string {
  const named = [...base, ...bright][colour];
  if (named !== undefined) return named;
  if (colour >= 232) return rgb([0, 0, 0].map(() => 8 + (colour - 232) * 10));
  const cube = colour - 16;
  return rgb(
    [Math.floor(cube / 36), Math.floor(cube / 6) % 6, cube % 6].map((part) => (part === 0 ? 0 : 55 + part * 40)),
  );
}

function rgb(parts: readonly number[]): string {
  return `#${parts.map((part) => part.toString(16).padStart(2, "0")).join("")}`;
}

function round(length: number): number {
  return Math.round(length * 10) / 10;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

function unescaped(text: string): string {
  return text.replaceAll("&lt;", "<").replaceAll("&amp;", "&");
}
