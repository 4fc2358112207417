import type { eternus, powerstore } from "../../sdk/index.ts";
import type { AnyImportSessionArgs } from "../../sdk/powerstore/import-session.ts";

/** One resource as a story declares it. What does not compile in a program may be declared here. */
export type Declaration = Declared<AnyImportSessionArgs>;

/** One resource as the scenario program takes it from its configuration. */
export type Declared<ImportArgs = powerstore.ImportSessionArgs> =
  | {
      readonly kind: "ImportSession";
      readonly name: string;
      readonly args: ImportArgs;
      /** Inputs that the program names without a value: as `undefined`, or as an output of it. @default none */
      readonly withoutValue?: Readonly<Record<string, "undefined" | "output">>;
      readonly options?: Options;
    }
  | {
      readonly kind: "MigrationWave";
      readonly name: string;
      readonly args: powerstore.MigrationWaveArgs;
      readonly options?: Options;
    }
  | {
      readonly kind: "RecSessionGroup";
      readonly name: string;
      readonly args: eternus.RecSessionGroupArgs;
      readonly options?: Options;
    };

interface Options {
  readonly customTimeouts?: { readonly create?: string; readonly update?: string; readonly delete?: string };
  readonly retainOnDelete?: boolean;
  /** The id of an object that is only looked up, as `get` does. */
  readonly id?: string;
  readonly aliases?: { readonly name: string }[];
  /** The name of a component that the resource is part of. @default none */
  readonly component?: string;
}
