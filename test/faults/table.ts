import { arrayFaults } from "./array-faults.ts";
import { answerFaults, connectionFaults } from "./exchange-faults.ts";
import type { FaultRow } from "./fault-row.ts";
import { busyFaults, failureFaults, refusalFaults } from "./refusal-faults.ts";

/** Every fault there is, and what comes of it. One more is one more row. */
export const faultTable: readonly FaultRow[] = [
  ...connectionFaults,
  ...answerFaults,
  ...refusalFaults,
  ...busyFaults,
  ...failureFaults,
  ...arrayFaults,
];
