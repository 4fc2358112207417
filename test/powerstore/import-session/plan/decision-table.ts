/** A row of a decision table: what it is for, and what it decides in each of its columns. */
export interface DecisionRow {
  /** The words that must hold, by the heading of their column. */
  readonly when: Readonly<Record<string, string>>;
  readonly decides: Readonly<Record<string, string>>;
}

/**
 * Reads a table written with `|` between its columns and its headings in the first line. Columns before the double bar `||` are conditions, those
 * after it decisions; `*` is any, and several conditions that must all hold are joined with ` + `.
 */
export function decisionTable(text: string): readonly DecisionRow[] {
  const [headings = [], ...rows] = text
    .trim()
    .split("\n")
    .map((line) => line.split("||").map((half) => half.split("|").map((cell) => cell.trim())));
  const [conditions = [], decisions = []] = headings;
  return rows.map(([when = [], decides = []]) => ({
    when: byHeading(conditions, when),
    decides: byHeading(decisions, decides),
  }));
}

/** The one row that holds, given which words are true under each heading. @throws if none does, or more than one */
export function rowFor(table: readonly DecisionRow[], given: Readonly<Record<string, readonly string[]>>): DecisionRow {
  const matching = table.filter(({ when }) =>
    Object.entries(when).every(([heading, cell]) =>
      cell.split(" + ").every((word) => word === "*" || given[heading]?.includes(word) === true),
    ),
  );
  const [row] = matching;
  if (row === undefined || matching.length > 1)
    throw new Error(`${matching.length} rows of the table are for ${JSON.stringify(given)}`);
  return row;
}

function byHeading(headings: readonly string[], cells: readonly string[]): Record<string, string> {
  if (cells.length !== headings.length)
    throw new Error(`${cells.length} cells under ${headings.length} headings: ${cells}`);
  return Object.fromEntries(headings.map((heading, index) => [heading, cells[index] ?? ""]));
}
