import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { backendFolder, backendUrl } from "../../../provider/core/journal/backend.ts";
import { temporaryFolder } from "./temporary-folder.ts";

function home(credentials: string): string {
  const folder = temporaryFolder();
  writeFileSync(join(folder, "credentials.json"), credentials);
  return folder;
}
const loggedIn = JSON.stringify({ current: "https://api.pulumi.com", accessTokens: { "https://api.pulumi.com": "s" } });

test("the variable goes before the backend that somebody logged in to", async () => {
  const environment = { PULUMI_HOME: home(loggedIn), PULUMI_BACKEND_URL: "file://~" };
  expect(await backendUrl(environment)).toBe("file://~");
});

test("without the variable, it is the backend that somebody logged in to", async () => {
  expect(await backendUrl({ PULUMI_HOME: home(loggedIn) })).toBe("https://api.pulumi.com");
  expect(await backendUrl({ PULUMI_HOME: home(loggedIn), PULUMI_BACKEND_URL: "" })).toBe("https://api.pulumi.com");
});

describe("the project's own backend goes between the two", () => {
  test.each([
    ["backend:\n  url: s3://states?region=eu\n", "s3://states?region=eu"],
    [
      "name: erp\nbackend: # ours\n  # here\n  url: 'file:///srv/state' # shared\nruntime: nodejs\n",
      "file:///srv/state",
    ],
    ['backend: { url: "azblob://states" }\n', "azblob://states"],
    ["name: erp\nconfig:\n  url: s3://other\n", "https://api.pulumi.com"],
    ["# backend:\n#   url: s3://other\n", "https://api.pulumi.com"],
  ])("%j", async (yaml, url) => {
    const project = temporaryFolder();
    writeFileSync(join(project, "Pulumi.yaml"), yaml);
    expect(await backendUrl({ PULUMI_HOME: home(loggedIn) }, project)).toBe(url);
    expect(await backendUrl({ PULUMI_HOME: home(loggedIn), PULUMI_BACKEND_URL: "file://~" }, project)).toBe("file://~");
  });
});

test("credentials that are kept elsewhere are read there", async () => {
  const environment = { PULUMI_HOME: temporaryFolder(), PULUMI_CREDENTIALS_PATH: home(loggedIn) };
  expect(await backendUrl(environment)).toBe("https://api.pulumi.com");
});

describe("a backend that cannot be known is empty", () => {
  test.each(["", "{", "[]", "null", "{}", '{"current":7}'])("credentials %j", async (credentials) => {
    expect(await backendUrl({ PULUMI_HOME: home(credentials) })).toBe("");
  });

  test("no credentials", async () => {
    expect(await backendUrl({ PULUMI_HOME: temporaryFolder() })).toBe("");
    const folder = temporaryFolder();
    mkdirSync(join(folder, "credentials.json"));
    expect(await backendUrl({ PULUMI_HOME: folder })).toBe("");
  });
});

test("every backend has a folder of twelve hexadecimal digits", () => {
  const folders = ["", "file://~", "https://api.pulumi.com", "s3://a", "s3://a?region=x"].map(backendFolder);
  expect(folders.every((folder) => /^[0-9a-f]{12}$/.test(folder))).toBe(true);
  expect(new Set(folders).size).toBe(5);
});

test("a slash at the end and a password that was changed lead to the same folder", () => {
  expect(backendFolder("https://api.pulumi.com/")).toBe(backendFolder("https://api.pulumi.com"));
  expect(backendFolder("postgres://u:old@db/state")).toBe(backendFolder("postgres://u:new@db/state"));
});
