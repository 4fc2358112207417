import type { Fault } from "../arrays/faults.ts";
import { away, event } from "./events.ts";
import { always, type FaultRow, goesOn, minuteMs, status } from "./fault-row.ts";

const page = "<!DOCTYPE html><html><head><title>Sign in</title></head></html>";

// PowerStore answers its acts with nothing: what else says 200 is believed, and waited for. The next run looks anew.
const takenAtItsWord = { "PowerStore: the cutover": "timeout", "PowerStore: the cancel": "timeout" } as const;

/** What goes wrong with a connection. */
export const connectionFaults: FaultRow[] = [
  { fault: "the connection is reset before the request is taken", strike: () => ({ kind: "reset" }), ...goesOn },
  { fault: "the connection is reset after the request was taken", strike: event("after", () => {}), ...goesOn },
  { fault: "the answer is lost", strike: () => ({ kind: "lose-answer" }), ...goesOn },
  { fault: "the answer is lost three times", strike: () => ({ kind: "lose-answer" }), times: 3, ...goesOn },
  {
    fault: "connections are refused for ten minutes",
    strike: event("before", away(10 * minuteMs)),
    ...goesOn,
    firstLook: "unreachable",
  },
  {
    fault: "connections are refused right after the request was taken",
    strike: event("after", away(minuteMs)),
    ...goesOn,
  },
  {
    fault: "connections are refused until somebody sees to it",
    strike: event("before", (array) => array.refuseConnections()),
    mend: (array) => array.acceptConnections(),
    look: "timeout",
    firstLook: "unreachable",
    act: "timeout",
  },
  { fault: "the headers are slow", strike: () => ({ kind: "delay", of: "headers", ms: 50 }), ...goesOn },
  { fault: "the body is slow", strike: () => ({ kind: "delay", of: "body", ms: 50 }), ...goesOn },
  { fault: "the headers never come", strike: () => ({ kind: "delay", of: "headers", ms: always }), ...goesOn },
  { fault: "the body never ends", strike: () => ({ kind: "delay", of: "body", ms: always }), ...goesOn },
];

/** Answers that are none. */
export const answerFaults: FaultRow[] = [
  { fault: "the JSON stops in the middle", strike: () => ({ kind: "truncate" }), ...goesOn },
  {
    fault: "the JSON stops in the middle, and the connection",
    strike: () => ({ kind: "truncate", cut: true }),
    ...goesOn,
  },
  { fault: "the JSON is too large", strike: () => ({ kind: "oversize", bytes: 5 * 1024 ** 2 }), ...goesOn },
  {
    fault: "the JSON is said to be too large",
    strike: () => ({ kind: "oversize", bytes: 5 * 1024 ** 2, declared: true }),
    ...goesOn,
  },
  { fault: "a web page comes with 200", strike: () => ({ kind: "html" }), ...goesOn },
  {
    fault: "a web page comes with 200, and the request was taken",
    strike: () => ({
      kind: "custom",
      play({ handle, response }) {
        handle();
        response.writeHead(200, { "content-type": "text/html" }).end(page);
      },
    }),
    ...goesOn,
  },
  { fault: "200 comes with nothing", strike: status(200), ...goesOn, but: takenAtItsWord },
  {
    fault: "200 comes with JSON of another form",
    strike: status(200, { body: [null, 7, "?"] }),
    ...goesOn,
    but: takenAtItsWord,
  },
  { fault: "200 comes with null", strike: status(200, { body: null }), ...goesOn, but: takenAtItsWord },
  ...[302, 307].map((code) => ({
    fault: `${code} to a login page elsewhere`,
    strike: (): Fault => ({ kind: "redirect", location: "https://elsewhere.example/login", status: code }),
    ...goesOn,
  })),
  {
    fault: "answers have keys nobody knows",
    strike: () => ({ kind: "rewrite", change: withUnknownKeys }),
    times: always,
    ...goesOn,
  },
  {
    fault: "a state nobody knows, three times",
    strike: () => ({ kind: "rewrite", change: withUnknownState }),
    times: 3,
    look: "goes on",
  },
  {
    fault: "a state nobody knows, from now on",
    strike: () => ({ kind: "rewrite", change: withUnknownState }),
    times: always,
    look: "timeout",
    // A job in a word nobody knows does not outweigh the sessions themselves.
    but: { "ETERNUS: a look at the job": "goes on" },
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
