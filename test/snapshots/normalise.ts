/**
 * What a run has shown, without what differs from run to run: ids, ports, times of day, how long steps took, dots that move, signs of life. Times from the
 * year 2099 stay: no run happens then, so a story has declared them.
 */
export function normalise(lines: readonly string[]): string {
  const steady = lines.filter((line) => !isSignOfLife(line)).map(steadyLine);
  return `${sortDiagnostics(alignTables(uncounted(steady)))
    .join("\n")
    .trimEnd()}\n`;
}

/** How many were looked at before a run failed is a matter of chance. */
function uncounted(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => /^ +\d+ errored$/.test(line))) return lines;
  return lines.map((line) => line.replace(/^( +)\d+ unchanged$/, "$1<n> unchanged"));
}

/** Pulumi tells the diagnostics of one resource after the other, in any order. */
function sortDiagnostics(lines: readonly string[]): readonly string[] {
  const start = lines.indexOf("Diagnostics:") + 1;
  if (start === 0) return lines;
  const length = lines.slice(start).findIndex((line) => /^\S/.test(line));
  const end = length < 0 ? lines.length : start + length;
  const told = lines.slice(start, end).join("\n");
  const sorted = told.trimEnd().split("\n\n").toSorted().join("\n\n");
  return [...lines.slice(0, start), ...`${sorted}${/\n*$/.exec(told)?.[0] ?? ""}`.split("\n"), ...lines.slice(end)];
}

/** A text that is only repeated because nothing has changed for a while. */
function isSignOfLife(line: string): boolean {
  return / \(unchanged for [^)]+\)\s*$/.test(line);
}

function steadyLine(line: string): string {
  return line
    .replaceAll(/\b[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}\b/g, "<id>")
    .replaceAll(/\b127\.0\.0\.1:\d+/g, "127.0.0.1:<port>")
    .replaceAll(/\b(?!2099)\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?Z/g, "2030-01-01T12:00:00Z")
    .replaceAll(/ \((?:\d+h)?(?:\d+m)?\d+(?:\.\d+)?s\)(?:\.{1,3}(?= |$))?/g, "")
    .replace(/^(Duration: ).*/, "$112s")
    .trimEnd();
}

/** The columns of Pulumi's table are as wide as what has stood in them, however short it is now. */
function alignTables(lines: readonly string[]): readonly string[] {
  const at = lines.findIndex((line) => /^ +Type +Name +(Plan|Status)/.test(line));
  if (at < 0) return lines;
  const length = lines.slice(at).indexOf("");
  const end = length < 0 ? lines.length : at + length;
  return [...lines.slice(0, at), ...alignedRows(lines.slice(at, end)), ...lines.slice(end)];
}

function alignedRows(rows: readonly string[]): readonly string[] {
  const cells = rows.map((row) => {
    const [, sign = "", rest = ""] = /^(.{5}(?:[├└│─ ]*))(.*)$/.exec(row) ?? [];
    const [first = "", ...others] = rest.split(/ {2,}/);
    return [sign + first, ...others];
  });
  const widths = [0, 1, 2].map((column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join("  ")
      .trimEnd(),
  );
}
