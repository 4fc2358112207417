import { answered } from "./events.ts";
import { always, continues, type FaultRow, minuteMs, status } from "./fault-row.ts";

/** What the array refuses. */
export const refusalFaults: FaultRow[] = [
  {
    fault: "401: the login has ended",
    strike: () => ({ kind: "status", status: 401 }),
    ...continues,
  },
  { fault: "the array has forgotten all logins", strike: answered((array) => array.endLogins()), ...continues },
  {
    fault: "403: the login has ended",
    strike: status(403),
    ...continues,
    // There 403 is about roles and tenants alone.
    eternus: { read: "permission", act: "permission" },
  },
  { fault: "401 whatever is tried", strike: status(401), times: always, read: "authentication", act: "authentication" },
  { fault: "403 whatever is tried", strike: status(403), times: always, read: "permission", act: "permission" },
  { fault: "404 of what is there", strike: status(404), read: "continues", act: "notFound" },
  { fault: "409 once", strike: status(409), read: "continues", firstRead: "refused", act: "refused" },
  { fault: "413 once", strike: status(413), read: "continues", firstRead: "refused", act: "refused" },
  { fault: "422 once", strike: status(422), read: "continues", firstRead: "refused", act: "refused" },
  { fault: "409 of what is done", strike: status(409, { handled: true }), act: "continues" },
  { fault: "422 of what is done", strike: status(422, { handled: true }), act: "continues" },
];

/** An array that asks to be left alone, for however long. */
export const busyFaults: FaultRow[] = [
  [429, "30", minuteMs],
  [429, "Fri, 31 Dec 9999 23:59:59 GMT", 6 * minuteMs],
  [503, "30", minuteMs],
  [503, "Tue, 01 Jan 2030 00:20:00 GMT", 6 * minuteMs],
  [503, "Tue, 01 Jan 2019 00:00:00 GMT", minuteMs],
  [503, "-30", minuteMs],
  [503, "soon", minuteMs],
  [503, "1000000000000", 6 * minuteMs],
  [503, "Fri, 31 Dec 9999 23:59:59 GMT", 6 * minuteMs],
].map(([code, header, delaysAtMostMs]) => ({
  fault: `${code} with Retry-After: ${header}`,
  strike: status(Number(code), { headers: { "retry-after": `${header}` } }),
  delaysAtMostMs: Number(delaysAtMostMs),
  ...continues,
}));

/** What fails inside the array, or on the way to it. */
export const failureFaults: FaultRow[] = [
  { fault: "503 without Retry-After", strike: status(503), ...continues },
  { fault: "500 once", strike: status(500), ...continues },
  { fault: "500 of what is done", strike: status(500, { handled: true }), ...continues },
  { fault: "500 five times", strike: status(500), times: 5, ...continues },
  { fault: "504 of a proxy, and the request was taken", strike: status(504, { handled: true }), ...continues },
  {
    fault: "500 until somebody fixes it",
    strike: status(500),
    times: always,
    read: "timeout",
    firstRead: "failing",
    act: "timeout",
  },
];
