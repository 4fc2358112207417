import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../journal/temporary-folder.ts";
import { complete, read, refusalOf, secret } from "./settings-source.ts";

const { "powerstore:password": _, ...withoutPassword } = complete;

/** A file with this content. */
function fileWith(content: string): string {
  const file = join(temporaryFolder(), "password");
  writeFileSync(file, content);
  return file;
}

describe("a password in a file", () => {
  test("is read for each login, without the line end after it", () => {
    const file = fileWith(`${secret}\n`);
    const settings = read({ ...withoutPassword, "powerstore:passwordFile": file });
    expect(settings.password()).toBe(secret);
    writeFileSync(file, "next \r\n");
    expect(settings.password()).toBe("next ");
  });

  test("may be named for each array", () => {
    const east = { endpoint: "https://east", username: "u", passwordFile: fileWith(secret) };
    expect(read({ "powerstore:arrays": JSON.stringify({ east }) }, {}, "east").password()).toBe(secret);
  });

  test.each([
    ["is missing", () => join(temporaryFolder(), "none"), /is not a file that can be read/],
    ["is a folder", () => temporaryFolder(), /is not a file that can be read/],
    ["is empty", () => fileWith("\n"), /is an empty file/],
    ["is longer than a password", () => fileWith(secret.repeat(1000)), /at most 4096 bytes/],
  ])("that %s is an error with its key, and without its content", (_what, file, says) => {
    const settings = read({ ...withoutPassword, "powerstore:passwordFile": file() });
    const message = refusalOf(() => settings.password());
    expect(message).toMatch(says);
    expect(message).toContain("`powerstore:passwordFile`");
  });

  test("beside a password is refused with both names", () => {
    const message = refusalOf(() => read({ ...complete, "powerstore:passwordFile": fileWith(secret) }));
    expect(message).toMatch(/`powerstore:passwordFile` is set, and so is `password`/);
  });

  test("is not joined by a password of the environment", () => {
    const settings = read(
      { ...withoutPassword, "powerstore:passwordFile": fileWith(secret) },
      { POWERSTORE_PASSWORD: "other" },
    );
    expect(settings.password()).toBe(secret);
  });

  test("with a relative path starts at the folder of Pulumi.yaml, then at that of the program", () => {
    const project = temporaryFolder();
    const program = join(project, "src");
    mkdirSync(program);
    writeFileSync(join(project, "Pulumi.yaml"), "name: erp\n");
    writeFileSync(join(program, "old"), "beside the program");
    const before = process.cwd();
    process.chdir(program);
    try {
      const passwordOf = (file: string) => read({ ...withoutPassword, "powerstore:passwordFile": file }).password();
      expect(passwordOf("old")).toBe("beside the program");
      writeFileSync(join(project, "old"), secret);
      expect(passwordOf("old")).toBe(secret);
      expect(refusalOf(() => passwordOf("none"))).toContain(`starts at ${project}, or at ${program}`);
    } finally {
      process.chdir(before);
    }
  });
});

describe("PULUMI_POWERSTORE_PASSWORD", () => {
  const environment = { PULUMI_POWERSTORE_PASSWORD: "today", PULUMI_POWERSTORE_USERNAME: "nobody" };

  test("goes in front of the configuration, for the password alone", () => {
    for (const config of [complete, withoutPassword, { ...withoutPassword, "powerstore:passwordFile": "none" }]) {
      const settings = read(config, environment);
      expect(settings.password()).toBe("today");
      expect(settings.username).toBe("admin");
    }
  });

  test("is not shown to an array under `arrays`, and an empty one is none", () => {
    const east = { endpoint: "https://east", username: "u", password: secret };
    expect(read({ "powerstore:arrays": JSON.stringify({ east }) }, environment, "east").password()).toBe(secret);
    expect(read(complete, { PULUMI_POWERSTORE_PASSWORD: "" }).password()).toBe(secret);
  });
});
