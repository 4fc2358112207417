import type { DescribedClass, DescribedLookup } from "./described.ts";
import type { DescribedObject, DescribedProperty } from "./type-texts.ts";

const begin =
  "<!-- `npm run docs` makes this part, up to the end of the tables, from the types in sdk/. Change their comments, not this page. -->";
const end = "<!-- The end of the part that `npm run docs` makes. -->";

/** The page with its made part made again. The text around that part stays. */
export function remade(page: string | undefined, title: string, blocks: readonly string[]): string {
  const made = [begin, ...blocks, end].join("\n\n");
  if (page === undefined) return `# ${title}\n\n${made}\n`;
  const [from, to] = [page.indexOf(begin), page.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`the page of ${title} has lost the marks around its tables`);
  return `${page.slice(0, from)}${made}${page.slice(to + end.length)}`;
}

export function classBlocks({ isComponent, inputs, outputs, objects }: DescribedClass): readonly string[] {
  return [
    "## Inputs",
    table("input", inputs),
    "## Outputs",
    `Besides Pulumi's own ${isComponent ? "`urn`" : "`id` and `urn`"}.`,
    table("output", outputs),
    ...objects.flatMap((object) => objectBlocks(object)),
  ];
}

export function lookupBlocks(lookups: readonly DescribedLookup[], objects: readonly DescribedObject[]) {
  return [
    ...lookups.flatMap(({ name, meaning, inputs, result }) => [
      `## ${name}`,
      `${meaning} Returns: ${result}.`,
      table("argument", inputs),
    ]),
    ...objects.flatMap((object) => objectBlocks(object)),
  ];
}

function objectBlocks({ name, meaning, properties }: DescribedObject): readonly string[] {
  return [
    `### ${name}`,
    ...(meaning === "" ? [] : [meaning]),
    ...(properties.length === 0 ? [] : [table("key", properties)]),
  ];
}

function table(what: string, properties: readonly DescribedProperty[]): string {
  // Outputs have no defaults.
  const hasDefaults = properties.some(({ standard }) => standard !== undefined);
  const heads = [what, "type", "meaning", ...(hasDefaults ? ["default"] : []), "example"];
  const rows = properties.map(({ name, isNeeded, type, meaning, standard, example }) => [
    `\`${name}\``,
    type,
    meaning,
    ...(hasDefaults ? [isNeeded ? "required" : asCode(standard)] : []),
    example === undefined ? "" : `\`${example}\``,
  ]);
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

// A value becomes code. A sentence about a value does not.
function asCode(standard: string | undefined): string {
  if (standard === undefined) return "";
  return /^("[^"]*"|true|false|-?\d+(\.\d+)?)$/.test(standard) ? `\`${standard}\`` : standard;
}

function cell(text: string): string {
  return text.replace(/\|/g, "\\|");
}
