import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { githubCommands, gitlabCommands, pipelineFile } from "./commands.ts";
import { openWorkspace, pulumi, quickly } from "./workspace.ts";

test.skipIf(pulumi === undefined)(
  "the commands of the pipelines preview, copy and cut over, and take a lock away",
  { timeout: 600_000 },
  async () => {
    const { run, powerstore, close } = await openWorkspace(pulumi ?? "", "quick-start");
    onTestFinished(close);
    const mustRun = async (scripts: readonly string[] | undefined) => {
      expect(scripts).toHaveLength(1);
      const { ok, output } = await run(scripts?.join("\n") ?? "");
      expect(ok, output).toBe(true);
      return output;
    };
    const [github, gitlab] = await Promise.all([githubCommands(), gitlabCommands()]);
    await mustRun([`pulumi stack init prod\n${quickly}`]);
    expect(await mustRun(github.get("preview"))).toContain("then rest at Ready_For_Cutover");
    expect(powerstore.acts()).toEqual([]);
    await mustRun(github.get("up"));
    expect(powerstore.sessions()).toMatchObject([{ state: "Ready_For_Cutover" }]);

    await mustRun(["pulumi config set cutOver true"]);
    expect(await mustRun(gitlab.get("preview"))).toContain("cut over (irreversible)");
    await mustRun(gitlab.get("up"));
    expect(powerstore.sessions()).toMatchObject([{ state: "Import_Completed" }]);
    await mustRun(gitlab.get("unlock"));
  },
);

test("a failed preview fails its job on GitLab although its output is piped", async () => {
  const [script = ""] = (await gitlabCommands()).get("preview") ?? [];
  // Said there, not left to the runner's defaults.
  expect(script).toContain("set -o pipefail");
});

test("each pipeline hands the arrays' settings over, and gives the run more time than the resources", async () => {
  const github = z
    .object({
      env: z.record(z.string(), z.string()),
      jobs: z.object({ up: z.object({ "timeout-minutes": z.number() }) }),
    })
    .parse(await pipelineFile("github-actions.yml"));
  const operator = z
    .object({ spec: z.object({ envRefs: z.record(z.string(), z.unknown()), destroyOnFinalize: z.literal(false) }) })
    .parse(await pipelineFile("kubernetes-operator.yaml"));
  const gitlab = z.object({ up: z.object({ timeout: z.literal("25h"), resource_group: z.string() }) });
  expect(gitlab.safeParse(await pipelineFile("gitlab-ci.yml")).success).toBe(true);
  expect(github.jobs.up["timeout-minutes"]).toBeGreaterThan(24 * 60);
  const settings = ["POWERSTORE", "ETERNUS"].flatMap((prefix) =>
    ["ENDPOINT", "USERNAME", "PASSWORD"].map((name) => `${prefix}_${name}`),
  );
  for (const names of [Object.keys(github.env), Object.keys(operator.spec.envRefs)]) {
    expect(names).toEqual(expect.arrayContaining(["PULUMI_CONFIG_PASSPHRASE", ...settings]));
  }
});
