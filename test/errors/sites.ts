import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import ts from "typescript";

/** A place in the code where an error comes from: an error that is made, or a step of a plan that becomes one. */
export interface ErrorSite {
  /** `core/array/settings-source.ts wrongSetting`; the second of one function `… wrongSetting 2`. */
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
  const makers = new Map(nodesIn(file).flatMap((node) => makerIn(node) ?? []));
  const seen = new Map<string, number>();
  return nodesIn(file).flatMap((node) => {
    const words = wordsIn(node, makers);
    if (words === undefined) return [];
    const place = `${path} ${ownerOf(node)}`;
    const count = (seen.get(place) ?? 0) + 1;
    seen.set(place, count);
    const pattern = (expression: ts.Expression | undefined) =>
      new RegExp(`^${patternOf(expression, { file, given: words.given })}$`);
    return [
      {
        name: count === 1 ? place : `${place} ${count}`,
        answered: pattern(words.answered),
        next: pattern(words.next),
      },
    ];
  });
}

/** The words of an error, with what the parameters stand for in them. */
interface Words {
  readonly answered: ts.Expression | undefined;
  readonly next: ts.Expression | undefined;
  readonly given: ReadonlyMap<string, ts.Expression>;
}

/** A function that makes an error of words that it is given: the error comes from where it is called. */
interface Maker extends Omit<Words, "given"> {
  readonly parameters: readonly string[];
}

function wordsIn(node: ts.Node, makers: ReadonlyMap<string, Maker>): Words | undefined {
  if (ts.isCallExpression(node)) {
    const maker = makers.get(node.expression.getText());
    if (maker === undefined) return undefined;
    const given = new Map(
      maker.parameters.flatMap((name, index) => {
        const argument = node.arguments[index];
        return argument === undefined ? [] : [[name, argument] as const];
      }),
    );
    return { ...maker, given };
  }
  const report = reportIn(node);
  return report === undefined || makers.has(ownerOf(node)) ? undefined : { ...report, given: new Map() };
}

function makerIn(node: ts.Node): readonly (readonly [string, Maker])[] | undefined {
  if (!ts.isFunctionDeclaration(node) || node.name === undefined) return undefined;
  const parameters = node.parameters.map(({ name }) => name.getText());
  const [report] = nodesIn(node).flatMap((inner) => reportIn(inner) ?? []);
  const isNextGiven = report?.next !== undefined && parameters.includes(report.next.getText());
  return report !== undefined && isNextGiven ? [[node.name.text, { ...report, parameters }]] : undefined;
}

/** The words of an error: what `new MigrationError` is given, or what has a `next` and is `stuck`. */
function reportIn(node: ts.Node): Omit<Words, "given"> | undefined {
  if (ts.isNewExpression(node) && node.expression.getText() === "MigrationError") {
    const [report] = node.arguments ?? [];
    return report !== undefined && ts.isObjectLiteralExpression(report) ? ownWords(report) : undefined;
  }
  if (!ts.isObjectLiteralExpression(node) || ts.isNewExpression(node.parent)) return undefined;
  const kind = textOf(node, ["kind"]);
  const isStuck = kind !== undefined && ts.isStringLiteral(kind) && kind.text === "stuck";
  return isStuck && textOf(node, ["next"]) !== undefined ? ownWords(node) : undefined;
}

/** Words that were put together here. Those of a plan, or of another error, come from there. */
function ownWords(report: ts.ObjectLiteralExpression): Omit<Words, "given"> | undefined {
  const [answered, next] = [textOf(report, ["answered", "reason", "why"]), textOf(report, ["next"])];
  if (answered === undefined) return undefined;
  return isPassedOn(answered) && (next === undefined || isPassedOn(next)) ? undefined : { answered, next };
}

/** Whether the words are those of a plan: it is in the plan that the error comes from. */
function isPassedOn(text: ts.Expression): boolean {
  if (ts.isIdentifier(text)) return words.includes(text.text) && isTakenApart(text);
  return ts.isPropertyAccessExpression(text) && words.includes(text.name.text);
}

const words = ["reason", "why", "next"];

/** Whether a name stands for a part of something else that the function has: `{ reason, next }`. */
function isTakenApart(name: ts.Identifier): boolean {
  const bindings = nodesIn(name.getSourceFile()).filter(ts.isBindingElement);
  return bindings.some((binding) => binding.name.getText() === name.text && ownerOf(binding) === ownerOf(name));
}

function textOf(node: ts.ObjectLiteralExpression, names: readonly string[]): ts.Expression | undefined {
  const found = node.properties.find((property) => names.includes(property.name?.getText() ?? ""));
  if (found === undefined) return undefined;
  if (ts.isPropertyAssignment(found)) return found.initializer;
  return ts.isShorthandPropertyAssignment(found) ? found.name : undefined;
}

function ownerOf(node: ts.Node): string {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at)) return at.name?.getText() ?? "";
    if (ts.isVariableDeclaration(at) && ts.isSourceFile(at.parent.parent.parent)) return at.name.getText();
  }
  return "";
}

interface Known {
  readonly file: ts.SourceFile;
  readonly given: ReadonlyMap<string, ts.Expression>;
}

/** What a text looks like: constants as they stand, everything else as anything. */
function patternOf(node: ts.Expression | undefined, known: Known): string {
  if (node === undefined) return anything;
  if (ts.isStringLiteralLike(node)) return escaped(node.text);
  if (ts.isTemplateExpression(node)) {
    const spans = node.templateSpans.map(({ expression, literal }) => {
      return (known.given.size > 0 ? patternOf(expression, known) : anything) + escaped(literal.text);
    });
    return escaped(node.head.text) + spans.join("");
  }
  if (ts.isConditionalExpression(node))
    return `(${patternOf(node.whenTrue, known)}|${patternOf(node.whenFalse, known)})`;
  if (!ts.isIdentifier(node)) return anything;
  const argument = known.given.get(node.text);
  if (argument !== undefined) return patternOf(argument, { ...known, given: new Map() });
  return patternOf(constantIn(node, known.file), known);
}

/** What a name stands for: a constant of the function that it stands in, or of the file. */
function constantIn(name: ts.Identifier, file: ts.SourceFile): ts.Expression | undefined {
  if (isTakenApart(name)) return undefined;
  const declarations = nodesIn(file).filter(ts.isVariableDeclaration);
  const named = declarations.filter((declaration) => declaration.name.getText() === name.text);
  const own = named.findLast((declaration) => ownerOf(declaration) === ownerOf(name) && declaration.pos < name.pos);
  const [ofFile] = named.filter((declaration) => ts.isSourceFile(declaration.parent.parent.parent));
  return (own ?? ofFile)?.initializer;
}

function nodesIn(node: ts.Node): readonly ts.Node[] {
  const nodes: ts.Node[] = [node];
  ts.forEachChild(node, (child) => void nodes.push(...nodesIn(child)));
  return nodes;
}

const anything = "[\\s\\S]*";

function escaped(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, "\\$&");
}
