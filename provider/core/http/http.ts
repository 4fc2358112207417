import { type Dispatcher, errors, Pool } from "undici";
import { abortable } from "../async/abortable.ts";
import type { Clock } from "../async/clock.ts";
import { lateAbort } from "../async/late-abort.ts";
import { clockDifferenceMs } from "./clock-difference.ts";
import type { Confirm, HttpAnswer, HttpRequest } from "./exchange.ts";
import { exchangeLimits } from "./limits.ts";
import { withoutQuotedSecrets } from "./redact.ts";
import { tlsContext } from "./tls.ts";
import { toMigrationError } from "./transport-error.ts";

export type Http = ReturnType<typeof connectHttp>;

export interface HttpOptions {
  readonly clock: Clock;
  readonly arrayName: string;
  readonly origin: string;
  /** PEM of the authorities to trust in addition to the system's. */
  readonly caCertificate?: string | undefined;
  readonly insecure?: boolean;
  /** The most requests that are under way at a time. */
  readonly requestsInFlight: number;
  /** Aborts when the deployment is interrupted. An action waits for its answer a moment longer, and not for minutes. @default nothing interrupts */
  readonly interruption?: AbortSignal | undefined;
  /** Gets one line per request, for debug output. Never sees headers or bodies. */
  readonly onExchange?: (line: string) => void;
}

/** The connection to one array. It sends requests to one origin only. */
export function connectHttp(options: HttpOptions) {
  const pool = new Pool(options.origin, {
    connections: options.requestsInFlight,
    pipelining: 1,
    // With HTTP/2 one connection would carry many requests, and `connections` would limit nothing.
    allowH2: false,
    headersTimeout: exchangeLimits.headersMs,
    bodyTimeout: exchangeLimits.bodyMs,
    maxResponseSize: exchangeLimits.answerBytes,
    connect: {
      timeout: exchangeLimits.connectMs,
      rejectUnauthorized: options.insecure !== true,
      ...(options.caCertificate === undefined ? {} : { secureContext: tlsContext(options.caCertificate) }),
    },
  });
  let aheadMs: number | undefined;
  const connectionErrors = new WeakSet<Error>();
  pool.on("connectionError", (_origin, _targets, error) => connectionErrors.add(error));
  return {
    /** How errors name the array: `PowerStore east (https://…)`. */
    arrayName: options.arrayName,
    /** How far the array's own clock is ahead of ours, in milliseconds, by its last answer. It may be hours. Undefined: no answer has shown it. */
    arrayAheadMs: () => aheadMs,
    /** Sends one request. Resolves with an answer of any status, and rejects only if the exchange breaks. Follows no redirects. */
    async send(request: HttpRequest): Promise<HttpAnswer> {
      const startedMs = performance.now();
      const sentMs = options.clock.nowMs();
      let outcome = "no answer";
      let hasLeft = false;
      const { confirm } = request;
      const cutOff = cutOffOf(request, options);
      const ends = [request.signal, cutOff?.signal].filter((signal) => signal !== undefined);
      const sent = { ...request, signal: ends.length === 0 ? undefined : AbortSignal.any(ends) };
      try {
        const confirmed = () => {
          confirm?.();
          hasLeft = true;
        };
        const dispatcher = confirm === undefined ? pool : pool.compose(confirming(confirmed));
        const answer = await abortable(exchange(dispatcher, sent), sent.signal);
        outcome = `${answer.status}`;
        const dateMs = Date.parse(answer.headers.date ?? "");
        const receivedMs = options.clock.nowMs();
        if (!Number.isNaN(dateMs)) aheadMs = clockDifferenceMs(dateMs, { sentMs, receivedMs });
        return withoutQuotedSecrets(answer, request);
      } catch (error) {
        const isSent = !(error instanceof Error && connectionErrors.has(error));
        const isCutOff = hasLeft && cutOff?.signal.aborted === true;
        throw toMigrationError(error, sent, options.arrayName, { isSent, isCutOff });
      } finally {
        cutOff?.end();
        const tookMs = Math.round(performance.now() - startedMs);
        options.onExchange?.(`${request.method} ${request.path} -> ${outcome} in ${tookMs} ms`);
      }
    },
    close: (): Promise<void> => pool.destroy(),
  };
}

/** Ends an action soon after an interruption. The answer that names a new object is waited for, because nothing else leads to it. */
function cutOffOf({ confirm, namesItsObject = false }: HttpRequest, { interruption, clock }: HttpOptions) {
  if (confirm === undefined || namesItsObject || interruption === undefined) return undefined;
  return lateAbort(interruption, exchangeLimits.answerAfterInterruptionMs, clock);
}

async function exchange(dispatcher: Dispatcher, request: HttpRequest): Promise<HttpAnswer> {
  request.signal?.throwIfAborted();
  const answer = await dispatcher.request({
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
  const timer = setTimeout(() => answer.body.destroy(new errors.BodyTimeoutError()), exchangeLimits.bodyMs);
  const text = await answer.body.text().finally(() => clearTimeout(timer));
  const headers = Object.entries(answer.headers).filter(([, value]) => value !== undefined);
  const singleValued = Object.fromEntries(headers.map(([name, value]) => [name, [value].flat().join("\n")]));
  return { status: answer.statusCode, headers: singleValued, text };
}

/** Calls `confirm` at the last moment, when the connection is established and undici is about to write the request. */
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
