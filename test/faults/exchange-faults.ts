import type { Fault } from "../arrays/faults.ts";
import { away, event } from "./events.ts";
import { always, continues, type FaultRow, minuteMs, status } from "./fault-row.ts";

const page = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";

// PowerStore answers its actions with nothing, so the run believes whatever else comes with 200, and waits. The next run reads again.
const takenAtItsWord = { "PowerStore: the cutover": "timeout", "PowerStore: the cancel": "timeout" } as const;

/** What goes wrong with a connection. */
export const connectionFaults: FaultRow[] = [
  { fault: "the connection is reset before the request is taken", strike: () => ({ kind: "reset" }), ...continues },
  { fault: "the connection is reset after the request was taken", strike: event("after", () => {}), ...continues },
  { fault: "the answer is lost", strike: () => ({ kind: "lose-answer" }), ...continues },
  { fault: "the answer is lost three times", strike: () => ({ kind: "lose-answer" }), times: 3, ...continues },
  {
    fault: "connections are refused for ten minutes",
    strike: event("before", away(10 * minuteMs)),
    ...continues,
    firstRead: "unreachable",
  },
  {
    fault: "connections are refused right after the request was taken",
    strike: event("after", away(minuteMs)),
    ...continues,
  },
  {
    fault: "connections are refused until somebody fixes it",
    strike: event("before", (array) => array.refuseConnections()),
    fix: (array) => array.acceptConnections(),
    read: "timeout",
    firstRead: "unreachable",
    act: "timeout",
  },
  { fault: "the headers are slow", strike: () => ({ kind: "delay", of: "headers", ms: 50 }), ...continues },
  { fault: "the body is slow", strike: () => ({ kind: "delay", of: "body", ms: 50 }), ...continues },
  { fault: "the headers never come", strike: () => ({ kind: "delay", of: "headers", ms: always }), ...continues },
  { fault: "the body never ends", strike: () => ({ kind: "delay", of: "body", ms: always }), ...continues },
];

/** Answers that are none. */
export const answerFaults: FaultRow[] = [
  { fault: "the JSON stops in the middle", strike: () => ({ kind: "truncate" }), ...continues },
  {
    fault: "the JSON stops in the middle, and the connection",
    strike: () => ({ kind: "truncate", cut: true }),
    ...continues,
  },
  { fault: "the JSON is too large", strike: () => ({ kind: "oversize", bytes: 5 * 1024 ** 2 }), ...continues },
  {
    fault: "the JSON is said to be too large",
    strike: () => ({ kind: "oversize", bytes: 5 * 1024 ** 2, declared: true }),
    ...continues,
  },
  { fault: "a web page comes with 200", strike: () => ({ kind: "html" }), ...continues },
  {
    fault: "a web page comes with 200, and the request was taken",
    strike: () => ({
      kind: "custom",
      play({ handle, response }) {
        handle();
        response.writeHead(200, { "content-type": "text/html" }).end(page);
      },
    }),
    ...continues,
  },
  { fault: "200 comes with nothing", strike: status(200), ...continues, but: takenAtItsWord },
  {
    fault: "200 comes with JSON of another form",
    strike: status(200, { body: [null, 7, "?"] }),
    ...continues,
    but: takenAtItsWord,
  },
  { fault: "200 comes with null", strike: status(200, { body: null }), ...continues, but: takenAtItsWord },
  ...[302, 307].map((code) => ({
    fault: `${code} to a login page elsewhere`,
    strike: (): Fault => ({ kind: "redirect", location: "https://elsewhere.example/login", status: code }),
    ...continues,
  })),
  {
    fault: "answers have keys nobody knows",
    strike: () => ({ kind: "rewrite", change: withUnknownKeys }),
    times: always,
    ...continues,
  },
  {
    fault: "a state nobody knows, three times",
    strike: () => ({ kind: "rewrite", change: withUnknownState }),
    times: 3,
    read: "continues",
  },
  {
    fault: "a state nobody knows, from now on",
    strike: () => ({ kind: "rewrite", change: withUnknownState }),
    times: always,
    read: "timeout",
    // A job in a word nobody knows does not outweigh the sessions themselves.
    but: { "ETERNUS: a read of the job": "continues" },
  },
];

function withUnknownKeys(body: unknown): unknown {
  if (Array.isArray(body)) return body.map(withUnknownKeys);
  if (typeof body !== "object" || body === null) return body;
  return { ...body, key_of_a_newer_release: { state: "?", id: 0 }, another: null };
}

function withUnknownState(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (key, value) => (key === "state" || key === "status" ? "Pondering" : value));
}
