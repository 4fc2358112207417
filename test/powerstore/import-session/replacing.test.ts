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
  const made = "sessionId" in inputs ? {} : { description: ownershipMark(sampleUrn) };
  const id = it.array.operator.create({ ...body, name: "erp", ...made });
  it.array.setState(id, "Copy_In_Progress", { stays: true });
  const declared = { ...inputs, ...("sessionId" in inputs ? { sessionId: id } : {}) };
  const state = { sessionId: id, state: "Copy_In_Progress", adopted: "sessionId" in inputs, actions: [] };
  it.recall({ id, inputs: declared, outputs: { ...declared, ...state } });
  return { ...it, east: east.array, id, consent: { copyAgain: id } };
}
const adopted = { sessionId: "the one that copies" };

test("another name for a session that copies passes, though its source is being imported", async () => {
  const { array, id, consent, preview } = await open({ ...creating, sessionName: "erp" });
  expect(await preview({ ...creating, ...consent, sessionName: "erp-2" })).toMatchObject({
    did: "replace",
    replaces: ["sessionName"],
    failures: [],
  });
  expect(array.session(id).state).toBe("Copy_In_Progress");
});

test("the source of a session that was adopted is not created again while that session imports it: it is only released", async () => {
  const { id, preview, up, sent } = await open(adopted);
  for (const run of [preview, up])
    expect((await run(creating)).failures).toMatchObject([
      { property: "sourceResourceId", reason: expect.stringContaining(`sv_42 is imported by session ${id}`) },
    ]);
  expect(sent()).toEqual([]);
});

test("an adopted session is released for another one, and nothing is sent to it", async () => {
  const { array, id, preview, up, sent } = await open(adopted);
  const other = array.operator.create({ ...body, name: "other", source_resource_id: "sv_43" });
  array.setState(other, "Ready_For_Cutover", { stays: true });
  const released = `adopted session ${id} is released as it is (Copy_In_Progress)`;
  expect(await preview({ sessionId: other })).toMatchObject({
    did: "replace",
    rows: expect.arrayContaining([expect.stringContaining(`first ${released}: nothing to send`)]),
  });
  const { did, rows, state } = await up({ sessionId: other });
  expect([did, state?.sessionId, rows.includes(released)]).toEqual(["replace", other, true]);
  expect([sent(), array.session(id).state]).toEqual([[], "Copy_In_Progress"]);
});

test("an adopted session that Pulumi is told to replace is released and adopted again", async () => {
  const { id, up, sent } = await open(adopted);
  const same = { sessionId: id, timeouts: { create: "1m" }, targetState: "Mirror_Enabled" };
  expect((await up(same, { replace: true })).state?.sessionId).toBe(id);
  expect(sent()).toEqual([]);
});

test.each([{}, { replace: true }])(
  "a copy is not thrown away without consent, in preview and in the run: %j",
  async (how) => {
    const { array, id, consent, preview, up, sent } = await open();
    const changed = { ...creating, ...("replace" in how ? {} : { sessionName: "erp-2" }) };
    if (!("replace" in how)) expect((await preview(changed)).error).toContain(`set copyAgain: "${id}"`);
    expect((await up(changed, how)).error).toMatch(/its copy would be thrown away.*set copyAgain: "/);
    expect((await up({ ...changed, copyAgain: "another" }, how)).error).toContain("its copy would be thrown away");
    expect([sent(), array.session(id).state]).toEqual([[], "Copy_In_Progress"]);
    expect(await up({ ...changed, ...consent }, how)).toMatchObject({ did: "replace", error: undefined });
    expect(sent()).toEqual(["cancel", "remove", "create"]);
  },
);

test("a replacement that sees the import complete while it cancels stops, and removes nothing", async () => {
  const { array, id, consent, up, sent, state } = await open();
  array.faults.add({
    when: { method: "POST", path: /cancel/ },
    do: {
      kind: "custom",
      play({ send }) {
        array.setState(id, "Import_Completed", { stays: true });
        send({ status: 422, body: { messages: [{ code: "0xE1", message_l10n: "It is cut over." }] } });
      },
    },
  });
  const { error } = await up({ ...creating, ...consent, sessionName: "erp-2" });
  expect(error).toMatch(/it was cut over meanwhile.*Run `pulumi refresh`.*keep copyAgain: "/);
  expect([sent(), array.session(id).state, state()?.sessionId]).toEqual([["cancel"], "Import_Completed", id]);
});

test("a completed import is made again only where copyAgain names it, and cut over once more only then", async () => {
  const { array, id, consent, preview, up, refresh, sent } = await open();
  const again = { ...creating, sessionName: "erp-2", targetState: "Import_Completed" };
  array.setState(id, "Import_Completed", { stays: true });
  await refresh();
  expect((await preview(again)).error).toContain("a cutover is for ever");
  expect((await up(again)).error).toContain("a cutover is for ever");
  expect((await up(again, { replace: true })).error).toContain("a cutover is for ever");
  expect(sent()).toEqual([]);
  expect(await up({ ...again, ...consent })).toMatchObject({ did: "replace", state: { state: "Import_Completed" } });
  expect(sent()).toEqual(["remove", "create", "cutover"]);
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
  const { array, id, consent, preview, up, sent } = await open();
  expect((await preview({ ...consent, sessionId: "none" })).failures).toMatchObject([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
  const dead = array.operator.create({ ...body, name: "dead", source_resource_id: "sv_43" });
  array.setState(dead, "Cancel_Required", { stays: true });
  expect((await preview({ ...consent, sessionId: dead })).failures).toMatchObject([{ property: "sessionId" }]);
  expect((await up({ ...consent, sessionId: dead })).error).toContain("sessionId");
  expect([array.session(id).state, sent()]).toEqual(["Copy_In_Progress", []]);
});

test("the cutover of a session that is adopted in the place of another is announced", async () => {
  const { array, consent, preview } = await open();
  const other = array.operator.create({ ...body, name: "other", source_resource_id: "sv_43" });
  array.setState(other, "Ready_For_Cutover", { stays: true });
  const { rows, warnings } = await preview({ ...consent, sessionId: other, targetState: "Import_Completed" });
  expect(rows.at(-1)).toMatch(
    new RegExp(`^adopt session ${other} \\(Ready_For_Cutover\\); cut over \\(irreversible\\)`),
  );
  expect(warnings.at(-1)).toMatch(irreversible);
});

test("the cutover of a session in the place of another is announced also while some inputs are not known", async () => {
  const { consent, preview } = await open();
  const hostSteps = { sourceStopped: true, destinationStarted: true };
  const after = {
    ...creating,
    ...consent,
    type: "Agentless",
    hostIds: [UNKNOWN],
    hostSteps,
    targetState: "Import_Completed",
  };
  const { did, replaces, warnings } = await preview(after);
  expect([did, replaces]).toEqual(["replace", ["type"]]);
  expect(warnings).toContainEqual(expect.stringMatching(/cut over \(irreversible\): source sv_42/));
});

test("on another array a name and a source that are taken there are refused", async () => {
  const { east, consent, preview } = await open({ ...creating, sessionName: "erp" });
  const toEast = { ...creating, ...consent, sessionName: "erp", array: "east" };
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
  expect((await up(creating, { replace: true })).error).toMatch(
    new RegExp(`source sv_42 is imported already by session ${id} .*, and a cutover is for ever`),
  );
  expect(array.session(id).state).toBe("Import_Completed");
});
