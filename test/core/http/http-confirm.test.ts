import { expect, test } from "vitest";
import { makeCertificateAuthority } from "../../arrays/certificate.ts";
import { connect, get, json, post, turns } from "../array/connecting.ts";
import { loopbackServer } from "../loopback-server.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";

const authority = await makeCertificateAuthority();
const { caCertificate } = authority;
const certificate = await authority.issue();

const holdBack = () => {
  throw failure("cancelled");
};

test("a request that is confirmed leaves, and is asked about once", async () => {
  await using server = await loopbackServer(json);
  let asked = 0;
  const answer = await connect(server.origin).send(post("/a", { body: { force: false }, confirm: () => void asked++ }));
  expect([answer.status, answer.text, asked, server.arrived]).toEqual([200, '{"ok":true}', 1, ["POST /a"]]);
});

test("a request that is not confirmed does not leave, and fails with what was thrown", async () => {
  await using server = await loopbackServer(json);
  const http = connect(server.origin);
  const held = failure("cancelled");
  const confirm = () => {
    throw held;
  };
  await expect(http.send(post("/a", { body: { force: true }, confirm }))).rejects.toBe(held);
  await turns(50);
  expect(server.arrived).toEqual([]);
});

test.each([
  { kind: "a fresh", before: 0 },
  { kind: "a used", before: 1 },
])("after a request that was held back on $kind connection the next one works", async ({ before }) => {
  await using server = await loopbackServer(json);
  const http = connect(server.origin, { requestsInFlight: 1 });
  for (let sent = 0; sent < before; sent++) await http.send(get("/before"));
  for (let held = 0; held < 3; held++)
    await expect(http.send(post("/held", { confirm: holdBack }))).rejects.toMatchObject({ kind: "cancelled" });
  expect(await http.send(post("/after", { body: { a: 1 } }))).toMatchObject({ status: 200 });
  expect(server.arrived.filter((line) => line !== "GET /before")).toEqual(["POST /after"]);
});

test("a request that is held back harms none of those under way beside it", async () => {
  await using server = await loopbackServer((request, response) => void turns(20).then(() => json(request, response)));
  const http = connect(server.origin, { requestsInFlight: 2 });
  const sent = Array.from({ length: 12 }, (_, index) =>
    http.send(post(`/${index}`, index % 3 === 0 ? { confirm: holdBack } : {})),
  );
  const outcomes = await Promise.allSettled(sent);
  expect(outcomes.map(({ status }, index) => status === "rejected" && index % 3 !== 0)).not.toContain(true);
  expect(server.arrived).toHaveLength(8);
});

test("a request that waits for a free connection is asked about when it gets one, not when it is handed over", async () => {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await using server = await loopbackServer((request, response) => void released.then(() => json(request, response)));
  const http = connect(server.origin, { requestsInFlight: 1 });
  const first = http.send(get("/first"));
  let isOver = false;
  const confirm = () => {
    if (isOver) holdBack();
  };
  const second = http.send(post("/second", { confirm }));
  const outcome = expect(second).rejects.toMatchObject({ kind: "cancelled" });
  await turns(20);
  isOver = true;
  release();
  await first;
  await outcome;
  expect(server.arrived).toEqual(["GET /first"]);
});

test("a request is asked about only once its connection stands, over TLS too", async () => {
  await using server = await loopbackServer(json, certificate);
  const http = connect(server.origin, { caCertificate });
  let open = -1;
  const confirm = () => {
    open = server.open;
    holdBack();
  };
  await expect(http.send(post("/a", { confirm }))).rejects.toMatchObject({ kind: "cancelled" });
  expect([open, server.arrived]).toEqual([1, []]);
  expect(await http.send(post("/b"))).toMatchObject({ status: 200 });
});

test("a request with a signal can be abandoned although it is confirmed", async () => {
  await using server = await loopbackServer(() => {});
  const abandon = new AbortController();
  const sent = connect(server.origin).send(get("/", { signal: abandon.signal, confirm: () => {} }));
  const outcome = expect(sent).rejects.toMatchObject({ kind: "cancelled" });
  await turns(50);
  abandon.abort();
  await outcome;
});

test("a defect in the confirmation is passed on as one", async () => {
  await using server = await loopbackServer(json);
  const confirm = () => {
    throw new TypeError("x is undefined");
  };
  await expect(connect(server.origin).send(post("/", { confirm }))).rejects.toThrow(TypeError);
  expect(server.arrived).toEqual([]);
});
