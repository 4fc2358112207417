import { expect, onTestFinished, test } from "vitest";
import { importSessionInputs } from "../../provider/powerstore/import-session/input-rules.ts";
import { loopbackServer } from "../core/loopback-server.ts";
import { oneGroup } from "../eternus/one-group.ts";
import { connected } from "../powerstore/connected.ts";
import { simulatedSources } from "../powerstore/import-session/samples.ts";
import { oneImport } from "../powerstore/one-import.ts";

const { volume } = simulatedSources;
const always = Number.POSITIVE_INFINITY;

/** Another host, and what arrived there. */
async function elsewhere() {
  const server = await loopbackServer((_request, response) => void response.end("{}"));
  onTestFinished(() => server[Symbol.asyncDispose]());
  return server;
}

test("links in a job that lead elsewhere are not followed", async () => {
  const other = await elsewhere();
  const { array, up } = await oneGroup({ sessions: [{ id: 1 }, { id: 2 }] });
  const href = `${other.origin}/api/v1/copysession/1`;
  array.faults.add({
    when: { method: "GET", path: /job/ },
    times: always,
    do: {
      kind: "rewrite",
      change: (body) => linkedTo(href, body),
    },
  });
  array.faults.add({
    when: { method: "POST", path: /suspend/ },
    do: { kind: "rewrite", change: (body) => linkedTo(href, body) },
  });
  expect((await up({ copySessionIds: [1, 2], targetState: "Suspend" })).error).toBeUndefined();
  expect(other.arrived).toEqual([]);
});

test.each([301, 302, 303, 307, 308])(
  "a redirect of %i is followed neither by a read nor by an action",
  async (status) => {
    const other = await elsewhere();
    const { array, up } = await oneImport();
    const location = `${other.origin}/api/rest/import_session`;
    const faults = ["GET", "POST"].map((method) =>
      array.faults.add({ when: { method, path: /import_session/ }, do: { kind: "redirect", location, status } }),
    );
    expect((await up(volume)).error).toBeUndefined();
    expect(faults.map(({ struck }) => struck)).toEqual([1, 1]);
    expect(other.arrived).toEqual([]);
    expect(array.sessions()).toHaveLength(1);
  },
);

test.each(["../login_session?x=1#", "..%2f..%2flogin_session", "7/cancel", "7?force=true", "%", "a b&c=d"])(
  "the id %j is one part of one path, whatever it holds",
  async (sessionId) => {
    const { array, client } = await connected();
    await client.getSession(sessionId, new AbortController().signal).catch(() => undefined);
    await client.cancel(sessionId, false, { attempted: "cancel it" }).catch(() => undefined);
    const asked = array.requests.filter(({ path }) => !path.endsWith("/login_session"));
    expect(asked.map(({ method }) => method)).toEqual(["GET", "POST"]);
    for (const { method, path, rawQuery } of asked) {
      expect(path.split("/").slice(0, 4)).toEqual(["", "api", "rest", "import_session"]);
      expect(path.split("/").slice(5)).toEqual(method === "GET" ? [] : ["cancel"]);
      expect(rawQuery).not.toMatch(/(^|&)(force|x)=/);
    }
  },
);

test.each(["erp&select=*", "erp#x", "erp?limit=1", "erp%26", "a+b", "../x", "name=eq.other&or=(1)"])(
  "the name %j, which the inputs refuse, would be one value of one query all the same",
  async (sessionName) => {
    expect(importSessionInputs.safeParse({ ...volume, sessionName }).success).toBe(false);
    const { array, client } = await connected();
    await client.readNamed([sessionName], new AbortController().signal);
    const queries = array.requests.map(({ rawQuery }) => rawQuery).filter((query) => query.includes("name=eq."));
    expect(queries).toHaveLength(1);
    for (const query of queries) expect(query).toContain(`name=eq.${encodeURIComponent(sessionName)}&`);
  },
);

function linkedTo(href: string, body: unknown): unknown {
  if (Array.isArray(body)) return body.map((item) => linkedTo(href, item));
  if (typeof body !== "object" || body === null) return body;
  const linked = Object.entries(body).map(([key, value]) => [key, key.includes("href") ? href : linkedTo(href, value)]);
  return { ...Object.fromEntries(linked), progress_href_list: [{ href }, href], next_href: href };
}
