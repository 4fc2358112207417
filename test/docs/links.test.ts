import { expect, test } from "vitest";
import { anchorsIn, brokenLink, documents, linksIn, readDocument } from "./documents.ts";

test("every link in what people read leads somewhere", () => {
  const links = documents().flatMap((document) => linksIn(readDocument(document)).map((link) => ({ document, link })));
  expect(links.length).toBeGreaterThan(80);
  expect(links.flatMap(({ document, link }) => brokenLink(document, link) ?? [])).toEqual([]);
});

test("a link that leads nowhere is found", () => {
  expect(brokenLink("docs/README.md", "concepts.md#force")).toBeUndefined();
  expect(brokenLink("docs/README.md", "no-such-page.md")).toBe("docs/README.md: there is no docs/no-such-page.md");
  expect(brokenLink("README.md", "docs/concepts.md#farce")).toBe("README.md: docs/concepts.md has no #farce");
  expect(brokenLink("README.md", "#nowhere")).toBe("README.md: README.md has no #nowhere");
  expect(brokenLink("README.md", "http://example.com")).toBe("README.md: http://example.com is no https address");
});

test("every page is in the list of all pages", () => {
  const listed = linksIn(readDocument("docs/README.md")).map((link) => `docs/${link}`);
  const pages = documents().filter((name) => /^docs\/[^/]+\.md$/.test(name) && name !== "docs/README.md");
  expect(pages.filter((page) => !listed.includes(page))).toEqual([]);
});

test("anchors are those that GitHub makes", () => {
  const text = "# A `code` word, [linked](x.md)\n\n```sh\n# no heading\n```\n\n## Twice\n\n## Twice\n";
  expect(anchorsIn(text)).toEqual(["a-code-word-linked", "twice", "twice-1"]);
});
