import { readFile } from "node:fs/promises";

/** The snippets in one language of a document in the checkout, in their order. */
export async function snippets(document: string, language: string): Promise<readonly string[]> {
  const text = await readFile(new URL(`../../${document}`, import.meta.url), "utf8");
  const fenced = text.matchAll(/^```(\w+)[^\n]*\n(.*?)^```$/gms);
  return [...fenced].flatMap(([, found, snippet = ""]) => (found === language ? [snippet] : []));
}
