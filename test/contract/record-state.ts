import { writeFileSync } from "node:fs";
import { situations } from "./situations.ts";

// Run once per release, by hand: `node test/contract/record-state.ts`. What stands there already is never written again.
for (const [name, { begin }] of Object.entries(situations)) {
  const { stack, close } = await begin();
  const text = `${JSON.stringify(stack.resource, null, 2)}\n`;
  try {
    writeFileSync(new URL(`state/${name}.json`, import.meta.url), text, { flag: "wx" });
  } catch (error) {
    console.log(`${name}: kept (${error instanceof Error ? error.message : error})`);
  }
  await close();
}
process.exit(0);
