import { describe, expect, test } from "vitest";
import { z } from "zod";
import { createBody, modifyBody } from "./bodies.ts";
import { startedArray } from "./calling.ts";
import { expectValidAnswer, expectValidRequest } from "./contract/expect-valid.ts";
import { type Definition, findSwagger, type Operation, type Swagger, swaggerMissing } from "./contract/swagger.ts";
import { importModel } from "./import-model.ts";
import { importStates, isImportState, lawfulActions } from "./import-states.ts";
import type { ImportWorld } from "./import-world.ts";
import { defaultInventory } from "./inventory.ts";
import { jobBook } from "./job-book.ts";
import { type Holdings, resourcesOf } from "./resources.ts";

// Every answer in every test of this folder is measured by the Swagger as well: see `calling.ts`.
const swagger = findSwagger();
if (swagger === undefined) console.warn(`contract tests skipped: ${swaggerMissing}`);
const volume = { name: "erp", remote_system_id: "name:old-unity", source_resource_id: "sv_42", type: "Non_Disruptive" };

describe.skipIf(swagger === undefined)("against the vendor's Swagger", () => {
  test("each operation on import sessions answers each status that is documented for it", async () => {
    const { array, call } = await startedArray();
    const seen = new Set<string>();
    const note = async (method: Method, path: string, id: string, body?: unknown, query = "") => {
      const { status } = await call(method, path.replace("{id}", id) + query, body);
      seen.add(`${method} ${path} ${status}`);
    };
    await note("POST", "/import_session", "", { ...volume, source_resource_id: "sv_44", type: "Agentless" });
    await note("POST", "/import_session", "", volume);
    await note("POST", "/import_session", "", { ...volume, name: "log", source_resource_id: "sv_45" });
    await note("POST", "/import_session", "", { ...volume, name: "log", source_resource_id: "sv_43" });
    await note("GET", "/import_session", "", undefined, "?select=*,remote_system(*)");
    await note("GET", "/import_session", "", undefined, "?select=*&limit=1");
    await note("GET", "/import_session/{id}", "name:erp", undefined, "?select=*");
    await note("GET", "/import_session/{id}", "none");
    for (const [action, rows] of Object.entries(lawfulActions)) {
      const method = action === "modify" ? "PATCH" : action === "delete" ? "DELETE" : "POST";
      const path = method === "POST" ? `/import_session/{id}/${action}` : "/import_session/{id}";
      const body = method === "PATCH" ? {} : undefined;
      await note(method, path, "none", body);
      await note(method, path, "name:erp", { nonsense: true });
      array.setState("name:erp", "Invalid");
      await note(method, path, "name:erp", body);
      array.setState("name:erp", rows["Agentless volume"]?.from[0] ?? "Invalid", { stays: true });
      await note(method, path, "name:erp", body);
    }
    const documented = operations(swaggerAtHand()).filter((one) => one.includes(" /import_session"));
    expect(documented.filter((one) => !seen.has(one) && !/ \/import_session_/.test(one))).toEqual([]);
    expect(documented.length).toBeGreaterThan(35);
  });

  test("the other operations that are simulated fit, whether they succeed or refuse", async () => {
    const { array, call } = await startedArray();
    array.operator.create({ ...volume, type: "Non_Disruptive" });
    for (const [method, path, status] of [
      ["GET", "/remote_system?select=*,import_sessions(*)", 200],
      ["GET", "/remote_system?select=*&limit=2", 206],
      ["GET", "/remote_system/name:old-unity?select=*", 200],
      ["GET", "/remote_system/none", 404],
      ["POST", "/remote_system/name:old-unity/discover", 204],
      ["POST", "/remote_system/none/discover", 404],
      ["GET", "/login_session?select=*", 200],
      ["POST", "/logout", 204],
      ["GET", "/remote_system", 401],
    ] as const) {
      expect([path, (await call(method, path)).status]).toEqual([path, status]);
    }
  });

  test("sessions fit in all of their 21 states, of both types, with and without members", async () => {
    const { array, call } = await startedArray();
    array.operator.create({ ...volume, type: "Non_Disruptive" });
    array.operator.create({ ...volume, name: "crm", source_resource_id: "sv_44", type: "Agentless" });
    array.operator.create({ ...volume, name: "mes", source_resource_id: "res_7", type: "Non_Disruptive" });
    array.operator.create({ ...volume, name: "web", source_resource_id: "res_8", type: "Agentless" });
    for (const state of stateWords) {
      for (const { id } of array.sessions()) array.setState(id, state, { stays: true });
      const { body } = await call("GET", "/import_session?select=*,remote_system(*)");
      expect(body).toHaveLength(8);
    }
  });

  test("every list of the array and every instance in it fits", async () => {
    const { call } = await startedArray();
    const { world } = importModel({ nowMs: 0, timings, maxActiveImports: 1 });
    for (const resource of resourcesOf(emptyHoldings(world)).values()) {
      if (swaggerAtHand().paths[`/${resource.name}`] === undefined) continue;
      expect((await call("GET", `/${resource.name}?select=*`)).status).toBe(200);
    }
    for (const path of [
      "import_unity_volume/sv_42",
      "import_unity_consistency_group/res_7",
      "import_netapp_volume/lun_7",
    ]) {
      expect((await call("GET", `/${path}?select=*`)).status).toBe(200);
    }
    expect((await call("GET", "/login_session?select=*")).status).toBe(200);
  });

  test("attributes and words are those of the Swagger, none missing and none made up", () => {
    const { world } = importModel({ nowMs: 0, timings, maxActiveImports: 1 });
    const { definitions } = swaggerAtHand();
    for (const { name, attributes, embeds } of resourcesOf(emptyHoldings(world)).values()) {
      const properties = definitions[`${name}_instance`]?.properties;
      if (properties === undefined) continue;
      const wanted = Object.keys(properties).filter((property) => !(property in embeds));
      expect([name, Object.keys(attributes).sort()]).toEqual([name, wanted.sort()]);
      for (const [property, { values }] of Object.entries(attributes)) {
        // Enumerations of more than a hundred words each, which the array does not keep.
        if (name === "job" && /^resource_(action|type)$/.test(property)) continue;
        const words = wordsOf(definitions, properties[property]);
        expect([name, property, values === undefined ? undefined : [...values].sort()]).toEqual([
          name,
          property,
          words,
        ]);
      }
    }
  });

  test("what the array shows besides what 4.1 describes, and what 4.4 adds, fits 4.4", async () => {
    const { array, call } = await startedArray({ temperament: { kind: "traits", traits: ["approvals"] } });
    for (const [name, source] of [
      ["erp", "sv_42"],
      ["log", "sv_43"],
      ["mes", "res_7"],
    ]) {
      await call("POST", "/import_session", { ...volume, name, source_resource_id: source });
    }
    const [first = "", second = ""] = array.jobs().map(({ id }) => String(id));
    array.operator.approve(first);
    array.operator.reject(second, "not in this change window");
    for (const path of ["/job", "/audit_event", "/cluster", "/role", "/login_session"]) {
      expect((await call("GET", `${path}?select=*`)).status).toBe(200);
    }
    const { definitions } = findSwagger("4.4") ?? swaggerAtHand();
    const { world } = importModel({ nowMs: 0, timings, maxActiveImports: 1 });
    for (const { name, attributes } of resourcesOf({ ...emptyHoldings(world), release: "4.4" }).values()) {
      const properties = definitions[`${name}_instance`]?.properties ?? {};
      expect([name, Object.keys(attributes).filter((attribute) => !(attribute in properties))]).toEqual([name, []]);
      for (const [property, { values = [] }] of Object.entries(attributes)) {
        const words = wordsOf(definitions, properties[property]) ?? [];
        expect([name, property, values.filter((word) => !words.includes(word))]).toEqual([name, property, []]);
      }
    }
  });

  test("the bodies taken have the keys of the Swagger, and require the same", () => {
    const { definitions } = swaggerAtHand();
    expect(Object.keys(createBody.shape).sort()).toEqual(keysOf(definitions.import_session_create));
    expect(Object.keys(modifyBody.shape)).toEqual(keysOf(definitions.import_session_modify));
    const required = Object.entries(createBody.shape).flatMap(([key, schema]) =>
      schema.safeParse(undefined).success ? [] : [key],
    );
    expect(required.sort()).toEqual([...(definitions.import_session_create?.required ?? [])].sort());
  });

  test("requests are measured too: by path, method, keys and types", () => {
    const create = { method: "POST", path: "/api/rest/import_session" };
    expectValidRequest({ ...create, body: volume });
    expectValidRequest({ method: "POST", path: "/api/rest/import_session/name:erp/cancel", body: { force: true } });
    expectValidRequest({ method: "POST", path: "/api/rest/import_session/1/cutover", body: undefined });
    for (const wrong of [
      { ...create, body: { ...volume, tenant: 1 } },
      { ...create, body: { ...volume, description: null } },
      { ...create, body: { ...volume, scheduled_timestamp: "tomorrow" } },
      { ...create, body: { ...volume, name: "x".repeat(129) } },
      { ...create, body: { name: "erp" } },
      { ...create, body: undefined },
      { ...create, path: "/api/rest/import_sessions", body: volume },
      { ...create, path: "/import_session", body: volume },
      { method: "PUT", path: "/api/rest/import_session/1", body: volume },
      { method: "POST", path: "/api/rest/import_session/1/cutover", body: {} },
      { method: "POST", path: "/api/rest/import_session/1/cancel", body: { force: "yes" } },
    ]) {
      expect(() => expectValidRequest(wrong), JSON.stringify(wrong)).toThrow();
    }
  });

  test("answers that do not fit are found", () => {
    const get = { method: "GET", path: "/api/rest/import_session/1", status: 200 };
    expectValidAnswer({ ...get, body: { id: "1", progress_percentage: null } });
    for (const wrong of [
      { ...get, body: { id: 1 } },
      { ...get, body: { id: null } },
      { ...get, body: { state: "Initialized" } },
      { ...get, body: { host_ids: [] } },
      { ...get, body: { progress_percentage: "5" } },
      { ...get, body: { last_update_timestamp: "now" } },
      { ...get, body: { remote_system: { type: "Symmetrix" } } },
      { ...get, status: 404, body: "not found" },
      { ...get, status: 418, body: undefined },
      { method: "DELETE", path: "/api/rest/import_session/1", status: 204, body: {} },
    ]) {
      expect(() => expectValidAnswer(wrong), JSON.stringify(wrong)).toThrow();
    }
  });
});

