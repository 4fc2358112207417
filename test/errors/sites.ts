import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import ts from "typescript";

/** A place in the code where an error comes from: an error that is made, or a step or an obstacle that becomes one. */
export interface ErrorSite {
  /** `core/settings.ts wrong`; the second of one function `core/settings.ts wrong 2`. */
  readonly name: string;
  /** What the error's own words look like when it comes from here. */
  readonly answered: RegExp;
  readonly next: RegExp;
}

const provider = new URL("../../provider/", import.meta.url);

/** All places in the provider's code where an error comes from, in the order of files and lines. */
export async function errorSites(): Promise<ErrorSite[]> {
  const paths: string[] = [];
  for await (const path of glob("**/*.ts", { cwd: provider })) paths.push(path);
  return paths.sort().flatMap(sitesIn);
}

function sitesIn(path: string): ErrorSite[] {
  const text = readFileSync(new URL(path, provider), "utf8");
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const seen = new Map<string, number>();
  const sites: ErrorSite[] = [];
  const visit = (node: ts.Node): void => {
    const report = reportIn(node);
    if (report !== undefined) {
      const place = `${path} ${ownerOf(node)}`;
      const count = (seen.get(place) ?? 0) + 1;
      seen.set(place, count);
      const name = count === 1 ? place : `${place} ${count}`;
      const answered = textOf(report, ["answered", "reason", "why"]);
      sites.push({
        name,
        answered: exactly(patternOf(answered, file)),
        next: exactly(patternOf(textOf(report, ["next"]), file)),
      });
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return sites;
}

/** The words of an error: what `new MigrationError` is given, or what has a `next` and is `stuck`. */
function reportIn(node: ts.Node): ts.ObjectLiteralExpression | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === "MigrationError") {
    const [report] = node.arguments ?? [];
    // One that is made of another is no place where an error comes from.
    const isCopy = report?.getText().includes("#report") === true;
    if (report === undefined || !ts.isObjectLiteralExpression(report) || isCopy) return undefined;
    return isPassedOn(textOf(report, ["answered"])) && isPassedOn(textOf(report, ["next"])) ? undefined : report;
  }
  if (!ts.isObjectLiteralExpression(node) || ts.isNewExpression(node.parent)) return undefined;
  const word = textOf(node, ["kind", "is"]);
  const isStuck = word !== undefined && ts.isStringLiteral(word) && word.text === "stuck";
  return isStuck && hasProperty(node, "next") ? node : undefined;
}

/** Whether the words are those of a plan: it is in the plan that the error comes from. */
function isPassedOn(text: ts.Expression | undefined): boolean {
  return (
    text !== undefined && ts.isPropertyAccessExpression(text) && ["reason", "why", "next"].includes(text.name.text)
  );
}

function hasProperty(node: ts.ObjectLiteralExpression, name: string): boolean {
  return node.properties.some((property) => property.name?.getText() === name);
}

function textOf(node: ts.ObjectLiteralExpression, names: readonly string[]): ts.Expression | undefined {
  const found = node.properties.find((property) => names.includes(property.name?.getText() ?? ""));
  return found !== undefined && ts.isPropertyAssignment(found) ? found.initializer : undefined;
}

function ownerOf(node: ts.Node): string {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at.name?.getText() ?? "";
    if (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) return at.name.getText();
  }
  return "";
}

/** What a text looks like: constants as they stand, everything else as anything. */
function patternOf(node: ts.Expression | undefined, file: ts.SourceFile): string {
  if (node === undefined) return anything;
  if (ts.isStringLiteralLike(node)) return escaped(node.text);
  if (ts.isTemplateExpression(node)) {
    return escaped(node.head.text) + node.templateSpans.map(({ literal }) => anything + escaped(literal.text)).join("");
  }
  if (ts.isConditionalExpression(node)) return `(${patternOf(node.whenTrue, file)}|${patternOf(node.whenFalse, file)})`;
  if (ts.isIdentifier(node)) return constantOf(node.text, file) ?? anything;
  return anything;
}

function constantOf(name: string, file: ts.SourceFile): string | undefined {
  for (const statement of file.statements) {
    if (!ts.isVariableStatement(statement)) continue;
    const found = statement.declarationList.declarations.find((declaration) => declaration.name.getText() === name);
    if (found?.initializer !== undefined) return patternOf(found.initializer, file);
  }
  return undefined;
}

const anything = "[\\s\\S]*";

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}

function exactly(pattern: string): RegExp {
  return new RegExp(`^${pattern}$`);
}
