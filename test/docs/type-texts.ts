import ts from "typescript";

/** One input, output or key. */
export interface DescribedProperty {
  readonly name: string;
  readonly isNeeded: boolean;
  readonly type: string;
  readonly meaning: string;
  /** As TSDoc's `@default` says. */
  readonly standard: string | undefined;
  /** As TSDoc's `@example` says. */
  readonly example: string | undefined;
}

/** A type with a name, which has a table of its own. */
export interface DescribedObject {
  readonly name: string;
  readonly meaning: string;
  /** None for inputs of another resource: its page has them. */
  readonly properties: readonly DescribedProperty[];
}

/** Describes types, and collects the named ones that are met on the way. */
export interface TypeTexts {
  /** A type in words: without what Pulumi wraps around it, with literals spelled out, and with links to objects. */
  text(node: ts.TypeNode): string;
  property(symbol: ts.Symbol): readonly DescribedProperty[];
  properties(type: ts.Type): readonly DescribedProperty[];
  meaning(symbol: ts.Symbol | undefined): string;
  /** In the order they were met. */
  objects(): readonly DescribedObject[];
}

export function typeTexts(checker: ts.TypeChecker): TypeTexts {
  const objects = new Map<string, DescribedObject>();

  const text = (node: ts.TypeNode): string => {
    if (ts.isParenthesizedTypeNode(node) || ts.isTypeOperatorNode(node)) return text(node.type);
    if (ts.isArrayTypeNode(node)) return `list of ${many(text(node.elementType))}`;
    if (ts.isUnionTypeNode(node)) {
      const parts = node.types.filter((one) => one.kind !== ts.SyntaxKind.UndefinedKeyword).map(text);
      return [...new Set(parts)].join(" or ");
    }
    if (ts.isLiteralTypeNode(node)) return `\`${node.getText()}\``;
    if (ts.isTypeReferenceNode(node)) return reference(node);
    if (ts.isIndexedAccessTypeNode(node) || ts.isTypeLiteralNode(node)) return unnamed(node);
    return node.getText();
  };
  const reference = (node: ts.TypeReferenceNode): string => {
    const name = node.typeName.getText().split(".").at(-1) ?? "";
    const [first, second] = node.typeArguments ?? [];
    if (first !== undefined && ["Input", "Output", "Promise", "Readonly"].includes(name)) return text(first);
    if (first !== undefined && ["Array", "ReadonlyArray"].includes(name)) return `list of ${many(text(first))}`;
    if (second !== undefined && name === "Record") return `${text(second)} by name`;
    const symbol = checker.getSymbolAtLocation(node.typeName);
    const target = symbol && symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declaration = target?.declarations?.[0];
    if (declaration === undefined) return `\`${node.getText()}\``;
    if (ts.isTypeAliasDeclaration(declaration) && isPlain(declaration.type)) return text(declaration.type);
    if (ts.isInterfaceDeclaration(declaration) || ts.isTypeAliasDeclaration(declaration)) {
      return met(name, target, checker.getTypeAtLocation(node));
    }
    const isPage = ts.isClassDeclaration(declaration) && baseOf(declaration) !== undefined;
    return isPage ? `[${name}](${pageOf(name)})` : `\`${name}\``;
  };
  // An object without a name of its own is called after the property it is the type of.
  const unnamed = (node: ts.TypeNode): string => {
    const type = checker.getTypeAtLocation(node);
    const owner = type.symbol?.declarations?.[0]?.parent;
    return met(owner !== undefined && ts.isPropertySignature(owner) ? owner.name.getText() : "object", undefined, type);
  };
  const met = (name: string, symbol: ts.Symbol | undefined, type: ts.Type): string => {
    if (!objects.has(name)) {
      const own = meaning(symbol);
      // Named before it is described: an object may hold its own kind.
      objects.set(name, { name, meaning: own, properties: [] });
      const borrowed = borrowedInputs(symbol);
      objects.set(name, {
        name,
        meaning: [own, borrowed].filter((part) => part !== undefined && part !== "").join(" "),
        properties: borrowed === undefined ? properties(type) : [],
      });
    }
    return `[${name}](#${name.toLowerCase()})`;
  };
  const property = (symbol: ts.Symbol): readonly DescribedProperty[] => {
    const declaration = symbol.declarations?.find(
      (one) => ts.isPropertySignature(one) || ts.isPropertyDeclaration(one),
    );
    if (declaration?.type === undefined) return [];
    const tag = (name: string) => {
      const found = symbol.getJsDocTags(checker).find((one) => one.name === name);
      return found === undefined ? undefined : oneLine(ts.displayPartsToString(found.text));
    };
    return [
      {
        name: symbol.name,
        isNeeded: (symbol.flags & ts.SymbolFlags.Optional) === 0,
        type: text(declaration.type),
        meaning: meaning(symbol),
        standard: tag("default"),
        example: tag("example"),
      },
    ];
  };
  const properties = (type: ts.Type) => checker.getPropertiesOfType(type).flatMap(property);
  const meaning = (symbol: ts.Symbol | undefined) => {
    const comment = ts.displayPartsToString(symbol?.getDocumentationComment(checker));
    return oneLine(comment.replace(/\{@link (\w+)\}/g, "`$1`"));
  };
  return { text, property, properties, meaning, objects: () => [...objects.values()] };
}

/** Which of Pulumi's classes a class extends. */
export function baseOf(declaration: ts.ClassDeclaration): "CustomResource" | "ComponentResource" | undefined {
  const base = declaration.heritageClauses?.[0]?.types[0]?.expression.getText().split(".").at(-1);
  return base === "CustomResource" || base === "ComponentResource" ? base : undefined;
}

/** The file of the page of a class: `import-session.md`. */
export function pageOf(name: string): string {
  return `${name.replace(/(?<=[a-z])[A-Z]/g, (letter) => `-${letter}`).toLowerCase()}.md`;
}

/** What to say of a type that is the inputs of a resource without some. */
function borrowedInputs(symbol: ts.Symbol | undefined): string | undefined {
  const declaration = symbol?.declarations?.[0];
  if (declaration === undefined || !ts.isTypeAliasDeclaration(declaration)) return undefined;
  const [, name, without = ""] = /^Omit<\s*(?:Any)?(\w+)Args,(.*)>$/s.exec(declaration.type.getText()) ?? [];
  if (name === undefined) return undefined;
  const names = [...without.matchAll(/"(\w+)"/g)].map(([, left]) => `\`${left}\``);
  return `The [inputs of ${name}](${pageOf(name)}#inputs) without ${names.join(", ")}.`;
}

function isPlain(node: ts.TypeNode): boolean {
  return ts.isUnionTypeNode(node) || ts.isLiteralTypeNode(node) || ts.isTemplateLiteralTypeNode(node);
}

function many(text: string): string {
  return /^\w+$/.test(text) ? `${text}s` : text;
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
