import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { IncomingMessage, RequestListener } from "node:http";
import { createSecureServer } from "node:http2";
import { createServer, isIP } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "selfsigned";
import { afterEach, beforeAll, expect, test } from "vitest";
import {
  connectHttp,
  exchangeLimits,
  type Http,
  type HttpOptions,
  type HttpRequest,
} from "../../provider/core/http.ts";
import { makeCertificateAuthority, newCertificateAuthority, type ServerCertificate } from "../arrays/certificate.ts";
import { loopbackServer } from "./loopback-server.ts";

const limits = { ...exchangeLimits };
const open: Http[] = [];
let certificate: ServerCertificate;
let caCertificate: string;

beforeAll(async () => {
  const authority = await makeCertificateAuthority();
  caCertificate = authority.caCertificate;
  certificate = await authority.issue();
});
afterEach(async () => {
  Object.assign(exchangeLimits, limits);
  await Promise.all(open.splice(0).map((http) => http.close()));
});

/** Limits that a test need not wait for. The constant has no other way in. */
function shrink(changes: Partial<Record<keyof typeof exchangeLimits, number>>): void {
  Object.assign(exchangeLimits, changes);
}

function connect(origin: string, options: Partial<HttpOptions> = {}): Http {
  const http = connectHttp({ arrayName: `the array (${origin})`, origin, requestsInFlight: 4, ...options });
  open.push(http);
  return http;
}

const get = (path = "/", more: Partial<HttpRequest> = {}): HttpRequest => ({
  method: "GET",
  path,
  attempted: "read session 7",
  ...more,
});
const post = (path = "/", more: Partial<HttpRequest> = {}): HttpRequest => ({
  ...get(path),
  method: "POST",
  attempted: "cut over session 7",
  ...more,
});
const json: RequestListener = (_request, response) => {
  response.writeHead(200, { "content-type": "application/json" }).end('{"ok":true}');
};

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

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

