import { hostname, userInfo } from "node:os";
import { pipelineIn } from "./pipeline.ts";
import type { Environment } from "./place.ts";

/** Who runs this process, and where. */
export interface Runner {
  readonly environment: Environment;
  /** The user of the operating system. In a pipeline, who started the pipeline goes before. */
  readonly user: string;
  readonly host: string;
}

/** `anna@laptop`, or `anna@runner-3, GitHub Actions https://github.com/o/r/actions/runs/7`. Holds no secret. */
export function whoRuns({ environment, user, host }: Runner): string {
  const pipeline = pipelineIn(environment);
  const run = [pipeline?.system, pipeline?.address].filter(Boolean).join(" ");
  const who = `${pipeline?.user ?? user}@${host}${run && `, ${run}`}`;
  // Nothing that could write another line, or colors, to a terminal.
  return who.replace(/\p{Cc}+/gu, " ").slice(0, maxLength);
}

const maxLength = 300;

/** This process's own. */
export function thisRunner(environment: Environment): Runner {
  return { environment, user: userName(environment), host: hostname() };
}

/** A container may run as a user that the operating system has no name for. */
function userName({ USER: user, USERNAME: name = user }: Environment): string {
  try {
    return userInfo().username;
  } catch {
    return name ?? "unknown";
  }
}
