import { expect } from "vitest";
import type { LoggedRequest } from "../../request-log.ts";
import { type Exchanged, type PowerStoreContract, powerStoreContract } from "./contract.ts";
import { findSwagger } from "./swagger.ts";

let contract: PowerStoreContract | undefined;

/** The contract of the Swagger at hand; undefined where there is none. */
export function theContract(): PowerStoreContract | undefined {
  if (contract === undefined) {
    const swagger = findSwagger();
    if (swagger !== undefined) contract = powerStoreContract(swagger);
  }
  return contract;
}

/**
 * Fails the test if a request, as in the log of a simulated array, is not one that the vendor's Swagger foresees.
 * Without a Swagger at hand nothing is checked.
 */
export function expectValidRequest(request: Pick<LoggedRequest, "method" | "path" | "body">): void {
  const problems = theContract()?.requestProblems(request) ?? [];
  expect(problems, `${request.method} ${request.path} against the Swagger`).toEqual([]);
}

/** The same for an answer. */
export function expectValidAnswer(answer: Exchanged): void {
  const problems = theContract()?.answerProblems(answer) ?? [];
  expect(problems, `${answer.status} to ${answer.method} ${answer.path} against the Swagger`).toEqual([]);
}
