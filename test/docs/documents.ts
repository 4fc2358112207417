import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = new URL("../../", import.meta.url);

/** The path of something in the checkout. */
export function inCheckout(path: string): string {
  return fileURLToPath(new URL(path, root));
}

/** What people read, by its path in the checkout. */
export function documents(): readonly string[] {
  const below = ["docs", "examples"].flatMap((folder) =>
    readdirSync(inCheckout(folder), { recursive: true, encoding: "utf8" }).map((name) => `${folder}/${name}`),
  );
  const github = readdirSync(inCheckout(".github"), { recursive: true, encoding: "utf8" });
  return ["README.md", "CHANGELOG.md", "CONTRIBUTING.md", ...github.map((name) => `.github/${name}`), ...below].filter(
    (name) => name.endsWith(".md") && !name.includes("node_modules"),
  );
}

export function readDocument(path: string): string {
  return readFileSync(inCheckout(path), "utf8");
}

/** The addresses that a document links to, in its order; what stands in code links to nothing. */
export function linksIn(markdown: string): readonly string[] {
  const links = withoutCode(markdown).matchAll(/\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)|^\[[^\]]+\]:\s*(\S+)/gm);
  return [...links].flatMap(([, inline, referred]) => [inline ?? referred ?? ""]);
}

/** The anchors of a document, as GitHub makes them of its headings. */
export function anchorsIn(markdown: string): readonly string[] {
  const seen = new Map<string, number>();
  return [...withoutFences(markdown).matchAll(/^#{1,6}\s+(.+?)\s*#*$/gm)].map(([, heading = ""]) => {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const times = seen.get(anchor) ?? 0;
    seen.set(anchor, times + 1);
    return times === 0 ? anchor : `${anchor}-${times}`;
  });
}

/** What a link of a document leads to, by its path in the checkout; undefined where that is outside of it. */
export function targetOf(document: string, link: string): string | undefined {
  if (isAddress(link)) return undefined;
  const [path = ""] = link.split("#");
  return path === "" ? document : decodeURIComponent(new URL(path, `file:///${document}`).pathname.slice(1));
}

/** What is wrong with a link of a document; undefined when it leads somewhere. Nothing outside of the checkout is asked. */
export function brokenLink(document: string, link: string): string | undefined {
  const target = targetOf(document, link);
  if (target === undefined) {
    const isFine = link.startsWith("https://") && URL.canParse(link) && new URL(link).hostname.includes(".");
    return isFine ? undefined : `${document}: ${link} is no https address`;
  }
  if (!existsSync(inCheckout(target))) return `${document}: there is no ${target}`;
  const [, anchor] = link.split("#");
  if (anchor === undefined || !target.endsWith(".md")) return undefined;
  return anchorsIn(readDocument(target)).includes(anchor) ? undefined : `${document}: ${target} has no #${anchor}`;
}

function isAddress(link: string): boolean {
  return /^[a-z][a-z0-9+.-]*:/i.test(link);
}

function withoutFences(markdown: string): string {
  return markdown.replace(/^```.*?^```$/gms, "");
}

function withoutCode(markdown: string): string {
  return withoutFences(markdown).replace(/`[^`\n]*`/g, "code");
}
