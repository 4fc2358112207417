import { Agent, request } from "undici";
import { expect, onTestFinished, test } from "vitest";
import { scaledClock, startPowerStore } from "../index.ts";
import { basic, startedArray } from "./calling.ts";

const volume = {
  name: "erp",
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
  type: "Non_Disruptive",
} as const;

test("what an operator does at the array is seen over the API, and not in its request log", async () => {
  const { array, clock, call } = await startedArray();
  const { operator } = array;
  const id = operator.create({ ...volume, source_resource_id: "sv_44", type: "Agentless" });
  clock.advance(60_000);
  operator.enableDestinationVolume(id);
  operator.startCopy(id);
  operator.pause(id);
  expect((await call("GET", `/import_session/${id}?select=state`)).body).toEqual({ state: "Paused" });
  operator.resume(id);
  clock.advance(86_400_000);
  operator.cutover(id);
  operator.remove(id);
  expect((await call("GET", `/import_session/${id}`)).status).toBe(404);
  expect(array.acts()).toEqual([]);
});

test("an operator is bound by the same rules as the API", async () => {
  const { array } = await startedArray();
  const id = array.operator.create({ ...volume, scheduled_timestamp: "2030-01-02T00:00:00Z" });
  array.operator.reschedule(id, "2030-01-03T00:00:00Z");
  expect(array.session(id).scheduled_timestamp).toBe("2030-01-03T00:00:00.000+00:00");
  expect(() => array.operator.cutover(id)).toThrow(/not allowed on import session erp in state Scheduled/);
  expect(() => array.operator.cleanup("none")).toThrow(/does not exist/);
  expect(() => array.operator.create(volume)).toThrow(/exists already/);
});

test("a session can be put into any state, from which it goes on unless it is to stay", async () => {
  const { array, clock } = await startedArray();
  const id = array.operator.create(volume);
  array.setState(id, "Cutover_In_Progress");
  clock.advance(30_000);
  expect(array.session(id).state).toBe("Import_Completed");
  array.setState(id, "In_Progress", { stays: true });
  clock.advance(86_400_000);
  expect(array.session(id).state).toBe("In_Progress");
  array.setState(id, "Queued");
  clock.advance(2_000);
  expect(array.session(id).state).toBe("In_Progress");
});

test("a disguise shows unknown words and keys over the API, and leaves the truth alone", async () => {
  const { array, look } = await withLook();
  const id = array.operator.create(volume);
  array.disguise(id, { state: "Brand_New_State", tenant: "x" });
  expect(await look("select=state,name")).toEqual([{ state: "Brand_New_State", name: "erp", tenant: "x" }]);
  expect(await look("select=name&state=eq.Queued")).toEqual([]);
  expect(array.session(id).state).toBe("Queued");
  array.disguise(id, {});
  expect(await look("select=state,name")).toEqual([{ state: "Queued", name: "erp" }]);
});

/** Looks at the list without measuring it by the Swagger, which has no unknown words. */
async function withLook() {
  const { array } = await startedArray();
  const dispatcher = new Agent({ connect: { ca: array.caCertificate } });
  onTestFinished(() => dispatcher.destroy());
  const look = async (query: string) => {
    const url = `${array.endpoint}/api/rest/import_session?${query}`;
    return (await request(url, { dispatcher, headers: basic(array) })).body.json();
  };
  return { array, look };
}

test("acts are the requests that were to change something, refused ones included, without login and logout", async () => {
  const { array, call } = await startedArray();
  await call("GET", "/import_session");
  await call("POST", "/import_session", { ...volume, password: "p" });
  await call("POST", "/import_session", volume);
  await call("POST", "/import_session/name:erp/cancel", { force: true });
  await call("POST", "/logout");
  expect(array.acts().map(({ method, path, body, status }) => [method, path, body, status])).toEqual([
    ["POST", "/api/rest/import_session", { ...volume, password: "(redacted)" }, 400],
    ["POST", "/api/rest/import_session", volume, 201],
    ["POST", "/api/rest/import_session/name:erp/cancel", { force: true }, 204],
  ]);
});

test("an act whose answer is lost has happened, one that was reset has not", async () => {
  const { array, call } = await startedArray();
  array.faults.add({ when: { method: "POST", path: /import_session$/ }, do: { kind: "reset" } });
  array.faults.add({ when: { method: "POST", path: /import_session$/, nth: 2 }, do: { kind: "lose-answer" } });
  await expect(call("POST", "/import_session", volume)).rejects.toThrow();
  expect(array.sessions()).toEqual([]);
  await expect(call("POST", "/import_session", volume)).rejects.toThrow();
  expect(array.session("name:erp").state).toBe("Queued");
});

test("an array that is off the network goes on importing", async () => {
  const { array, clock, call } = await startedArray();
  array.operator.create(volume);
  await array.refuseConnections();
  await expect(call("GET", "/import_session")).rejects.toThrow();
  clock.advance(86_400_000);
  await array.acceptConnections();
  expect((await call("GET", "/import_session?select=state")).body).toEqual([{ state: "Ready_For_Cutover" }]);
});

test("without options an array starts on real time, on a free port, with something to import", async () => {
  const array = await startPowerStore();
  const other = await startPowerStore({ clock: scaledClock({ factor: 1_000_000 }) });
  try {
    expect(array.endpoint).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    expect(array.endpoint).not.toBe(other.endpoint);
    expect(array.caCertificate).toBe(other.caCertificate);
    const id = array.operator.create(volume);
    expect(array.session(id).state).toBe("Queued");
  } finally {
    await Promise.all([array.close(), other.close()]);
  }
});
