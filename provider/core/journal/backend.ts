import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import { projectFolder } from "../project-folder.ts";
import { digest } from "../text/digest.ts";
import { type Environment, pulumiHome } from "./place.ts";

/** Only the URL is kept. The file holds access tokens, too. */
const credentials = z.object({ current: z.string() });

/** The URL of the backend that Pulumi keeps the state in, in Pulumi's own order: the variable, the project's `backend.url`, the one that somebody logged in to. @returns "" if none is known */
export async function backendUrl(environment: Environment, project = projectFolder()): Promise<string> {
  if (environment.PULUMI_BACKEND_URL) return environment.PULUMI_BACKEND_URL;
  const ofProject = project && (await urlInProject(join(project, "Pulumi.yaml")));
  if (ofProject) return ofProject;
  try {
    const folder = environment.PULUMI_CREDENTIALS_PATH || pulumiHome(environment);
    const content = await readFile(join(folder, "credentials.json"), "utf8");
    return credentials.parse(JSON.parse(content)).current;
  } catch {
    return "";
  }
}

/** `backend.url` of a `Pulumi.yaml`, in one line or in two. A whole YAML reader for it would be one dependency more. */
async function urlInProject(file: string): Promise<string | undefined> {
  const text = await readFile(file, "utf8").catch(() => "");
  const [, url] = /^backend:(?: *\{ *|(?:\s*#.*)?\n(?: +(?!url:).*\n)* +)url: *["']?([^"'\s#},]+)/m.exec(text) ?? [];
  return url;
}

/** The folder of a backend. A password in the URL does not count, because it changes, and neither does a slash at the end. */
export function backendFolder(url: string): string {
  return digest(url.replace(/^([\w+.-]+:\/\/)[^/@]*@/, "$1").replace(/\/+$/, ""));
}
