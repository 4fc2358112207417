import { readFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import ts from "typescript";

/** The types of a checkout, without those of its dependencies: reading these would take ten times as long, and nothing of them is shown. */
export interface SourceTypes {
  readonly checker: ts.TypeChecker;
  /** What a module exports, namespaces followed: `powerstore.ImportSession`. */
  exportsOf(file: string): readonly { readonly name: string; readonly symbol: ts.Symbol }[];
}

// What the compiler and the types of `sdk` need of the language's own types.
const language = `
interface Array<T> { length: number }
interface ReadonlyArray<T> { readonly length: number }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {} interface NewableFunction {}
interface Number {} interface Object {} interface RegExp {} interface String {}
interface Promise<T> {}
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type Partial<T> = { [P in keyof T]?: T[P] };
type Required<T> = { [P in keyof T]-?: T[P] };
type Readonly<T> = { readonly [P in keyof T]: T[P] };
type Record<K extends keyof any, T> = { [P in K]: T };
`;
const languageFile = "/language.d.ts";

export function readSourceTypes(entry: string): SourceTypes {
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2023,
    module: ts.ModuleKind.ESNext,
    strict: true,
    exactOptionalPropertyTypes: true,
    allowImportingTsExtensions: true,
    noEmit: true,
    types: [],
  };
  const isOurs = (file: string) => file === languageFile || !relative(dirname(dirname(entry)), file).startsWith("..");
  const host: ts.CompilerHost = {
    getSourceFile(file, version) {
      if (!isOurs(file)) return undefined;
      const text = file === languageFile ? language : readFileSync(file, "utf8");
      return ts.createSourceFile(file, text, version, true);
    },
    getDefaultLibFileName: () => languageFile,
    writeFile: () => {},
    getCurrentDirectory: () => dirname(entry),
    getCanonicalFileName: (file) => file,
    useCaseSensitiveFileNames: () => true,
    getNewLine: () => "\n",
    fileExists: isOurs,
    readFile: (file) => (isOurs(file) ? readFileSync(file, "utf8") : undefined),
    resolveModuleNameLiterals: (literals, from) =>
      literals.map(({ text }) => ({
        resolvedModule: text.startsWith(".")
          ? { resolvedFileName: resolve(dirname(from), text), extension: ts.Extension.Ts }
          : undefined,
      })),
  };
  const program = ts.createProgram([entry], options, host);
  const checker = program.getTypeChecker();
  const members = (symbol: ts.Symbol | undefined, prefix: string): { name: string; symbol: ts.Symbol }[] =>
    symbol === undefined
      ? []
      : checker.getExportsOfModule(symbol).flatMap((exported) => {
          const target = exported.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(exported) : exported;
          const name = `${prefix}${exported.name}`;
          return target.flags & ts.SymbolFlags.Module ? members(target, `${name}.`) : [{ name, symbol: target }];
        });
  return {
    checker,
    exportsOf(file) {
      const source = program.getSourceFile(file);
      return source === undefined ? [] : members(checker.getSymbolAtLocation(source), "");
    },
  };
}
