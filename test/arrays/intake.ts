import type { ArrayAnswer, ArrayRequest } from "./exchange.ts";
import type { Fault } from "./faults.ts";
import type { BodyProblem } from "./read-body.ts";
import { type LoggedRequest, logEntry, type OpenEntry } from "./request-log.ts";

/** What a simulated array does with the requests that reach it, on whichever way. */
export interface ArrayHandling {
  /** The array: it handles a request at once and without waiting. What it throws is answered with 500. */
  route(request: ArrayRequest, entry: LoggedRequest): ArrayAnswer;
  /** How the array answers a body it cannot take. */
  refuseBody(problem: BodyProblem, request: ArrayRequest): ArrayAnswer;
}

/** The door of a simulated array: every request that comes through is logged and handled, and no network is needed for it. */
export interface Intake {
  /** Every request that arrived, oldest first. */
  readonly requests: readonly LoggedRequest[];
  /** Logs a request that has arrived, with what is wrong with it. */
  receive(request: ArrayRequest, wrong?: Wrong): ReceivedRequest;
  /** Logs a request, handles it and answers it, all at once. */
  handle(request: ArrayRequest): ArrayAnswer;
}

/** A request between its arrival and its answer. */
export interface ReceivedRequest {
  readonly entry: OpenEntry;
  /** Lets the array handle the request (once; later calls return the same answer). */
  handle(): ArrayAnswer;
}

interface Wrong {
  /** The scripted fault that strikes it. */
  readonly fault?: Fault["kind"] | undefined;
  readonly body?: BodyProblem | undefined;
}

export function openIntake(handling: ArrayHandling): Intake {
  const requests: OpenEntry[] = [];
  const receive = (request: ArrayRequest, wrong: Wrong = {}): ReceivedRequest => {
    const entry = logEntry(request, wrong.fault);
    requests.push(entry);
    let handled: ArrayAnswer | undefined;
    return {
      entry,
      handle() {
        entry.handled = true;
        handled ??= wrong.body === undefined ? routed(request, entry) : handling.refuseBody(wrong.body, request);
        entry.carriedOut = handled.status >= 200 && handled.status < 300;
        return handled;
      },
    };
  };
  const routed = (request: ArrayRequest, entry: LoggedRequest): ArrayAnswer => {
    try {
      return handling.route(request, entry);
    } catch (error) {
      return {
        status: 500,
        body: { defect: `in the simulated array: ${error instanceof Error ? error.stack : error}` },
      };
    }
  };
  return {
    requests,
    receive,
    handle(request) {
      const { entry, handle } = receive(request);
      const answer = handle();
      entry.status = answer.status;
      return answer;
    },
  };
}
