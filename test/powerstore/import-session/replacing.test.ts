import { expect, test } from "vitest";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { UNKNOWN } from "../../engine/wire-value.ts";
import { oneImport } from "../one-import.ts";
import { sampleUrn } from "./samples.ts";

const creating = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" } as const;
const body = { remote_system_id: "name:old-unity", source_resource_id: "sv_42", type: "Non_Disruptive" } as const;
const irreversible = /^cut over \(irreversible\): /;

/** A session that copies, recorded with these inputs, and a second array, `east`. */
async function open(inputs: object = creating) {
  const east = await oneImport();
  const { endpoint, username, password, caCertificate } = east.array;
  const arrays = JSON.stringify({ east: { endpoint, username, password, caCertificate } });
  const it = await oneImport({}, { arrays });
  const id = it.array.operator.create({ ...body, name: "erp", description: ownershipMark(sampleUrn) });
  it.array.setState(id, "Copy_In_Progress", { stays: true });
  const declared = { ...inputs, ...("sessionId" in inputs ? { sessionId: id } : {}) };
  const state = { sessionId: id, state: "Copy_In_Progress", adopted: "sessionId" in inputs, actions: [] };
  it.recall({ id, inputs: declared, outputs: { ...declared, ...state } });
  return { ...it, east: east.array, id };
}
const adopted = { sessionId: "the one that copies" };

test("another name for a session that copies passes, though its source is being imported", async () => {
  const { array, id, preview } = await open({ ...creating, sessionName: "erp" });
  expect(await preview({ ...creating, sessionName: "erp-2" })).toMatchObject({
    did: "replace",
    replaces: ["sessionName"],
    failures: [],
  });
  expect(array.session(id).state).toBe("Copy_In_Progress");
});

test("a session that was adopted is created again from the same source", async () => {
  const { preview } = await open(adopted);
  expect(await preview(creating)).toMatchObject({
    did: "replace",
    replaces: expect.arrayContaining(["sessionId"]),
    failures: [],
  });
});

test("a session that is gone is created again, whatever start was declared for it", async () => {
  const inputs = { ...creating, scheduledTimestamp: "2029-12-31T23:59:59Z" };
  const { array, id, preview } = await open(inputs);
  array.setState(id, "Cancelled", { stays: true });
  array.operator.remove(id);
  const { rows, ...decided } = await preview(inputs);
  expect(decided).toMatchObject({ did: "replace", replaces: ["state"], failures: [] });
  expect(rows.join()).toMatch(/start at once \(2029-12-31T23:59:59Z has passed\).*Ready_For_Cutover/);
});

test("a source that somebody else imports is refused, also where the session that is given up is an adopted one", async () => {
  const { array, preview } = await open(adopted);
  array.operator.create({ ...body, name: "theirs", source_resource_id: "sv_43" });
  expect((await preview({ ...creating, sourceResourceId: "sv_43" })).failures).toMatchObject([
    { property: "sourceResourceId", reason: expect.stringContaining("sv_43 is imported by session") },
  ]);
});

test("what takes the place of a session that is gone needs a source that can be imported", async () => {
  const inputs = { ...creating, remoteSystemId: "name:nowhere" };
  const { array, id, preview } = await open(inputs);
  array.setState(id, "Cancelled", { stays: true });
  array.operator.remove(id);
  expect((await preview(inputs)).failures).toMatchObject([{ property: "remoteSystemId" }]);
});

test("no session is cancelled for one that does not exist or leads nowhere", async () => {
  const { array, id, preview, up, sent } = await open();
  expect((await preview({ sessionId: "none" })).failures).toMatchObject([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
  const dead = array.operator.create({ ...body, name: "dead", source_resource_id: "sv_43" });
  array.setState(dead, "Cancel_Required", { stays: true });
  expect((await preview({ sessionId: dead })).failures).toMatchObject([{ property: "sessionId" }]);
  expect((await up({ sessionId: dead })).error).toContain("sessionId");
  expect([array.session(id).state, sent()]).toEqual(["Copy_In_Progress", []]);
});

test("the cutover of a session that is adopted in the place of another is announced", async () => {
  const { array, preview } = await open();
  const other = array.operator.create({ ...body, name: "other", source_resource_id: "sv_43" });
  array.setState(other, "Ready_For_Cutover", { stays: true });
  const { rows, warnings } = await preview({ sessionId: other, targetState: "Import_Completed" });
  expect(rows.at(-1)).toMatch(
    new RegExp(`^adopt session ${other} \\(Ready_For_Cutover\\); cut over \\(irreversible\\)`),
  );
  expect(warnings.at(-1)).toMatch(irreversible);
});

test("the cutover of a session in the place of another is announced also while some inputs are not known", async () => {
  const { preview } = await open();
  const hostSteps = { sourceStopped: true, destinationStarted: true };
  const after = { ...creating, type: "Agentless", hostIds: [UNKNOWN], hostSteps, targetState: "Import_Completed" };
  const { did, replaces, warnings } = await preview(after);
  expect([did, replaces]).toEqual(["replace", ["type"]]);
  expect(warnings).toContainEqual(expect.stringMatching(/cut over \(irreversible\): source sv_42/));
});

test("on another array a name and a source that are taken there are refused", async () => {
  const { east, preview } = await open({ ...creating, sessionName: "erp" });
  const toEast = { ...creating, sessionName: "erp", array: "east" };
  east.operator.create({ ...body, name: "theirs" });
  expect((await preview(toEast)).failures).toMatchObject([
    { property: "sourceResourceId", reason: expect.stringContaining("In_Progress") },
  ]);
  east.operator.create({ ...body, name: "erp", source_resource_id: "sv_43" });
  expect((await preview(toEast)).failures).toMatchObject([
    { property: "sessionName", reason: expect.stringContaining("has this name already") },
  ]);
});

test("a completed import is not given up, though Pulumi was told to replace it", async () => {
  const { array, id, up } = await open();
  array.setState(id, "Import_Completed", { stays: true });
  expect((await up(creating, { replace: true })).error).toContain(`import session ${id} is complete`);
  expect(array.session(id).state).toBe("Import_Completed");
});
