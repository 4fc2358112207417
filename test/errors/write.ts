import { writeFile } from "node:fs/promises";
import { catalogue, catalogueText } from "./catalogue.ts";

await writeFile(new URL("../../docs/errors.md", import.meta.url), catalogueText(await catalogue()));
