import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { embeddedEngine } from "../engine/embedded/engine.ts";
import { preferredEngine } from "../engine/find.ts";
import {
  compile,
  earlierModules,
  install,
  type Modules,
  nameMain,
  type PackageManager,
  writeProject,
} from "./fresh-project.ts";
import { startSimulate } from "./simulate-process.ts";
import { snippets } from "./snippets.ts";

const engine = await preferredEngine();

interface Layout {
  readonly manager: PackageManager;
  readonly modules: Modules;
  /** The version of the SDK that the project holds on to. @default as the template has it */
  readonly sdk?: string;
}

/** What `pulumi new` makes. */
const usual: readonly Layout[] = [{ manager: "npm", modules: "CommonJS" }];
const others: readonly Layout[] = [
  { manager: "npm", modules: "ESM" },
  { manager: "pnpm", modules: "CommonJS" },
  { manager: "pnpm", modules: "ESM" },
  { manager: "yarn", modules: "CommonJS" },
  { manager: "yarn", modules: "ESM" },
  // A project that holds on to an SDK older than ours ends up with two of them.
  { manager: "npm", modules: "CommonJS", sdk: "3.200.0" },
];
/** `npm run test:packaging` tries them all. */
const layouts = process.env.PACKAGING === "all" ? [...usual, ...others] : usual;

// Installing takes what the registry and the machine take.
const timeout = 600_000;

const tarball = inject("tarball");
let folder = "";
let readme = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "storage-migration-installed-"));
  [readme = ""] = await snippets("README.md", "ts");
}, timeout);
afterAll(() => rm(folder, { recursive: true, force: true }));

const titled = layouts.map((layout) => {
  const { manager, modules, sdk } = layout;
  return { ...layout, title: `${modules} project, ${manager}${sdk === undefined ? "" : `, SDK ${sdk}`}` };
});

describe.each(titled)("$title", { timeout }, ({ title, manager, ...settings }) => {
  const { modules } = settings;
  const project = () => join(folder, title.replaceAll(/\W+/g, "-"));

  beforeAll(async () => {
    await writeProject({ folder: project(), program: readme, ...settings });
    await install(project(), manager, tarball);
  }, timeout);

  test("the program of the README and every entry point compile", async () => {
    await compile(project(), everyEntry);
    if (modules === "CommonJS") await compile(project(), everyEntry, earlierModules);
  });

  test(`preview and up do what it declares: ${engine.name}`, async () => {
    const command = join(project(), "node_modules", ".bin", "pulumi-storage-migration");
    await using arrays = await startSimulate(project(), command, "simulate", "--speed", "120");
    // The embedded engine runs no TypeScript as CommonJS; it gets what the compiler made.
    if (engine === embeddedEngine && modules === "CommonJS") await nameMain(project(), "bin/index.js");
    const stateFolder = join(project(), "state");
    const stack = await engine.stack({ program: project(), stateFolder, config: arrays.config });

    const preview = await stack.preview();
    expect(preview, preview.output).toMatchObject({ ok: true, changes: { create: 2 } });
    expect(preview.diagnostics.filter(isNotOfClocks)).toEqual([]);
    const up = await stack.up();
    expect(up, up.output).toMatchObject({
      ok: true,
      changes: { create: 2 },
      outputs: { state: "Ready_For_Cutover", held: "no" },
    });
    expect(up.diagnostics.filter(isNotOfClocks)).toEqual([]);
  });
});

// The program of the README declares a window, and arrays whose time runs fast have a clock of their own.
const isNotOfClocks = (text: string) => !text.includes("the array's clock shows");

const everyEntry = {
  "entries.ts": `
import { importSession, recSessionGroup } from "pulumi-storage-migration/provider";
import { type SimulatedPowerStore, startEternus, startPowerStore } from "pulumi-storage-migration/testing";
export const hooks = [importSession, recSessionGroup];
export const arrays: () => Promise<SimulatedPowerStore> = () => startEternus().then(() => startPowerStore());
`,
};
