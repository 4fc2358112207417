import { expect, onTestFinished, test } from "vitest";
import { applyResource } from "../../provider/core/reconcile/run-resource.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../provider/powerstore/import-session/resource.ts";
import { startPowerStore, steppedClock } from "../arrays/index.ts";
import { loopbackServer } from "../core/loopback-server.ts";
import { runOn } from "../core/reconcile/scripted-reconciler.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { oneGroup } from "../eternus/one-group.ts";
import { oneImport } from "../powerstore/one-import.ts";

const volume = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
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
  expect((await up({ copySessionIds: [1, 2] })).error).toBeUndefined();
  expect(other.arrived).toEqual([]);
});

test.each([301, 302, 303, 307, 308])(
  "a redirect of %i is followed neither by a read nor by an action",
  async (status) => {
    const other = await elsewhere();
    const { array, up } = await oneImport();
    const location = `${other.origin}/api/rest/import_session`;
    for (const method of ["GET", "POST"])
      array.faults.add({ when: { method, path: /import_session/ }, do: { kind: "redirect", location, status } });
    expect((await up(volume)).error).toBeUndefined();
    expect(other.arrived).toEqual([]);
    expect(array.sessions()).toHaveLength(1);
  },
);

test.each(["../login_session?x=1#", "..%2f..%2flogin_session", "7/cancel", "7?force=true", "%", "a b&c=d"])(
  "the id %j is one part of one path, whatever it holds",
  async (sessionId) => {
    const { error, requests } = await unchecked({ sessionId });
    expect(error).toBeDefined();
    const asked = requests.filter(({ path }) => !path.endsWith("/login_session"));
    expect(asked.length).toBeGreaterThan(0);
    for (const { method, path, rawQuery } of asked) {
      expect(method).toBe("GET");
      expect(path.split("/").slice(0, 4)).toEqual(["", "api", "rest", "import_session"]);
      expect([4, 5]).toContain(path.split("/").length);
      expect(rawQuery).not.toMatch(/(^|&)(force|x)=/);
    }
  },
);

test.each(["erp&select=*", "erp#x", "erp?limit=1", "erp%26", "a+b", "../x", "name=eq.other&or=(1)"])(
  "the name %j, which the inputs refuse, would be one value of one query all the same",
  async (sessionName) => {
    const { error, requests, isRefused } = await unchecked({ sessionName }, volume);
    expect(isRefused).toBe(true);
    expect(error).toMatchObject({ kind: "refused" });
    const queries = requests.map(({ rawQuery }) => rawQuery).filter((query) => query.includes("name=eq."));
    expect(queries.length).toBeGreaterThan(0);
    for (const query of queries) expect(query).toContain(`name=eq.${encodeURIComponent(sessionName)}&`);
  },
);

/** Runs the creation of an import session with inputs that no check has seen. @param given what the schema accepts besides them */
async function unchecked(unsafe: { sessionId?: string; sessionName?: string }, given: object = { sessionId: "7" }) {
  const arrayClock = steppedClock();
  const clock = virtualClock({ along: [arrayClock] });
  const array = await startPowerStore({ clock: arrayClock });
  onTestFinished(() => array.close());
  const connection = connectPowerStore(settingsFor(array), { clock });
  const resource = importSessionResource(() => connection);
  const inputs = { ...resource.schemas.inputs.parse(given), ...unsafe };
  const target = {
    urn: "urn:pulumi:prod::erp::pulumi-nodejs:dynamic/powerstore:ImportSession::orders",
    operation: { kind: "create" },
    inputs,
    unknown: [],
    recorded: undefined,
    isPreview: false,
  } as const;
  const applied = await applyResource(resource, target, runOn(clock));
  const requests = [...array.requests];
  await connection.logout();
  return {
    error: applied.kind === "failed" ? applied.error : undefined,
    requests,
    isRefused: !resource.schemas.inputs.safeParse({ ...given, ...unsafe }).success,
  };
}

function linkedTo(href: string, body: unknown): unknown {
  if (Array.isArray(body)) return body.map((item) => linkedTo(href, item));
  if (typeof body !== "object" || body === null) return body;
  const linked = Object.entries(body).map(([key, value]) => [key, key.includes("href") ? href : linkedTo(href, value)]);
  return { ...Object.fromEntries(linked), progress_href_list: [{ href }, href], next_href: href };
}
