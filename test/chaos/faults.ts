import type { ArrayAnswer, Exchange } from "../arrays/exchange.ts";
import type { Fault } from "../arrays/faults.ts";
import type { FaultName } from "./schedule.ts";

/** What a fault may need besides the exchange it spoils. */
export interface Surroundings {
  nowMs(): number;
  /** Lets virtual time pass while an answer is on its way. */
  pass(ms: number): Promise<void>;
  /** The array goes off the network for so long. */
  outage(ms: number): Promise<void>;
  restart(): Promise<void>;
  endLogins(): void;
}

/** How long a slow answer takes, in virtual milliseconds. */
export const slowAnswerMs = 25_000;

/** The faults by which the array's answer still arrives as it is. */
export function isIntact(name: FaultName | undefined): boolean {
  return name === undefined || name === "slow" || name === "logins end";
}

/** Scripts a fault by its name. */
export function faultNamed(name: FaultName, around: Surroundings): Fault {
  switch (name) {
    case "reset":
      return { kind: "reset" };
    case "reset after":
      return played((exchange) => {
        exchange.handle();
        exchange.destroy("reset");
      });
    case "lose answer":
      return { kind: "lose-answer" };
    case "slow":
      return played(async (exchange) => {
        const answer = exchange.handle();
        await around.pass(slowAnswerMs);
        exchange.send(answer);
      });
    case "truncated":
      return { kind: "truncate" };
    case "cut":
      return { kind: "truncate", cut: true };
    case "html":
      return { kind: "html" };
    case "html after":
      return played((exchange) => {
        exchange.handle();
        exchange.response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Sign in</body></html>");
      });
    case "redirect":
      return { kind: "redirect", location: "/login" };
    case "oversize":
      return { kind: "oversize", bytes: 5 * 1024 * 1024, declared: true };
    case "400":
    case "401":
    case "403":
    case "404":
    case "409":
    case "413":
    case "422":
    case "500":
      return { kind: "status", status: Number(name) };
    case "422 after":
      return { kind: "status", status: 422, handled: true };
    case "502 after":
      return { kind: "status", status: 502, handled: true };
    case "429":
      return { kind: "status", status: 429, headers: { "retry-after": "7" } };
    case "429 date":
      return { kind: "status", status: 429, headers: { "retry-after": new Date(around.nowMs()).toUTCString() } };
    case "429 absurd":
      return { kind: "status", status: 429, headers: { "retry-after": "99999999999999999999" } };
    case "503":
      return { kind: "status", status: 503, headers: { "retry-after": "30" } };
    case "503 date":
      return {
        kind: "status",
        status: 503,
        headers: { "retry-after": new Date(around.nowMs() + 90_000).toUTCString() },
      };
    case "outage":
      return played(() => around.outage(45_000));
    case "restart":
      return played(() => around.restart());
    case "logins end":
      return played((exchange) => {
        around.endLogins();
        exchange.send(exchange.handle());
      });
  }
}

function played(play: (exchange: Exchange) => void | Promise<void>): Fault {
  return { kind: "custom", play };
}

/** What an answer carries that nobody else may see: tokens and cookies. */
export function secretsIn({ headers = {}, body }: ArrayAnswer): string[] {
  const cookies = Object.entries(headers).flatMap(([name, value]) => (name === "set-cookie" ? [value].flat() : []));
  const token = typeof body === "object" && body !== null && "token" in body ? body.token : undefined;
  return [
    ...cookies.flatMap((cookie) => cookie.split(";").slice(0, 1)),
    ...[headers["DELL-EMC-TOKEN"] ?? []].flat(),
    ...(typeof token === "string" ? [token] : []),
  ];
}