test("a refused connection is unreachable: the array has not seen the request", async () => {
  const server = await loopbackServer(json);
  await server[Symbol.asyncDispose]();
  await expect(connect(server.origin).send(post())).rejects.toMatchObject({
    kind: "unreachable",
    code: "ECONNREFUSED",
    message: expect.stringMatching(
      /^Could not cut over session 7 on the array .*: no connection came about \(ECONNREFUSED\)\. Check/,
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
  const server = createServer((socket) => socket.end("220 smtp.example.com ready\r\n")).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  await expect(connect(`http://127.0.0.1:${port}`).send(get())).rejects.toMatchObject({ kind: "lost" });
  server.close();
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

test.fails("a body that trickles for ever is lost: an answer is bounded in time as a whole", {
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

test("an array whose authority is configured is trusted", async () => {
  await using server = await loopbackServer(json, certificate);
  expect(await connect(server.origin, { caCertificate }).send(get())).toMatchObject({ status: 200 });
});

test.fails("what Node was told to trust stays trusted beside the configured authority", async () => {
  await using server = await loopbackServer(json, certificate);
  const folder = mkdtempSync(join(tmpdir(), "http-"));
  const extra = join(folder, "extra.pem");
  writeFileSync(extra, caCertificate);
  const { caCertificate: other } = await newCertificateAuthority();
  const options = { arrayName: "the array", origin: server.origin, caCertificate: other, requestsInFlight: 1 };
  const program = `
    import { connectHttp } from ${JSON.stringify(new URL("../../provider/core/http.ts", import.meta.url).href)};
    const http = connectHttp(${JSON.stringify(options)});
    console.log((await http.send(${JSON.stringify(get())})).status);
    await http.close();`;
  const child = spawn(process.execPath, ["--no-warnings", "--input-type=module", "--eval", program], {
    env: { ...process.env, NODE_EXTRA_CA_CERTS: extra },
  });
  let output = "";
  child.stdout.on("data", (chunk) => {
    output += chunk;
  });
  await once(child, "close");
  rmSync(folder, { recursive: true });
  expect(output).toBe("200\n");
});

test("W13: a certificate of an unknown authority is untrusted, and nothing was sent", async () => {
  await using server = await loopbackServer(json, certificate);
  const other = await newCertificateAuthority();
  for (const options of [{}, { caCertificate: other.caCertificate }]) {
    await expect(connect(server.origin, options).send(post())).rejects.toMatchObject({
      kind: "untrusted",
      message: expect.stringContaining("caCertificate"),
    });
  }
  expect(server.arrived).toEqual([]);
});

test.each([
  ["for another name", "array.example.com", 1, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ["that has expired", "127.0.0.1", -1, "CERT_HAS_EXPIRED"],
] as const)(
  "a certificate %s is untrusted, although its authority is trusted",
  async (_name, host, endsInDays, code) => {
    const dayMs = 86_400_000;
    const made = await generate([{ name: "commonName", value: "array" }], {
      keyType: "ec",
      algorithm: "sha256",
      notBeforeDate: new Date(Date.now() - 2 * dayMs),
      notAfterDate: new Date(Date.now() + endsInDays * dayMs),
      extensions: [
        { name: "subjectAltName", altNames: [isIP(host) === 0 ? { type: 2, value: host } : { type: 7, ip: host }] },
      ],
    });
    await using server = await loopbackServer(json, { key: made.private, cert: made.cert });
    await expect(connect(server.origin, { caCertificate: made.cert }).send(get())).rejects.toMatchObject({
      kind: "untrusted",
      code,
    });
  },
);

test("only `insecure` goes on without trust", async () => {
  await using server = await loopbackServer(json, certificate);
  await expect(connect(server.origin, { insecure: false }).send(get())).rejects.toMatchObject({ kind: "untrusted" });
  expect(await connect(server.origin, { insecure: true }).send(get())).toMatchObject({ status: 200 });
});

test.fails("an https address that speaks plain http is no lost answer: nothing was sent", async () => {
  await using server = await loopbackServer(json);
  const http = connect(server.origin.replace("http:", "https:"));
  await expect(http.send(post())).rejects.toMatchObject({ kind: expect.stringMatching(/untrusted|unreachable/) });
});

test.fails("a connection that breaks before it is secure is no lost answer: nothing was sent", async () => {
  const server = createServer((socket) => socket.destroy()).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const sent = connect(`https://127.0.0.1:${port}`).send(post());
  await expect(sent.finally(() => server.close())).rejects.toMatchObject({ kind: "unreachable" });
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

test.fails("W12: a request is abandoned at once although its connection has not come about yet", {
  timeout: 2000,
}, async () => {
  shrink({ connectMs: 1000 });
  // Takes the connection and never greets: TLS waits.
  const server = createServer(() => {}).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  const abort = new AbortController();
  server.once("connection", () => abort.abort());
  const sent = connect(`https://127.0.0.1:${port}`).send(get("/", { signal: abort.signal }));
  const first = await Promise.race([sent.catch(() => "abandoned"), once(abort.signal, "abort").then(() => turns(200))]);
  await sent.catch(() => {});
  server.close();
  expect(first).toBe("abandoned");
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

test.fails("no more requests are under way than allowed, with an array that offers HTTP/2 too", async () => {
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

test("what came of each request is told without headers, query or body", async () => {
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

test.fails("a header that cannot be sent is a defect of this package and not a lost answer to be waited for", async () => {
  await using server = await loopbackServer(json);
  const sent = connect(server.origin).send(get("/", { headers: { "dell-emc-token": "a\nb" } }));
  await expect(sent).rejects.not.toMatchObject({ kind: "lost" });
});

test("closing breaks off what is under way and leaves no connection open", async () => {
  let http: Http | undefined;
  await using server = await loopbackServer(() => void http?.close());
  http = connect(server.origin);
  await expect(http.send(get())).rejects.toMatchObject({ kind: "lost" });
  await turns(50);
  expect(server.open).toBe(0);
});

async function turns(count: number): Promise<string> {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
  return "still waiting";
}

function inspectFully(value: unknown): string {
  return JSON.stringify(value, value instanceof Error ? Object.getOwnPropertyNames(value) : undefined);
}
