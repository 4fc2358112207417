import { once } from "node:events";
import { createSecureServer } from "node:http2";
import { expect, test } from "vitest";
import type { Http } from "../../../provider/core/http/http.ts";
import { makeCertificateAuthority } from "../../arrays/certificate.ts";
import { bodyOf, connect, get, json, post, turns } from "../array/connecting.ts";
import { loopbackServer } from "../loopback-server.ts";
import { virtualClock } from "../virtual-clock.ts";

const authority = await makeCertificateAuthority();
const { caCertificate } = authority;
const certificate = await authority.issue();

test("an answer is its status, its headers with small letters, and its text", async () => {
  await using server = await loopbackServer((_request, response) => {
    response.writeHead(206, { "Content-Range": "0-1/7", "Set-Cookie": ["a=1", "b=2"] }).end("{}");
  });
  const answer = await connect(server.origin).send(get());
  expect(answer).toMatchObject({
    status: 206,
    text: "{}",
    headers: { "content-range": "0-1/7", "set-cookie": "a=1\nb=2" },
  });
});

test("a path and a query go out as they are, raw commas too", async () => {
  await using server = await loopbackServer(json);
  await connect(server.origin).send(get("/api/v1/a%2Fb", { query: "copysession_id=1,2,3&fields=status" }));
  expect(server.arrived).toEqual(["GET /api/v1/a%2Fb?copysession_id=1,2,3&fields=status"]);
});

test("a body goes out as JSON, no body as none", async () => {
  const seen: unknown[] = [];
  await using server = await loopbackServer(async (request, response) => {
    seen.push([request.headers["content-type"], await bodyOf(request)]);
    response.end();
  });
  const http = connect(server.origin);
  await http.send(post("/", { body: { force: false, id: 0 } }));
  await http.send(post("/"));
  await http.send(post("/", { body: "" }));
  expect(seen).toEqual([
    ["application/json", '{"force":false,"id":0}'],
    [undefined, ""],
    ["application/json", '""'],
  ]);
});

test.each([400, 401, 404, 409, 422, 429, 500, 503])("an answer of %i is an answer", async (status) => {
  await using server = await loopbackServer((_request, response) => response.writeHead(status).end("no"));
  expect(await connect(server.origin).send(post())).toMatchObject({ status, text: "no" });
  expect(server.arrived).toHaveLength(1);
});

test.each([301, 302, 303, 307, 308])("a redirect of %i is an answer and is not followed", async (status) => {
  await using elsewhere = await loopbackServer(json);
  await using server = await loopbackServer((_request, response) => {
    response.writeHead(status, { location: `${elsewhere.origin}/login` }).end();
  });
  expect(await connect(server.origin).send(get())).toMatchObject({ status });
  expect([server.arrived, elsewhere.arrived]).toEqual([["GET /"], []]);
});

test("a path cannot lead to another host", async () => {
  await using elsewhere = await loopbackServer(json);
  await using server = await loopbackServer(json);
  const http = connect(server.origin);
  await http.send(get(`//${new URL(elsewhere.origin).host}/x`));
  await http.send(get(`/@${new URL(elsewhere.origin).host}/x`));
  expect([server.arrived.length, elsewhere.arrived]).toEqual([2, []]);
});

test("the array's own clock is read from its answers, however far off it is, and an unreadable one is ignored", async () => {
  const dates = ["Sat, 01 Jan 2000 00:00:00 GMT", "Fri, 31 Dec 2100 12:00:00 GMT", "today"];
  await using server = await loopbackServer((_request, response) => {
    response.sendDate = false;
    response.writeHead(503, { date: dates.shift() ?? "" }).end();
  });
  const clock = virtualClock();
  const http = connect(server.origin, { clock });
  expect(http.arrayAheadMs()).toBeUndefined();
  await http.send(get());
  // Within the second that a date leaves open, the smaller difference.
  expect(http.arrayAheadMs()).toBe(Date.UTC(2000, 0, 1) + 999 - clock.nowMs());
  await clock.advance(5000);
  await http.send(get());
  await http.send(get());
  expect(http.arrayAheadMs()).toBe(Date.UTC(2100, 11, 31, 12) - clock.nowMs());
});

test("no more requests are under way than allowed", async () => {
  let underWay = 0;
  let most = 0;
  await using server = await loopbackServer((_request, response) => {
    most = Math.max(most, ++underWay);
    void turns(50).then(() => {
      underWay -= 1;
      response.end();
    });
  });
  const http = connect(server.origin, { requestsInFlight: 2 });
  await Promise.all(Array.from({ length: 20 }, () => http.send(get())));
  expect([server.arrived.length, most]).toEqual([20, 2]);
});

test("no more requests are under way than allowed, with an array that offers HTTP/2 too", async () => {
  let underWay = 0;
  let most = 0;
  const server = createSecureServer({ ...certificate, allowHTTP1: true }, (_request, response) => {
    most = Math.max(most, ++underWay);
    void turns(50).then(() => {
      underWay -= 1;
      response.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const http = connect(`https://127.0.0.1:${port}`, { caCertificate, requestsInFlight: 2 });
  await http.send(get());
  await Promise.all(Array.from({ length: 20 }, () => http.send(get())));
  await http.close();
  server.close();
  expect(most).toBe(2);
});

test("what came of each request is logged without headers, query or body", async () => {
  await using server = await loopbackServer(json);
  const lines: string[] = [];
  const http = connect(server.origin, { onExchange: (line) => lines.push(line) });
  await http.send(
    post("/a", { query: "token=hunter2", headers: { authorization: "hunter2" }, body: { password: "hunter2" } }),
  );
  await server[Symbol.asyncDispose]();
  await expect(http.send(get("/b"))).rejects.toThrow();
  expect(lines).toEqual([
    expect.stringMatching(/^POST \/a -> 200 in \d+ ms$/),
    expect.stringMatching(/^GET \/b -> no answer in \d+ ms$/),
  ]);
});

test("no error holds what was sent, and none has frames", async () => {
  await using server = await loopbackServer((request) => request.socket.destroy());
  const headers = { authorization: "hunter2" };
  const sent = connect(server.origin).send(
    post("/", { query: "token=hunter2", headers, body: { password: "hunter2" } }),
  );
  const error: unknown = await sent.catch((thrown: unknown) => thrown);
  expect(error).toMatchObject({ kind: "lost", stack: expect.not.stringMatching(/\n\s+at /) });
  expect(inspectFully(error)).not.toContain("hunter2");
});

test("closing breaks off what is under way and leaves no connection open", async () => {
  let http: Http | undefined;
  await using server = await loopbackServer(() => void http?.close());
  http = connect(server.origin);
  await expect(http.send(get())).rejects.toMatchObject({ kind: "lost" });
  await turns(50);
  expect(server.open).toBe(0);
});

function inspectFully(value: unknown): string {
  return JSON.stringify(value, value instanceof Error ? Object.getOwnPropertyNames(value) : undefined);
}
