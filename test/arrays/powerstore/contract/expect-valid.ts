import { expect } from "vitest";
import type { LoggedRequest } from "../../request-log.ts";
import type { Release } from "../job-resource.ts";
import { type Exchanged, type PowerStoreContract, powerStoreContract } from "./contract.ts";
import { findSwagger } from "./swagger.ts";

const contracts = new Map<Release, PowerStoreContract>();

/** The contract of a release, by the vendor's description at hand; undefined where there is none. */
export function theContract(release: Release = "4.1"): PowerStoreContract | undefined {
  const swagger = contracts.has(release) ? undefined : findSwagger(release);
  if (swagger !== undefined) contracts.set(release, powerStoreContract(swagger));
  return contracts.get(release);
}

/** The releases that everything is measured by. */
export const releases = ["4.1", "4.4"] as const;

/**
 * Fails the test if a request, as in the log of a simulated array, is not one that the vendor's descriptions foresee.
 * Without these at hand nothing is checked.
 */
export function expectValidRequest(request: Pick<LoggedRequest, "method" | "path" | "body">): void {
  for (const release of releases) {
    const problems = theContract(release)?.requestProblems(request) ?? [];
    expect(problems, `${request.method} ${request.path} against ${release}`).toEqual([]);
  }
}

/** The same for an answer. */
export function expectValidAnswer(answer: Exchanged, by: readonly Release[] = releases): void {
  for (const release of by) {
    const problems = theContract(release)?.answerProblems(answer) ?? [];
    expect(problems, `${answer.status} to ${answer.method} ${answer.path} against ${release}`).toEqual([]);
  }
}
