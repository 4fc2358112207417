import { type Exchange, serialized } from "./exchange.ts";
import type { Fault } from "./faults.ts";

/** Does to one request what a scripted fault says. */
export async function playFault(fault: Fault, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  switch (fault.kind) {
    case "reset":
      return exchange.destroy("reset");
    case "lose-answer":
      exchange.handle();
      return exchange.destroy("end");
    case "status":
      if (fault.handled === true) exchange.handle();
      return exchange.send(fault);
    case "html":
      response.writeHead(200, { "content-type": "text/html; charset=utf-8" });
      response.end(fault.html ?? "<!DOCTYPE html><html><head><title>Sign in</title></head><body></body></html>");
      return;
    case "delay":
      return delay(fault, exchange);
    case "truncate": {
      const { status, headers, text } = answerOf(exchange);
      const half = text.slice(0, Math.floor(text.length / 2));
      if (fault.cut !== true) return void response.writeHead(status, headers).end(half);
      response.writeHead(status, { ...headers, "content-length": Buffer.byteLength(text) });
      response.write(half, () => exchange.destroy("end"));
      return;
    }
    case "oversize": {
      const { status, headers, text } = answerOf(exchange);
      if (fault.declared === true) headers["content-length"] = String(fault.bytes);
      response.writeHead(status, headers);
      return writePadded(exchange, text, fault.bytes);
    }
    case "redirect":
      return void response.writeHead(fault.status ?? 302, { location: fault.location }).end();
    case "rewrite": {
      const answer = exchange.handle();
      return exchange.send({ ...answer, body: fault.change(answer.body) });
    }
    case "custom":
      return fault.play(exchange);
  }
}

async function delay(fault: Extract<Fault, { kind: "delay" }>, exchange: Exchange): Promise<void> {
  const answer = exchange.handle();
  if (fault.of === "headers") {
    await exchange.pause(fault.ms);
    return exchange.send(answer);
  }
  const { status, headers, text } = answerOf(exchange);
  const half = Math.floor(text.length / 2);
  // Flushed by hand: an answer without a body would else be sent with its end, hence without its headers first.
  exchange.response.writeHead(status, headers).flushHeaders();
  exchange.response.write(text.slice(0, half));
  await exchange.pause(fault.ms);
  if (!exchange.response.destroyed) exchange.response.end(text.slice(half));
}

function answerOf(exchange: Exchange) {
  const answer = exchange.handle();
  return { status: answer.status, ...serialized(answer) };
}

/** In pieces, at the reader's pace, so that an answer of gigabytes needs no memory and ends when the reader gives up. */
async function writePadded(exchange: Exchange, text: string, bytes: number): Promise<void> {
  const { response } = exchange;
  const blanks = Buffer.alloc(64 * 1024, " ");
  response.write(text);
  let left = bytes - Buffer.byteLength(text);
  while (left > 0 && !response.destroyed) {
    const piece = blanks.subarray(0, Math.min(left, blanks.length));
    left -= piece.length;
    if (!response.write(piece)) await drained(response);
  }
  if (!response.destroyed) response.end();
}

function drained(response: Exchange["response"]): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off("drain", done).off("close", done);
      resolve();
    };
    response.on("drain", done).on("close", done);
  });
}
