import { hostname } from "node:os";
import { expect, test } from "vitest";
import { thisRunner, whoRuns } from "../../../provider/core/journal/who.ts";

const machine = { user: "anna", host: "laptop" };

test("outside a pipeline, it is the user on the host", () => {
  expect(whoRuns({ ...machine, environment: {} })).toBe("anna@laptop");
});

test("in a pipeline, it is who started the pipeline, with the address of the run", () => {
  const environment = { GITLAB_CI: "true", CI_JOB_URL: "https://gitlab/-/jobs/7", GITLAB_USER_LOGIN: "bo" };
  const runner = { environment, user: "root", host: "runner-3" };
  expect(whoRuns(runner)).toBe("bo@runner-3, GitLab CI https://gitlab/-/jobs/7");
});

test("in a pipeline that does not tell who started it, it is the runner's user", () => {
  expect(whoRuns({ ...machine, environment: { JENKINS_URL: "https://ci" } })).toBe("anna@laptop, Jenkins");
});

test("it is one short line without control characters", () => {
  const user = `a\n\u001b[31m${"a".repeat(5000)}`;
  const who = whoRuns({ environment: {}, user, host: "laptop" });
  expect(who.length).toBeLessThanOrEqual(300);
  expect(who).toMatch(/^a \[31ma+$/);
});

test("this process runs on this host as a user that has a name", () => {
  expect(thisRunner({}).host).toBe(hostname());
  expect(thisRunner({}).user).not.toBe("");
});
