import { connect } from "node:tls";
import { Agent, request } from "undici";
import { afterEach, expect, test } from "vitest";
import { type ArrayServer, startArrayServer } from "./array-server.ts";
import { newCertificateAuthority } from "./certificate.ts";
import { scaledClock, steppedClock } from "./clock.ts";
import type { ArrayRequest } from "./exchange.ts";

const running: ArrayServer[] = [];
const agents: Agent[] = [];
afterEach(async () => {
  await Promise.all([
    ...agents.splice(0).map((agent) => agent.destroy()),
    ...running.splice(0).map((one) => one.close()),
  ]);
});

async function start() {
  const seen: ArrayRequest[] = [];
  const clock = steppedClock();
  const server = await startArrayServer({
    clock,
    bodyLimitBytes: 100,
    route: (received) => {
      if (received.path === "/defect") throw new Error("a defect");
      seen.push(received);
      return {
        status: received.method === "GET" ? 200 : 204,
        ...(received.method === "GET" ? { body: { ok: true } } : {}),
      };
    },
    refuseBody: (problem) => ({ status: 400, body: { problem } }),
  });
  running.push(server);
  const dispatcher = new Agent({
    connect: { ca: server.caCertificate, timeout: 5000 },
    bodyTimeout: 300,
    headersTimeout: 300,
  });
  agents.push(dispatcher);
  const call = (path: string, init: { method?: "GET" | "POST"; body?: string; type?: string } = {}) =>
    request(server.endpoint + path, {
      dispatcher,
      method: init.method ?? "GET",
      ...(init.body === undefined
        ? {}
        : { body: init.body, headers: { "content-type": init.type ?? "application/json" } }),
    });
  return { server, seen, clock, call };
}

const code = (code: string) => expect.objectContaining({ code });

test("a request reaches the array with its path and query as they were on the wire", async () => {
  const { call, seen } = await start();
  await call("/a%20b?x=1,2&y&z=%2C=");
  expect(seen[0]).toMatchObject({ method: "GET", path: "/a%20b", rawQuery: "x=1,2&y&z=%2C=", body: undefined });
  expect(seen[0]?.query).toEqual([
    { name: "x", value: "1,2" },
    { name: "y", value: undefined },
    { name: "z", value: "%2C=" },
  ]);
});

test("the log tells what was asked and answered, and no password", async () => {
  const { call, server, clock } = await start();
  clock.advance(500);
  await call("/login", {
    method: "POST",
    body: JSON.stringify({ user: "u", password: "p", deep: [{ newPassword: "q" }] }),
  });
  expect(server.requests).toEqual([
    {
      method: "POST",
      path: "/login",
      rawQuery: "",
      body: { user: "u", password: "(redacted)", deep: [{ newPassword: "(redacted)" }] },
      status: 204,
      handled: true,
      carriedOut: true,
      fault: undefined,
      atMs: clock.nowMs(),
    },
  ]);
});

test("a body that is not JSON, too large or of another media type is refused before the array sees it", async () => {
  const { call, seen } = await start();
  const problems = await Promise.all(
    [{ body: "{" }, { body: JSON.stringify("x".repeat(200)) }, { body: "{}", type: "text/plain" }].map(async (init) =>
      (await call("/", { method: "POST", ...init })).body.json(),
    ),
  );
  expect(problems).toEqual([{ problem: "not-json" }, { problem: "too-large" }, { problem: "wrong-media-type" }]);
  expect(seen).toEqual([]);
});

test("answers carry the array's own time", async () => {
  const { call, clock } = await start();
  const { headers } = await call("/");
  expect(headers.date).toBe(new Date(clock.nowMs()).toUTCString());
});

test("a defect of the array is an answer of 500 that says so", async () => {
  const { call } = await start();
  const { statusCode, body } = await call("/defect");
  expect(statusCode).toBe(500);
  expect(await body.text()).toContain("a defect");
});

