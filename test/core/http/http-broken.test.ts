import { once } from "node:events";
import { afterEach, expect, test } from "vitest";
import { exchangeLimits } from "../../../provider/core/http/limits.ts";
import { bodyOf, connect, get, json, post, rawServer, turns } from "../array/connecting.ts";
import { loopbackServer } from "../loopback-server.ts";

const limits = { ...exchangeLimits };
afterEach(() => {
  Object.assign(exchangeLimits, limits);
});

/** Limits that a test need not wait for. The constant has no other way in. */
function shrink(changes: Partial<Record<keyof typeof exchangeLimits, number>>): void {
  Object.assign(exchangeLimits, changes);
}

test("a refused connection is unreachable: the array has not seen the request", async () => {
  const server = await loopbackServer(json);
  await server[Symbol.asyncDispose]();
  await expect(connect(server.origin).send(post())).rejects.toMatchObject({
    kind: "unreachable",
    code: "ECONNREFUSED",
    message: expect.stringMatching(
      /^The array .*: could not cut over session 7: the connection failed \(ECONNREFUSED\)\. Check/,
    ),
  });
});

test("a name that does not resolve is unreachable", async () => {
  await expect(connect("https://array.invalid").send(get())).rejects.toMatchObject({ kind: "unreachable" });
});

test.each(["resetAndDestroy", "destroy"] as const)(
  "a connection that breaks (%s) after the request was taken is lost",
  async (how) => {
    let taken = 0;
    await using server = await loopbackServer(async (request) => {
      await bodyOf(request);
      taken += 1;
      request.socket[how]();
    });
    await expect(connect(server.origin).send(post("/", { body: { id: 7 } }))).rejects.toMatchObject({ kind: "lost" });
    expect(taken).toBe(1);
  },
);

test("W15: a request whose answer was lost is not repeated behind the caller's back, not even a reading one", async () => {
  await using server = await loopbackServer((request) => request.socket.destroy());
  const http = connect(server.origin);
  await expect(http.send(get("/a"))).rejects.toMatchObject({ kind: "lost" });
  await expect(http.send(post("/b"))).rejects.toMatchObject({ kind: "lost" });
  expect(server.arrived).toEqual(["GET /a", "POST /b"]);
});

test("an act on a connection that the array has closed meanwhile is not sent twice", async () => {
  await using server = await loopbackServer((request, response) => {
    if (request.url === "/first") return void response.end("{}");
    request.socket.destroy();
  });
  const http = connect(server.origin, { requestsInFlight: 1 });
  await http.send(get("/first"));
  await expect(http.send(post("/second"))).rejects.toMatchObject({ kind: "lost" });
  expect(server.arrived).toEqual(["GET /first", "POST /second"]);
});

test.each([
  ["declared too long", { "content-length": "100" }],
  ["cut in the middle of a piece", {}],
])("an answer that stops in the middle (%s) is lost, not short", async (_name, headers) => {
  await using server = await loopbackServer((request, response) => {
    response.writeHead(200, headers);
    response.write('{"ok":', () => request.socket.destroy());
  });
  await expect(connect(server.origin).send(get())).rejects.toMatchObject({ kind: "lost" });
});

test("what is no HTTP at all is lost and no crash", async () => {
  await using server = await rawServer((socket) => socket.end("220 smtp.example.com ready\r\n"));
  await expect(connect(`http://${server.host}`).send(get())).rejects.toMatchObject({ kind: "lost" });
});

test("W16: headers that do not come in time are lost", async () => {
  shrink({ headersMs: 50 });
  await using server = await loopbackServer(() => {});
  await expect(connect(server.origin).send(post())).rejects.toMatchObject({
    kind: "lost",
    code: "UND_ERR_HEADERS_TIMEOUT",
  });
});

test("W16: a body that stops coming is lost", async () => {
  shrink({ bodyMs: 50 });
  await using server = await loopbackServer((_request, response) => {
    response.writeHead(200);
    response.write("{");
  });
  await expect(connect(server.origin).send(get())).rejects.toMatchObject({
    kind: "lost",
    code: "UND_ERR_BODY_TIMEOUT",
  });
});

test("a body that trickles for ever is lost: an answer is bounded in time as a whole", {
  timeout: 2000,
}, async () => {
  shrink({ headersMs: 50, bodyMs: 50 });
  await using server = await loopbackServer((_request, response) => {
    response.writeHead(200);
    const trickle = setInterval(() => response.write(" "), 10);
    response.on("close", () => clearInterval(trickle));
  });
  await expect(connect(server.origin).send(post())).rejects.toMatchObject({ kind: "lost" });
});

test.each([
  ["declared", { "content-length": "2000000000" }],
  ["not declared", {}],
])(
  "an answer larger than what is taken (%s) breaks the contract and is not read to its end",
  async (_name, headers) => {
    shrink({ answerBytes: 10_000 });
    await using server = await loopbackServer((_request, response) => {
      response.writeHead(200, headers);
      const piece = Buffer.alloc(10_000, " ");
      const more = () => response.destroyed || response.write(piece, more);
      more();
    });
    await expect(connect(server.origin).send(get())).rejects.toMatchObject({ kind: "contract" });
  },
);

test("an https address that speaks plain http is no lost answer: nothing was sent", async () => {
  await using server = await loopbackServer(json);
  const http = connect(server.origin.replace("http:", "https:"));
  await expect(http.send(post())).rejects.toMatchObject({ kind: expect.stringMatching(/untrusted|unreachable/) });
});

test("a connection that breaks before it is secure is no lost answer: nothing was sent", async () => {
  await using server = await rawServer((socket) => socket.destroy());
  const sent = connect(`https://${server.host}`).send(post());
  await expect(sent).rejects.toMatchObject({ kind: "unreachable" });
});

test("an abandoned request ends as cancelled, at once", async () => {
  const abort = new AbortController();
  await using server = await loopbackServer(() => abort.abort());
  const sent = connect(server.origin).send(get("/", { signal: abort.signal }));
  await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
});

test("a request on an aborted signal is not sent", async () => {
  await using server = await loopbackServer(json);
  const sent = connect(server.origin).send(get("/", { signal: AbortSignal.abort() }));
  await expect(sent).rejects.toMatchObject({ kind: "cancelled" });
  expect(server.arrived).toEqual([]);
});

test("W12: a request is abandoned at once although its connection has not come about yet", {
  timeout: 2000,
}, async () => {
  shrink({ connectMs: 1000 });
  const abort = new AbortController();
  // Takes the connection and never greets: TLS waits.
  await using server = await rawServer(() => abort.abort());
  const sent = connect(`https://${server.host}`).send(get("/", { signal: abort.signal }));
  const first = await Promise.race([sent.catch(() => "abandoned"), once(abort.signal, "abort").then(() => turns(200))]);
  await sent.catch(() => {});
  expect(first).toBe("abandoned");
});

test("a header that cannot be sent is a defect of this package and not a lost answer to be waited for", async () => {
  await using server = await loopbackServer(json);
  const sent = connect(server.origin).send(get("/", { headers: { "dell-emc-token": "a\nb" } }));
  await expect(sent).rejects.not.toMatchObject({ kind: "lost" });
});
