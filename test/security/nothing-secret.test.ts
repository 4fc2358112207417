import { inspect } from "node:util";
import type { dynamic } from "@pulumi/pulumi";
import { expect, onTestFinished, test } from "vitest";
import type { ArraySettings } from "../../provider/core/array/settings.ts";
import { dynamicHooks } from "../../provider/core/pulumi/hooks.ts";
import { connectEternus } from "../../provider/eternus/connect.ts";
import { recSessionGroupResource } from "../../provider/eternus/rec-session-group/resource.ts";
import { connectPowerStore } from "../../provider/powerstore/connect.ts";
import { importSessionResource } from "../../provider/powerstore/import-session/resource.ts";
import type { Exchange } from "../arrays/exchange.ts";
import type { Fault } from "../arrays/faults.ts";
import { startEternus, startPowerStore, steppedClock } from "../arrays/index.ts";
import { toldDeployment } from "../core/pulumi/volume-resource.ts";
import { settingsFor } from "../core/settings-for.ts";
import { virtualClock } from "../core/virtual-clock.ts";
import { watchSecrets } from "../scenarios/secrets.ts";
import { awkwardPassword, formsOf, foundIn } from "./secret-forms.ts";

const failing: readonly (readonly [string, Fault | undefined])[] = [
  ["nothing", undefined],
  ["401", { kind: "status", status: 401 }],
  ["403", { kind: "status", status: 403 }],
  ["500", { kind: "status", status: 500 }],
  ["a web page", { kind: "html" }],
  ["half an answer", { kind: "truncate" }],
  ["a broken connection", { kind: "reset" }],
  ["a redirect with a token in it", { kind: "custom", play: redirectWithToken }],
  ["an error that holds what was sent", { kind: "custom", play: echo }],
];

test.each(failing)(
  "no form of a password, a cookie or a token comes out of an import that meets %s",
  async (_, fault) => {
    const clock = virtualClock();
    const array = await startPowerStore({ clock: steppedClock(), password: awkwardPassword });
    onTestFinished(() => array.close());
    const connection = settingsFor(array, { insecure: true, caCertificate: undefined });
    const known = watchSecrets([array]);
    if (fault !== undefined) array.faults.add({ when: { path: /import_session|remote_system/ }, times: 50, do: fault });
    const news = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
    await expectSilence(clock, connection, known, { ...news, timeouts: { create: "10m" } }, (deployment) => {
      const powerstore = connectPowerStore(connection, deployment);
      return {
        hooks: dynamicHooks(
          importSessionResource(() => powerstore),
          deployment,
        ),
        logout: powerstore.logout,
      };
    });
  },
);

test.each(failing)("no form of a password or a token comes out of a group that meets %s", async (_, fault) => {
  const clock = virtualClock();
  const array = await startEternus({ clock: steppedClock(), password: awkwardPassword, sessions: [{ id: 1 }] });
  onTestFinished(() => array.close());
  const connection = settingsFor(array, { insecure: true, caCertificate: undefined });
  const known = watchSecrets([array]);
  if (fault !== undefined) array.faults.add({ when: { path: /copysession|job/ }, times: 50, do: fault });
  await expectSilence(
    clock,
    connection,
    known,
    { copySessionIds: [1], targetState: "Suspend", timeouts: { create: "10m" } },
    (deployment) => {
      const eternus = connectEternus(connection, deployment);
      return {
        hooks: dynamicHooks(
          recSessionGroupResource(() => eternus),
          deployment,
        ),
        logout: eternus.logout,
      };
    },
  );
});

test.each(["powerstore", "eternus"] as const)(
  "a login that is refused with all that was sent tells none of it: %s",
  async (vendor) => {
    const clock = virtualClock();
    const array =
      vendor === "powerstore"
        ? await startPowerStore({ clock: steppedClock(), password: awkwardPassword })
        : await startEternus({ clock: steppedClock(), password: awkwardPassword });
    onTestFinished(() => array.close());
    array.faults.add({ when: { path: /session$/ }, times: 50, do: { kind: "custom", play: echo } });
    const settings = settingsFor(array);
    const connection =
      vendor === "powerstore" ? connectPowerStore(settings, { clock }) : connectEternus(settings, { clock });
    const request = { method: "GET", path: "/", attempted: "read" } as const;
    const error = await connection.http.send(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(foundIn(everythingIn(error), [awkwardPassword])).toEqual([]);
    await connection.logout();
  },
);

test("the search finds a password in every form", () => {
  for (const form of formsOf(awkwardPassword))
    expect(foundIn(`before ${form} after`, [awkwardPassword])).not.toEqual([]);
  expect(formsOf(awkwardPassword).length).toBeGreaterThan(10);
});

type Deployment = ReturnType<typeof toldDeployment>;

/** Creates, and searches all that is said (for debugging too), thrown and recorded for secrets. */
async function expectSilence(
  clock: ReturnType<typeof virtualClock>,
  settings: ArraySettings,
  known: () => readonly string[],
  news: Readonly<Record<string, unknown>>,
  start: (deployment: Deployment) => { hooks: dynamic.ResourceProvider; logout(): Promise<void> },
): Promise<void> {
  const deployment = toldDeployment(clock);
  const { hooks, logout } = start(deployment);
  const inputs = { ...news, resourceUrn: "urn:pulumi:prod::erp::t:m:R::orders", __provider: "provider" };
  const checked = await hooks.check?.({}, inputs).catch((error: unknown) => error);
  const created = await hooks.create(inputs).catch((error: unknown) => error);
  await logout();
  const everything = everythingIn([deployment.said, checked, created]);
  expect(deployment.said.some((line) => line.startsWith("debug "))).toBe(true);
  expect(foundIn(everything, [settings.password()])).toEqual([]);
  expect(known().filter((secret) => everything.includes(secret))).toEqual([]);
}

/** All that a value shows to whoever prints it: hidden properties, causes and stacks too. */
function everythingIn(value: unknown): string {
  return `${inspect(value, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null })}${JSON.stringify(value)}`;
}

function redirectWithToken({ request, response }: Exchange): void {
  const { authorization, cookie } = request.headers;
  response
    .writeHead(302, { location: `https://elsewhere.example/?t=${encodeURIComponent(`${authorization}${cookie}`)}` })
    .end();
}

/** What some devices do: the error says what they were sent. */
function echo({ request, send }: Exchange): void {
  const { authorization, cookie } = request.headers;
  const text = `cannot take ${JSON.stringify(request.body)} ${authorization} ${cookie}`;
  send({
    status: 400,
    body: { error_code: "0001", message: text, messages: [{ code: "0xE1", severity: "Error", message_l10n: text }] },
  });
}
