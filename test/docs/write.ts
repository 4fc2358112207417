import { writeFileSync } from "node:fs";
import { describeSdk, madePages } from "./made-pages.ts";

for (const { path, found, made } of madePages(describeSdk())) {
  if (found === made) continue;
  writeFileSync(path, made);
  console.log(`made ${path}`);
}
