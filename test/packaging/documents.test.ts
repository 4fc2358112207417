import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { run } from "./run.ts";
import { snippets } from "./snippets.ts";

const checkout = fileURLToPath(new URL("../..", import.meta.url));

test("what docs/testing.md shows are the tests that are run here", async () => {
  const files = await Promise.all(
    ["program.ts", "lookups.test.ts"].map((name) => readFile(new URL(`guide/${name}`, import.meta.url), "utf8")),
  );
  expect(await snippets("docs/testing.md", "ts")).toEqual(files);
});

test("every TypeScript snippet of the documents compiles", async () => {
  const documents = [
    "README.md",
    "CONTRIBUTING.md",
    ...(await readdir(join(checkout, "docs"))).map((name) => `docs/${name}`),
  ];
  const shown = await Promise.all(
    documents.filter((name) => name.endsWith(".md")).map(async (name) => ({ name, texts: await snippets(name, "ts") })),
  );
  const folder = await mkdtemp(join(checkout, "node_modules", ".cache", "snippets-"));
  try {
    const files = shown.flatMap(({ name, texts }) =>
      texts.map((text, at) => ({ file: `${name.replaceAll(/\W/g, "-")}-${at}.ts`, text })),
    );
    for (const { file, text } of files) await writeFile(join(folder, file), text);
    const compilerOptions = { rootDir: folder };
    await writeFile(
      join(folder, "tsconfig.json"),
      JSON.stringify({ extends: "../../../tsconfig.json", compilerOptions, include: ["*.ts"] }),
    );
    await run(folder, process.execPath, join(checkout, "node_modules", "typescript", "bin", "tsc"), "-p", folder);
    expect(files.map(({ file }) => file)).toContain("README-md-0.ts");
  } finally {
    await rm(folder, { recursive: true });
  }
});
