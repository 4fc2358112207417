import { describe, expect, test } from "vitest";
import { isOnRunner, pipelineIn } from "../../../provider/core/journal/pipeline.ts";
import type { Environment } from "../../../provider/core/journal/place.ts";

const github = {
  CI: "true",
  GITHUB_ACTIONS: "true",
  GITHUB_SERVER_URL: "https://github.com",
  GITHUB_REPOSITORY: "acme/erp",
  GITHUB_RUN_ID: "7",
  GITHUB_ACTOR: "anna",
};
const gitlab = { GITLAB_CI: "true", CI_JOB_URL: "https://gitlab.com/acme/erp/-/jobs/7", GITLAB_USER_LOGIN: "anna" };
const azure = {
  TF_BUILD: "True",
  SYSTEM_COLLECTIONURI: "https://dev.azure.com/acme/",
  SYSTEM_TEAMPROJECT: "ERP and more",
  BUILD_BUILDID: "7",
  BUILD_REQUESTEDFOR: "Anna A.",
};
const jenkins = { JENKINS_URL: "https://ci/", BUILD_URL: "https://ci/job/erp/7/", BUILD_USER_ID: "anna" };
const deployments = {
  PULUMI_CI_SYSTEM: "Pulumi Deployments",
  PULUMI_CI_BUILD_URL: "https://app.pulumi.com/acme/erp/prod/deployments/7",
};

test.each<[string, Environment, string, string | undefined]>([
  ["GitHub Actions", github, "https://github.com/acme/erp/actions/runs/7", "anna"],
  ["GitLab CI", gitlab, "https://gitlab.com/acme/erp/-/jobs/7", "anna"],
  ["Azure DevOps", azure, "https://dev.azure.com/acme/ERP%20and%20more/_build/results?buildId=7", "Anna A."],
  ["Jenkins", jenkins, "https://ci/job/erp/7/", "anna"],
  ["Pulumi Deployments", deployments, "https://app.pulumi.com/acme/erp/prod/deployments/7", undefined],
])(
  "a run of %s has its address, and who started it where the environment has that",
  (system, variables, address, user) => {
    expect(pipelineIn(variables)).toEqual({ system, address, user });
  },
);

describe("a run without the variables of its address is known by its system only", () => {
  test.each(["GITHUB_ACTIONS", "GITLAB_CI", "TF_BUILD", "JENKINS_URL", "PULUMI_CI_SYSTEM"])("%s", (mark) => {
    expect(pipelineIn({ [mark]: "true" })).toMatchObject({ address: undefined, user: undefined });
  });
});

test("an address holds no user, password, query or fragment", () => {
  const url = "https://oauth2:secret@gitlab.local:8443/acme/-/jobs/7?private_token=secret#secret";
  expect(pipelineIn({ ...gitlab, CI_JOB_URL: url })?.address).toBe("https://gitlab.local:8443/acme/-/jobs/7");
  const server = { ...github, GITHUB_SERVER_URL: "https://x:secret@github.local" };
  expect(pipelineIn(server)?.address).toBe("https://github.local/acme/erp/actions/runs/7");
  const collection = { ...azure, SYSTEM_COLLECTIONURI: "https://x:secret@tfs/acme/" };
  expect(pipelineIn(collection)?.address).toBe("https://tfs/acme/ERP%20and%20more/_build/results?buildId=7");
});

test.each(["", "no address", "javascript:alert(1)", "file:///etc/passwd"])("%j is no address of a run", (url) => {
  expect(pipelineIn({ ...jenkins, BUILD_URL: url })).toMatchObject({ system: "Jenkins", address: undefined });
});

test("nothing is a pipeline outside one", () => {
  expect(pipelineIn({})).toBeUndefined();
  expect(pipelineIn({ GITHUB_ACTIONS: "false", GITLAB_CI: "", TF_BUILD: "False" })).toBeUndefined();
});

test("a process is on a CI runner where CI is set, and in every known pipeline", () => {
  const runners = [{ CI: "true" }, { CI: "1" }, github, gitlab, azure, jenkins, deployments];
  expect(runners.map(isOnRunner)).toEqual(runners.map(() => true));
  const others = [{}, { CI: "" }, { CI: "false" }, { CI: "0" }, { BUILD_URL: "https://ci/job/erp/7/" }];
  expect(others.map(isOnRunner)).toEqual(others.map(() => false));
});
