import { event, failOver, imposture, restart } from "./events.ts";
import { continues, type FaultRow, minuteMs } from "./fault-row.ts";

const hourMs = 60 * minuteMs;

/** What happens to the array as a whole. */
export const arrayFaults: FaultRow[] = [
  { fault: "the array restarts before it takes the request", strike: event("before", restart), ...continues },
  { fault: "the array restarts after it took the request", strike: event("after", restart), ...continues },
  {
    fault: "the management address moves to the other controller before the request is taken",
    strike: event("before", failOver),
    ...continues,
  },
  {
    fault: "the management address moves to the other controller after the request was taken",
    strike: event("after", failOver),
    ...continues,
  },
  { fault: "the array's clock is seven hours ahead", aheadMs: 7 * hourMs, ...continues },
  { fault: "the array's clock is seven hours behind", aheadMs: -7 * hourMs, ...continues },
  {
    fault: "the certificate is replaced by one that nobody vouches for",
    strike: event("before", imposture),
    fix: (array) => array.replaceCertificate(),
    read: "untrusted",
    act: "untrusted",
  },
  {
    fault: "the certificate is replaced right after the request was taken",
    strike: event("after", imposture),
    fix: (array) => array.replaceCertificate(),
    read: "untrusted",
    act: "untrusted",
  },
  { fault: "the certificate is renewed", strike: event("before", (array) => array.replaceCertificate()), ...continues },
];
