import { readFileSync, statSync } from "node:fs";
import type { MigrationError } from "../errors.ts";
import { fileOfSetting, pathRule } from "../project-folder.ts";

/** A longer file holds no password. */
const maxBytes = 4096;

/** The password in a file, without the line end after it. Read for each login, so that it is never older than the file. @param wrong the error, which never quotes the file */
export function passwordIn(path: string, wrong: (reason: string) => MigrationError): string {
  const text = textIn(fileOfSetting(path));
  if (text === undefined)
    throw wrong(`is not a file that can be read and has at most ${maxBytes} bytes. ${pathRule()}`);
  const password = text.replace(/\r?\n$/, "");
  if (password === "") throw wrong("is an empty file");
  return password;
}

function textIn(file: string): string | undefined {
  try {
    return statSync(file).size > maxBytes ? undefined : readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
