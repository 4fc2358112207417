import { type Dispatcher, errors, Pool } from "undici";
import { abortable } from "../async/abortable.ts";
import type { Clock } from "../async/clock.ts";
import type { Confirm, HttpAnswer, HttpRequest } from "./exchange.ts";
import { exchangeLimits } from "./limits.ts";
import { withoutQuotedSecrets } from "./redact.ts";
import { trusting } from "./tls.ts";
import { toMigrationError } from "./transport-error.ts";

/** The connection to one array: one origin, nowhere else. */
export interface Http {
  /** How errors name the array: `PowerStore east (https://…)`. */
  readonly arrayName: string;
  /** Sends one request. An answer of any status is an answer; only a broken exchange throws. Redirects are not followed. */
  send(request: HttpRequest): Promise<HttpAnswer>;
  /** The time by the array's own clock, which may be hours off ours: what its timestamps are compared with. */
  arrayNowMs(): number;
  close(): Promise<void>;
}

export interface HttpOptions {
  readonly clock: Clock;
  readonly arrayName: string;
  readonly origin: string;
  /** PEM of the authorities to trust besides the system's. */
  readonly caCertificate?: string | undefined;
  readonly insecure?: boolean;
  /** Requests under way at once. */
  readonly requestsInFlight: number;
  /** What came of each request: for debug output. Never sees headers or bodies. */
  readonly onExchange?: (line: string) => void;
}

export function connectHttp(options: HttpOptions): Http {
  const pool = new Pool(options.origin, {
    connections: options.requestsInFlight,
    pipelining: 1,
    // With HTTP/2 a connection would carry many requests at once, whatever `connections` says.
    allowH2: false,
    headersTimeout: exchangeLimits.headersMs,
    bodyTimeout: exchangeLimits.bodyMs,
    maxResponseSize: exchangeLimits.answerBytes,
    connect: {
      timeout: exchangeLimits.connectMs,
      rejectUnauthorized: options.insecure !== true,
      ...(options.caCertificate === undefined ? {} : { secureContext: trusting(options.caCertificate) }),
    },
  });
  let aheadMs = 0;
  const beforeConnected = new WeakSet<Error>();
  pool.on("connectionError", (_origin, _targets, error) => beforeConnected.add(error));
  return {
    arrayName: options.arrayName,
    arrayNowMs: () => options.clock.nowMs() + aheadMs,
    async send(request) {
      const startedMs = performance.now();
      let outcome = "no answer";
      try {
        const lane = request.confirm === undefined ? pool : pool.compose(confirming(request.confirm));
        const answer = await abortable(exchange(lane, request), request.signal);
        outcome = `${answer.status}`;
        const dateMs = Date.parse(answer.headers.date ?? "");
        if (!Number.isNaN(dateMs)) aheadMs = dateMs - options.clock.nowMs();
        return withoutQuotedSecrets(answer, request);
      } catch (error) {
        const isSent = !(error instanceof Error && beforeConnected.has(error));
        throw toMigrationError(error, request, options.arrayName, isSent);
      } finally {
        const tookMs = Math.round(performance.now() - startedMs);
        options.onExchange?.(`${request.method} ${request.path} -> ${outcome} in ${tookMs} ms`);
      }
    },
    close: () => pool.destroy(),
  };
}

async function exchange(lane: Dispatcher, request: HttpRequest): Promise<HttpAnswer> {
  request.signal?.throwIfAborted();
  const answer = await lane.request({
    method: request.method,
    path: request.query === undefined ? request.path : `${request.path}?${request.query}`,
    headers: {
      accept: "application/json",
      ...(request.body === undefined ? {} : { "content-type": "application/json" }),
      ...request.headers,
    },
    body: request.body === undefined ? null : JSON.stringify(request.body),
    signal: request.signal ?? null,
  });
  const tooLong = setTimeout(() => answer.body.destroy(new errors.BodyTimeoutError()), exchangeLimits.bodyMs);
  const text = await answer.body.text().finally(() => clearTimeout(tooLong));
  return { status: answer.statusCode, headers: singleValued(answer.headers), text };
}

/** Asks at the last moment, when the connection stands and the request is about to be written, whether it still may leave. */
function confirming(confirm: Confirm): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context);
        try {
          confirm();
        } catch (error) {
          controller.abort(error instanceof Error ? error : new Error(`${error}`));
        }
      },
      onResponseStart: (...answer) => handler.onResponseStart?.(...answer),
      onResponseData: (...answer) => handler.onResponseData?.(...answer),
      onResponseEnd: (...answer) => handler.onResponseEnd?.(...answer),
      onResponseError: (...answer) => handler.onResponseError?.(...answer),
    });
}

function singleValued(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join("\n") : value]],
    ),
  );
}
