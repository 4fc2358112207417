import { expect, test } from "vitest";
import { startedArray } from "./calling.ts";
import { type ImportState, importStates, type SessionShape } from "./import-states.ts";
import { codes } from "./refusal.ts";

const words: ImportState[] = [
  "Scheduled",
  "Paused",
  "Queued",
  "In_Progress",
  "Mirror_Enabled",
  "Ready_To_Start_Copy",
  "Copy_In_Progress",
  "Ready_For_Cutover",
  "Cutover_In_Progress",
  "Import_Completed",
  "Cancelled",
  "Failed",
  "Cancel_Failed",
  "Cancel_In_Progress",
  "Cleanup_In_Progress",
  "Cleanup_Failed",
  "Invalid",
  "Cleanup_Required",
  "Import_Completed_With_Errors",
  "Import_Cutover_Incomplete",
  "Cancel_Required",
];

const sources = {
  "Non_Disruptive volume": { source_resource_id: "sv_42", type: "Non_Disruptive" },
  "Agentless volume": { source_resource_id: "sv_44", type: "Agentless" },
  "Non_Disruptive member": { source_resource_id: "res_7", type: "Non_Disruptive" },
  "Agentless member": { source_resource_id: "res_8", type: "Agentless" },
  group: { source_resource_id: "res_8", type: "Agentless" },
} as const satisfies Record<SessionShape, object>;

const calls = {
  modify: ["PATCH", ""],
  delete: ["DELETE", ""],
  cutover: ["POST", "/cutover"],
  cancel: ["POST", "/cancel"],
  pause: ["POST", "/pause"],
  resume: ["POST", "/resume"],
  cleanup: ["POST", "/cleanup"],
  enable_destination_volume: ["POST", "/enable_destination_volume"],
  start_copy: ["POST", "/start_copy"],
} as const;

const gates = { enable_destination_volume: ["Mirror_Enabled"], start_copy: ["Ready_To_Start_Copy"] } as const;
const ofVolumes = {
  modify: ["Scheduled"],
  pause: ["Copy_In_Progress"],
  resume: ["Paused"],
  cutover: ["Ready_For_Cutover"],
  cleanup: ["Cleanup_Required"],
  delete: ["Import_Completed", "Failed", "Cancelled"],
} as const;

/** What the reference allows, written down a second time; a group that did not come there by itself cannot be paused. */
const allowed: Record<SessionShape, Partial<Record<keyof typeof calls, readonly ImportState[]>>> = {
  "Non_Disruptive volume": {
    ...ofVolumes,
    cancel: ["Scheduled", "Queued", "Copy_In_Progress", "Paused", "Ready_For_Cutover"],
  },
  "Agentless volume": {
    ...ofVolumes,
    ...gates,
    cancel: [
      "Queued",
      "Scheduled",
      "Mirror_Enabled",
      "Ready_To_Start_Copy",
      "Copy_In_Progress",
      "Paused",
      "Ready_For_Cutover",
      "Cancel_Required",
    ],
  },
  "Non_Disruptive member": {},
  "Agentless member": gates,
  group: {
    modify: ["Scheduled"],
    resume: ["Paused"],
    cutover: ["Ready_For_Cutover", "Import_Cutover_Incomplete"],
    cancel: [
      "Queued",
      "Scheduled",
      "In_Progress",
      "Paused",
      "Ready_For_Cutover",
      "Import_Cutover_Incomplete",
      "Cancel_Required",
      "Cancel_Failed",
      "Failed",
    ],
    cleanup: ["Cleanup_Required"],
    delete: ["Import_Completed", "Import_Completed_With_Errors", "Failed", "Cancelled"],
  },
};

const shapes: SessionShape[] = [
  "Non_Disruptive volume",
  "Agentless volume",
  "Non_Disruptive member",
  "Agentless member",
  "group",
];
const actions = Object.entries(calls);

test("the table knows the vendor's 21 states", () => {
  expect(Object.keys(importStates).sort()).toEqual([...words].sort());
  expect(new Set(words).size).toBe(21);
});

test.each(shapes.flatMap((shape) => words.map((word) => [shape, word] as const)))(
  "a %s that is %s takes the actions the reference allows, and no other",
  async (shape, word) => {
    const { array, call } = await startedArray();
    for (const [action, [method, path]] of actions) {
      const top = array.operator.create({ name: `${action}`, remote_system_id: "name:old-unity", ...sources[shape] });
      const member = array.sessions().find(({ parent_session_id }) => parent_session_id === top)?.id;
      const id = shape.endsWith("member") ? (member ?? "") : top;
      array.setState(id, word, { stays: true });
      const { status, body } = await call(method, `/import_session/${id}${path}`, action === "modify" ? {} : undefined);
      const isAllowed = Object.entries(allowed[shape]).some(([name, from]) => name === action && from.includes(word));
      expect([action, status]).toEqual([action, isAllowed ? 204 : 422]);
      if (status === 422) expect(body).toMatchObject({ messages: [{ code: codes.wrongState }] });
      clear(array, top);
    }
  },
);

function clear(array: Awaited<ReturnType<typeof startedArray>>["array"], top: string): void {
  for (const { id, parent_session_id } of array.sessions()) {
    if (parent_session_id === top) array.setState(id, "Cancelled");
  }
  if (!array.sessions().some(({ id }) => id === top)) return;
  array.setState(top, "Cancelled");
  array.operator.remove(top);
}

test("an action on a session that does not exist is 404, whatever its body says", async () => {
  const { call } = await startedArray();
  for (const [method, path] of Object.values(calls)) {
    const answer = await call(method, `/import_session/none${path}`, method === "PATCH" ? {} : undefined);
    expect([path, answer.status]).toEqual([path, 404]);
  }
});

test("an unknown key in the body of an action is refused, and nothing happens", async () => {
  const { array, call } = await startedArray();
  const id = array.operator.create({ name: "erp", remote_system_id: "name:old-unity", ...sources["Agentless volume"] });
  for (const [action, [method, path]] of actions) {
    const answer = await call(method, `/import_session/${id}${path}`, { clear_mappings: true });
    expect([action, answer.status, answer.body]).toMatchObject([
      action,
      400,
      { messages: [{ code: "0xE04040030001" }] },
    ]);
  }
  for (const body of [{ force: "true" }, { force: null }, { Force: true }, "force", [true]]) {
    expect((await call("POST", `/import_session/${id}/cancel`, body)).status).toBe(400);
  }
  expect(array.session(id).state).toBe("Queued");
});

test("cancel takes no body, an empty one, and force", async () => {
  const { array, call } = await startedArray();
  for (const body of [undefined, {}, { force: false }, { force: true }]) {
    array.setState(
      array.operator.create({ name: "erp", remote_system_id: "name:old-unity", ...sources.group }),
      "Queued",
    );
    expect((await call("POST", "/import_session/name:erp/cancel", body)).status).toBe(204);
    clear(array, array.session("name:erp").id);
  }
});

test("the record of an import that is over can be deleted, once", async () => {
  const { array, call } = await startedArray();
  array.operator.create({ name: "erp", remote_system_id: "name:old-unity", ...sources["Non_Disruptive volume"] });
  array.setState("name:erp", "Import_Completed");
  expect((await call("DELETE", "/import_session/name:erp")).status).toBe(204);
  expect((await call("DELETE", "/import_session/name:erp")).status).toBe(404);
  expect((await call("GET", "/import_session/name:erp")).status).toBe(404);
});
