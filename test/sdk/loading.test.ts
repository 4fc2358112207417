import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { z } from "zod";

const run = promisify(execFile);
const sdk = new URL("../../sdk/index.ts", import.meta.url).href;

/** The packages that a program loads, by the folders of their files. */
async function loadedBy(program: string): Promise<string[]> {
  const watching = `
    import { registerHooks } from "node:module";
    const loaded = new Set();
    registerHooks({
      resolve(specifier, context, next) {
        const found = next(specifier, context);
        loaded.add(found.url.split("/node_modules/").at(-1).match(/^(@[^/]+\\/)?[^/]+/)?.[0]);
        return found;
      },
    });
    ${program}
    console.log(JSON.stringify([...loaded]));`;
  const { stdout } = await run(process.execPath, ["--no-warnings", "--input-type=module", "--eval", watching]);
  return z.array(z.string()).parse(JSON.parse(stdout));
}

test("a program that declares resources loads neither undici nor zod", async () => {
  const loaded = await loadedBy(`
    const { eternus, powerstore } = await import(${JSON.stringify(sdk)});
    if (!eternus.RecSessionGroup || !powerstore.ImportSession) throw new Error("nothing was loaded");`);
  expect(loaded).toContain("@pulumi/pulumi");
  expect(loaded).not.toContain("undici");
  expect(loaded).not.toContain("zod");
});

test("what serves the resources loads both, so they would be seen", async () => {
  const provider = new URL("../../provider/index.ts", import.meta.url).href;
  expect(await loadedBy(`await import(${JSON.stringify(provider)});`)).toEqual(
    expect.arrayContaining(["undici", "zod"]),
  );
});