test("reset breaks the connection before the request is handled", async () => {
  const { call, server, seen } = await start();
  server.faults.add({ when: {}, do: { kind: "reset" } });
  await expect(call("/")).rejects.toEqual(code("ECONNRESET"));
  expect(seen).toEqual([]);
  expect(server.requests[0]).toMatchObject({ handled: false, status: undefined, fault: "reset" });
});

test("lose-answer handles the request and breaks the connection", async () => {
  const { call, server, seen } = await start();
  server.faults.add({ when: { method: "POST" }, do: { kind: "lose-answer" } });
  await expect(call("/", { method: "POST" })).rejects.toEqual(code("UND_ERR_SOCKET"));
  expect(seen).toHaveLength(1);
  expect(server.requests[0]).toMatchObject({ handled: true, status: undefined });
});

test("status, html and redirect answer in place of the array", async () => {
  const { call, server, seen } = await start();
  server.faults.add({
    when: { nth: 1 },
    do: { kind: "status", status: 503, headers: { "retry-after": "7" }, body: { e: 1 } },
  });
  server.faults.add({ when: { nth: 2 }, do: { kind: "html" } });
  server.faults.add({ when: { nth: 3 }, do: { kind: "redirect", location: "/login.html" } });
  const busy = await call("/");
  expect([busy.statusCode, busy.headers["retry-after"], await busy.body.json()]).toEqual([503, "7", { e: 1 }]);
  const page = await call("/");
  expect([page.statusCode, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  await page.body.dump();
  const elsewhere = await call("/");
  expect([elsewhere.statusCode, elsewhere.headers.location]).toEqual([302, "/login.html"]);
  expect(seen).toEqual([]);
});

test("status with handled takes effect and still answers otherwise", async () => {
  const { call, server, seen } = await start();
  server.faults.add({ when: {}, do: { kind: "status", status: 500, handled: true } });
  expect((await call("/", { method: "POST" })).statusCode).toBe(500);
  expect(seen).toHaveLength(1);
});

test("headers can be withheld for ever, and a closing array does not wait for them", async () => {
  const { call, server, seen } = await start();
  server.faults.add({ when: {}, do: { kind: "delay", of: "headers", ms: Number.POSITIVE_INFINITY } });
  await expect(call("/")).rejects.toEqual(code("UND_ERR_HEADERS_TIMEOUT"));
  expect(seen).toHaveLength(1);
});

test("a body can stop half-way for ever", async () => {
  const { call, server } = await start();
  server.faults.add({ when: {}, do: { kind: "delay", of: "body", ms: Number.POSITIVE_INFINITY } });
  const { statusCode, body } = await call("/");
  expect(statusCode).toBe(200);
  await expect(body.text()).rejects.toEqual(code("UND_ERR_BODY_TIMEOUT"));
});

test("a delayed answer still comes whole", async () => {
  const { call, server } = await start();
  server.faults.add({ when: {}, do: { kind: "delay", of: "headers", ms: 1 } });
  server.faults.add({ when: {}, do: { kind: "delay", of: "body", ms: 1 } });
  expect(await (await call("/")).body.json()).toEqual({ ok: true });
  expect(await (await call("/")).body.json()).toEqual({ ok: true });
});

test("truncated JSON looks complete, or breaks off when cut", async () => {
  const { call, server } = await start();
  server.faults.add({ when: { nth: 1 }, do: { kind: "truncate" } });
  server.faults.add({ when: { nth: 2 }, do: { kind: "truncate", cut: true } });
  expect(await (await call("/")).body.text()).toBe('{"ok"');
  await expect((await call("/")).body.text()).rejects.toEqual(code("UND_ERR_SOCKET"));
});

test("an oversized answer is as long as told, with and without a declared length", async () => {
  const { call, server } = await start();
  server.faults.add({ when: { nth: 1 }, do: { kind: "oversize", bytes: 3_000_000 } });
  server.faults.add({ when: { nth: 2 }, do: { kind: "oversize", bytes: 200_000, declared: true } });
  const chunked = await call("/");
  expect(chunked.headers["content-length"]).toBeUndefined();
  expect((await chunked.body.text()).length).toBe(3_000_000);
  const declared = await call("/");
  expect(declared.headers["content-length"]).toBe("200000");
  expect(await declared.body.json()).toEqual({ ok: true });
});

test("a custom fault gets the whole exchange", async () => {
  const { call, server } = await start();
  server.faults.add({
    when: { path: /teapot/ },
    do: { kind: "custom", play: (exchange) => exchange.send({ status: 418, body: exchange.request.rawQuery }) },
  });
  const { statusCode, body } = await call("/teapot?milk");
  expect([statusCode, await body.json()]).toEqual([418, "milk"]);
});

test("faults are chosen by method, path, turn and number", async () => {
  const { call, server } = await start();
  const busy = { kind: "status", status: 503 } as const;
  const added = server.faults.add({ when: { method: "GET", path: "/a", nth: 2 }, times: 2, do: busy });
  const statuses: number[] = [];
  for (const path of ["/a", "/a", "/b", "/a?x=1", "/a"]) {
    const answer = await call(path);
    statuses.push(answer.statusCode);
    await answer.body.dump();
  }
  expect(statuses).toEqual([200, 503, 200, 503, 200]);
  expect(added.struck).toBe(2);
  const forever = server.faults.add({ when: {}, times: Number.POSITIVE_INFINITY, do: busy });
  expect((await call("/")).statusCode).toBe(503);
  forever.remove();
  expect((await call("/")).statusCode).toBe(200);
});

test("an array off the network refuses connections and comes back on the same port", async () => {
  const { call, server } = await start();
  await (await call("/")).body.dump();
  await server.refuseConnections();
  await expect(call("/")).rejects.toEqual(code("ECONNREFUSED"));
  await server.acceptConnections();
  expect((await call("/")).statusCode).toBe(200);
  expect(server.connections).toEqual({ total: 2, open: 1 });
});

test("a client that trusts the authority refuses a certificate of another one", async () => {
  const { call, server } = await start();
  await server.replaceCertificate();
  await (await call("/")).body.dump();
  await server.refuseConnections();
  await server.replaceCertificate(await newCertificateAuthority());
  await server.acceptConnections();
  await expect(call("/")).rejects.toEqual(expect.objectContaining({ code: expect.stringMatching(/SIGNATURE|CERT/) }));
});

test("a client that gives up in the middle of its body or of an answer does the array no harm", async () => {
  const { call, server } = await start();
  const { hostname, port } = new URL(server.endpoint);
  await new Promise<void>((resolve) => {
    const socket = connect({ host: hostname, port: Number(port), ca: server.caCertificate }, () => {
      socket.write("POST / HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 50\r\n\r\n{", () =>
        socket.destroy(),
      );
    });
    socket.on("close", () => resolve());
  });
  server.faults.add({ when: {}, do: { kind: "oversize", bytes: 500_000_000 } });
  const { body } = await call("/");
  body.on("error", () => {});
  body.destroy();
  expect((await call("/")).statusCode).toBe(200);
});

test("a late answer is sent in the array's time, with the date of then, and a closing array does not wait for it", async () => {
  const clock = scaledClock({ factor: 3600, startMs: Date.UTC(2030, 0, 1) });
  const server = await startArrayServer({
    clock,
    route: ({ path }) => ({ status: 200, body: {}, lateMs: path === "/late" ? 600_000 : Number.MAX_SAFE_INTEGER }),
    refuseBody: () => ({ status: 400 }),
  });
  running.push(server);
  const dispatcher = new Agent({ connect: { ca: server.caCertificate } });
  agents.push(dispatcher);
  const { headers } = await request(`${server.endpoint}/late`, { dispatcher });
  expect(Date.parse(String(headers.date))).toBeGreaterThanOrEqual(Date.UTC(2030, 0, 1) + 600_000);
  const never = request(`${server.endpoint}/never`, { dispatcher }).catch((error: unknown) => error);
  while (server.requests.length < 2) await new Promise((resolve) => void setTimeout(resolve, 1));
  await server.close();
  expect(await never).toBeInstanceOf(Error);
});
