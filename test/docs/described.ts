import ts from "typescript";
import type { SourceTypes } from "./source-types.ts";
import { baseOf, type DescribedObject, type DescribedProperty, typeTexts } from "./type-texts.ts";

/** A resource or component class as its page shows it. */
export interface DescribedClass {
  /** As a program writes it: `powerstore.ImportSession`. */
  readonly name: string;
  /** A component is no object of an array, and has no id. */
  readonly isComponent: boolean;
  readonly inputs: readonly DescribedProperty[];
  readonly outputs: readonly DescribedProperty[];
  /** What inputs and outputs are made of. */
  readonly objects: readonly DescribedObject[];
}

/** A function that looks something up. */
export interface DescribedLookup {
  /** As a program writes it: `powerstore.getImportSession`. */
  readonly name: string;
  readonly meaning: string;
  readonly inputs: readonly DescribedProperty[];
  /** What it gives, in words. */
  readonly result: string;
}

/** Every resource and component class that a module exports. */
export function describedClasses({ checker, exportsOf }: SourceTypes, file: string): DescribedClass[] {
  return exportsOf(file).flatMap(({ name, symbol }) => {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isClassDeclaration(declaration)) return [];
    const base = baseOf(declaration);
    if (base === undefined) return [];
    const texts = typeTexts(checker);
    const args = declaration.members.find(ts.isConstructorDeclaration)?.parameters[1]?.type;
    const inputs = args === undefined ? [] : texts.properties(checker.getTypeAtLocation(args));
    const outputs = declaration.members.filter(isShown).flatMap((member) => {
      const property = checker.getSymbolAtLocation(member.name);
      return property === undefined ? [] : texts.property(property);
    });
    return [{ name, isComponent: base === "ComponentResource", inputs, outputs, objects: texts.objects() }];
  });
}

/** Every function that a module exports, but the forms of these for outputs, and the objects that they give. */
export function describedLookups({ checker, exportsOf }: SourceTypes, file: string) {
  const texts = typeTexts(checker);
  const lookups = exportsOf(file).flatMap(({ name, symbol }): DescribedLookup[] => {
    const declaration = symbol.valueDeclaration;
    if (declaration === undefined || !ts.isFunctionDeclaration(declaration) || name.endsWith("Output")) return [];
    const [args] = declaration.parameters;
    const throws = symbol.getJsDocTags(checker).find((tag) => tag.name === "throws");
    const fails = ts.displayPartsToString(throws?.text).replace(/\s+/g, " ").trim();
    return [
      {
        name,
        meaning: `${texts.meaning(symbol)}${fails === "" ? "" : ` Fails ${fails}.`}`,
        inputs: args?.type === undefined ? [] : texts.properties(checker.getTypeAtLocation(args.type)),
        result: declaration.type === undefined ? "" : texts.text(declaration.type),
      },
    ];
  });
  return { lookups, objects: texts.objects() };
}

function isShown(member: ts.ClassElement): member is ts.PropertyDeclaration {
  const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected | ts.ModifierFlags.Static;
  return (
    ts.isPropertyDeclaration(member) &&
    !ts.isPrivateIdentifier(member.name) &&
    (ts.getCombinedModifierFlags(member) & hidden) === 0
  );
}
