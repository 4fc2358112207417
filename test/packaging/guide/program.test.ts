import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, test } from "vitest";
import { findExecutable } from "../../engine/real/find-executable.ts";

const executable = await findExecutable();

// It drives the real Pulumi by its Automation API, and is one more run of an engine.
if (executable !== undefined && process.env.PACKAGING === "all") {
  const state = mkdtempSync(join(tmpdir(), "storage-migration-guide-"));
  afterAll(() => rmSync(state, { recursive: true, force: true }));
  process.env.PATH = [dirname(process.execPath), dirname(executable), process.env.PATH ?? ""].join(delimiter);
  process.env.PULUMI_BACKEND_URL = pathToFileURL(state).href;
  process.env.PULUMI_CONFIG_PASSPHRASE = "only simulated arrays";
  await import("./program.ts");
} else {
  test("the guide's test of a program is tried where Pulumi is installed, by npm run test:packaging", () => undefined);
}
