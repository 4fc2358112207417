import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { digest } from "../text/digest.ts";
import { type Environment, pulumiHome } from "./place.ts";

/** Only the URL is kept. The file holds access tokens, too. */
const credentials = z.object({ current: z.string() });

/** The URL of the backend that Pulumi keeps the state in: the variable, otherwise the one that somebody logged in to. @returns "" if neither is known */
export async function backendUrl(environment: Environment): Promise<string> {
  if (environment.PULUMI_BACKEND_URL) return environment.PULUMI_BACKEND_URL;
  try {
    const folder = environment.PULUMI_CREDENTIALS_PATH || pulumiHome(environment);
    const content = await readFile(join(folder, "credentials.json"), "utf8");
    return credentials.parse(JSON.parse(content)).current;
  } catch {
    return "";
  }
}

/** The folder of a backend. A password in the URL does not count, because it changes, and neither does a slash at the end. */
export function backendFolder(url: string): string {
  return digest(url.replace(/^([\w+.-]+:\/\/)[^/@]*@/, "$1").replace(/\/+$/, ""));
}
