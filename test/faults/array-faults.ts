import { event, failOver, imposture, restart } from "./events.ts";
import { type FaultRow, goesOn, minuteMs } from "./fault-row.ts";

const hourMs = 60 * minuteMs;

/** What happens to the array as a whole. */
export const arrayFaults: FaultRow[] = [
  { fault: "the array restarts before it takes the request", strike: event("before", restart), ...goesOn },
  { fault: "the array restarts after it took the request", strike: event("after", restart), ...goesOn },
  {
    fault: "the management address moves to the other controller before the request is taken",
    strike: event("before", failOver),
    ...goesOn,
  },
  {
    fault: "the management address moves to the other controller after the request was taken",
    strike: event("after", failOver),
    ...goesOn,
  },
  { fault: "the array's clock is seven hours ahead", aheadMs: 7 * hourMs, ...goesOn },
  { fault: "the array's clock is seven hours behind", aheadMs: -7 * hourMs, ...goesOn },
  {
    fault: "the certificate is replaced by one that nobody vouches for",
    strike: event("before", imposture),
    mend: (array) => array.replaceCertificate(),
    look: "untrusted",
    act: "untrusted",
  },
  {
    fault: "the certificate is replaced right after the request was taken",
    strike: event("after", imposture),
    mend: (array) => array.replaceCertificate(),
    look: "untrusted",
    act: "untrusted",
  },
  { fault: "the certificate is renewed", strike: event("before", (array) => array.replaceCertificate()), ...goesOn },
];
