import { readFile } from "node:fs/promises";
import { z } from "zod";
import { requireFromSdk } from "../engine/dynamic-provider/sdk.ts";
import { inCheckout } from "./workspace.ts";

const yaml: { load(text: string): unknown } = requireFromSdk("js-yaml");

export async function pipelineFile(name: string): Promise<unknown> {
  return yaml.load(await readFile(inCheckout(`examples/pipelines/${name}`), "utf8"));
}

/** What each job of the workflow runs, as shell scripts: an action that runs Pulumi is the command that it stands for. */
export async function githubCommands(): Promise<ReadonlyMap<string, readonly string[]>> {
  const { jobs } = githubFile.parse(await pipelineFile("github-actions.yml"));
  return new Map(Object.entries(jobs).map(([job, { steps }]) => [job, steps.flatMap(ofStep)]));
}

function ofStep({ run, uses = "", with: inputs }: z.infer<typeof githubStep>): readonly string[] {
  if (run !== undefined) return isInstall(run) ? [] : [run];
  if (!uses.startsWith("pulumi/actions@") || inputs?.command === undefined) return [];
  return [`pulumi ${inputs.command} --stack ${inputs["stack-name"]} --non-interactive`];
}

/** What each job of the GitLab pipeline runs, as one shell script. */
export async function gitlabCommands(): Promise<ReadonlyMap<string, readonly string[]>> {
  const jobs = Object.entries(z.record(z.string(), z.unknown()).parse(await pipelineFile("gitlab-ci.yml")));
  return new Map(
    jobs.flatMap(([name, job]) => {
      const { success, data } = gitlabJob.safeParse(job);
      return success ? [[name, [data.script.join("\n")]] as const] : [];
    }),
  );
}

/** Nothing is fetched from a registry in a test. */
function isInstall(script: string): boolean {
  return script === "npm ci";
}

// Strict: an input that the action does not have would be passed over in silence (pulumi/actions v6, action.yml).
const githubStep = z.strictObject({
  name: z.string().optional(),
  if: z.literal("always()").optional(),
  run: z.string().optional(),
  uses: z.string().optional(),
  with: z
    .strictObject({
      command: z.enum(["preview", "up"]).optional(),
      "stack-name": z.string().optional(),
      "comment-on-pr": z.boolean().optional(),
      "always-include-summary": z.boolean().optional(),
      "node-version": z.number().optional(),
      // actions/upload-artifact v4, action.yml
      name: z.string().optional(),
      path: z.string().optional(),
      "if-no-files-found": z.enum(["warn", "error", "ignore"]).optional(),
      "retention-days": z.number().optional(),
    })
    .optional(),
});
const githubFile = z.object({ jobs: z.record(z.string(), z.object({ steps: z.array(githubStep) })) });
const gitlabJob = z.object({ stage: z.string(), script: z.array(z.string()) });
