import { appendFile, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { run } from "./run.ts";

/** How the module format of a project is declared: by the `pulumi new typescript` template, or by its owner. */
export type Modules = "CommonJS" | "ESM";

export type PackageManager = "npm" | "pnpm" | "yarn";

/** A project as a user has it. */
export interface ProjectSettings {
  readonly folder: string;
  readonly modules: Modules;
  readonly program: string;
  /** What the SDK is asked for with. @default as the template has it */
  readonly sdk?: string;
}

/** Writes what `pulumi new typescript` writes; for ESM with the one line that makes it so. Nothing is installed. */
export async function writeProject({ folder, modules, program, sdk = "^3.113.0" }: ProjectSettings): Promise<void> {
  await mkdir(folder, { recursive: true });
  const files = {
    "Pulumi.yaml": "name: fresh\ndescription: A fresh project\nruntime: nodejs\n",
    "package.json": json({
      name: "fresh",
      main: "index.ts",
      ...(modules === "ESM" ? { type: "module" } : {}),
      devDependencies: { "@types/node": "^18", typescript: "^5.0.0" },
      dependencies: { "@pulumi/pulumi": sdk },
    }),
    "tsconfig.json": json({ compilerOptions, files: ["index.ts"] }),
    "index.ts": program,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
}

/** Installs the package from its tarball, and with it the rest of the project. */
export async function install(folder: string, manager: PackageManager, tarball: string): Promise<void> {
  switch (manager) {
    case "npm":
      await run(folder, "npm", "install", ...quietly, "--ignore-scripts", tarball);
      return;
    case "pnpm":
      await run(folder, "npx", "--yes", "--prefer-offline", "pnpm@10", "add", "--prefer-offline", tarball);
      return;
    case "yarn":
      await run(folder, "npx", "--yes", "--prefer-offline", "yarn@1", "add", "--prefer-offline", `file:${tarball}`);
  }
}

/** Makes the project run another file than the one its package.json names. */
export async function nameMain(folder: string, main: string): Promise<void> {
  await appendFile(join(folder, "Pulumi.yaml"), `main: ${main}\n`);
}

/** The module settings that the template's tsconfig.json had until 2026. */
export const earlierModules = { module: "commonjs", moduleResolution: "node" } as const;

/** Type-checks the program and more files, and writes JavaScript to `bin`. */
export async function compile(
  folder: string,
  files: Readonly<Record<string, string>> = {},
  changes: Readonly<Record<string, string>> = {},
): Promise<void> {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  const settings = { extends: "./tsconfig.json", compilerOptions: changes, files: ["index.ts", ...Object.keys(files)] };
  await writeFile(join(folder, "tsconfig.check.json"), json(settings));
  await run(folder, process.execPath, "node_modules/typescript/bin/tsc", "-p", "tsconfig.check.json");
}

const quietly = ["--prefer-offline", "--no-audit", "--no-fund", "--loglevel=error"];

const compilerOptions = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "nodenext",
  moduleResolution: "nodenext",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};

function json(value: unknown): string {
  return `${JSON.stringify(value, undefined, 4)}\n`;
}