function emptyHoldings(world: ImportWorld): Holdings {
  return { world, inventory: defaultInventory, book: jobBook(), release: "4.1", sessions: () => [] };
}

const stateWords = Object.keys(importStates).filter(isImportState);
const timings = { queueMs: 0, setupMs: 0, mirrorMs: 0, readyMs: 0, cutoverMs: 0, rollbackMs: 0, actionLagMs: 0 };

type Method = "GET" | "POST" | "PATCH" | "DELETE";

function swaggerAtHand(): Swagger {
  if (swagger === undefined) throw new Error(swaggerMissing);
  return swagger;
}

/** Each documented status of each operation, as `METHOD path status`. */
function operations({ paths }: Swagger): string[] {
  return Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item).flatMap(([method, operation]: [string, Operation]) =>
      Object.keys(operation.responses).map((status) => `${method.toUpperCase()} ${path} ${status}`),
    ),
  );
}

function keysOf(definition: Definition | undefined): string[] {
  return Object.keys(definition?.properties ?? {}).sort();
}

/** The words of the enumeration that a property, or each item of it, refers to. */
function wordsOf(definitions: Swagger["definitions"], property: unknown): string[] | undefined {
  const { $ref, items } = referring.parse(property);
  const words = definitions[($ref ?? items?.$ref ?? "").replace("#/definitions/", "")]?.enum;
  return words === undefined ? undefined : [...words].sort();
}

const reference = { $ref: z.string().optional() };
const referring = z.object({ ...reference, items: z.object(reference).optional() });
