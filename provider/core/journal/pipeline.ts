import type { Environment } from "./place.ts";

/** The run of a pipeline: its system, its address and who started it, as far as the environment has them. */
export interface Pipeline {
  readonly system: string;
  readonly address: string | undefined;
  readonly user: string | undefined;
}

/** How to recognize a system, and what its environment has. */
interface PipelineSystem {
  /** Set on every runner of the system. */
  readonly mark: string;
  readonly system: (environment: Environment) => string | undefined;
  readonly address: (environment: Environment) => string | undefined;
  /** The variable with who started the run. */
  readonly user?: string;
}

const systems: readonly PipelineSystem[] = [
  {
    mark: "GITHUB_ACTIONS",
    system: () => "GitHub Actions",
    address: ({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: id }) =>
      repository && id ? webAddress(`${server}/${repository}/actions/runs/${id}`) : undefined,
    user: "GITHUB_ACTOR",
  },
  {
    mark: "GITLAB_CI",
    system: () => "GitLab CI",
    address: ({ CI_JOB_URL: url }) => webAddress(url),
    user: "GITLAB_USER_LOGIN",
  },
  {
    mark: "TF_BUILD",
    system: () => "Azure DevOps",
    address: ({ SYSTEM_COLLECTIONURI: collection, SYSTEM_TEAMPROJECT: project, BUILD_BUILDID: id }) => {
      const address = project && id && webAddress(`${collection}/${encodeURIComponent(project)}/_build/results`);
      return address ? `${address}?buildId=${encodeURIComponent(id)}` : undefined;
    },
    user: "BUILD_REQUESTEDFOR",
  },
  {
    mark: "JENKINS_URL",
    system: () => "Jenkins",
    address: ({ BUILD_URL: url }) => webAddress(url),
    // Set where the plugin `build user vars` is installed.
    user: "BUILD_USER_ID",
  },
  // Pulumi Deployments sets these, and a pipeline of any other system may.
  {
    mark: "PULUMI_CI_SYSTEM",
    system: ({ PULUMI_CI_SYSTEM: name }) => name,
    address: ({ PULUMI_CI_BUILD_URL: url }) => webAddress(url),
  },
];

/** The pipeline that this process runs in. @returns undefined outside a pipeline, and in one of another system */
export function pipelineIn(environment: Environment): Pipeline | undefined {
  const found = systems.find(({ mark }) => isSet(environment[mark]));
  if (found === undefined) return undefined;
  return {
    system: found.system(environment) ?? "",
    address: found.address(environment),
    user: (found.user && environment[found.user]) || undefined,
  };
}

/** Whether this process runs on a CI runner, whose disk may be gone after the run. */
export function isOnRunner(environment: Environment): boolean {
  return isSet(environment.CI) || pipelineIn(environment) !== undefined;
}

function isSet(value: string | undefined): boolean {
  return !["", "0", "false", undefined].includes(value?.toLowerCase());
}

/** The address without what may be a secret: user, password, query and fragment. */
function webAddress(url: string | undefined): string | undefined {
  const parsed = URL.parse(url ?? "");
  if (parsed === null || !["http:", "https:"].includes(parsed.protocol)) return undefined;
  return `${parsed.origin}${parsed.pathname.replace(/\/{2,}/g, "/")}`;
}
