import { expect, test } from "vitest";
import { ownershipMark } from "../../../../provider/powerstore/import-session/naming.ts";
import { defaultInventory } from "../../../arrays/index.ts";
import { manyImports } from "../../many-imports.ts";
import { oneImport } from "../../one-import.ts";
import { sampleUrn } from "../samples.ts";

const creating = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" } as const;
const body = { remote_system_id: "name:old-unity", source_resource_id: "sv_42", type: "Non_Disruptive" } as const;
const ours = { ...body, name: "ours", description: ownershipMark(sampleUrn) } as const;
const passes = { did: "create", error: undefined, failures: [], warnings: [] };
const passesWith = (...warnings: readonly unknown[]) => ({ ...passes, warnings });

/** A session that this program created with these inputs. */
function recordOf(id: string, inputs: Readonly<Record<string, unknown>>) {
  const state = { sessionId: id, state: "Copy_In_Progress", adopted: false, actions: [] };
  return { id, inputs, outputs: { ...inputs, ...state } };
}

test("a new session that nothing stands against passes", async () => {
  const { array, preview } = await oneImport();
  expect(await preview(creating)).toMatchObject(passes);
  expect(array.acts()).toEqual([]);
});

test("a remote system that does not exist is named", async () => {
  const { preview } = await oneImport();
  expect((await preview({ ...creating, remoteSystemId: "name:nowhere" })).failures).toEqual([
    { property: "remoteSystemId", reason: expect.stringContaining("no remote system name:nowhere") },
  ]);
});

test("a start in the past is refused, unless a run that was killed has created the session already", async () => {
  const { array, preview } = await oneImport();
  const late = { ...creating, sessionName: "ours", scheduledTimestamp: "2029-12-31T23:59:59Z" };
  const inThePast = expect.stringMatching(/^lies in the past/);
  expect((await preview(late)).failures).toEqual([{ property: "scheduledTimestamp", reason: inThePast }]);
  const id = array.operator.create(ours);
  const { rows, ...told } = await preview(late);
  expect(told).toMatchObject({ ...passes, warnings: expect.anything() });
  expect(rows).toEqual([
    expect.stringMatching(new RegExp(`^continue with session ${id} \\(Queued\\), unless it is replaced; wait: queued`)),
  ]);
});

test("a name that somebody else's session has is refused", async () => {
  const { array, preview } = await oneImport();
  array.operator.create({ ...body, name: "taken" });
  expect((await preview({ ...creating, sessionName: "taken" })).failures).toEqual([
    { property: "sessionName", reason: expect.stringContaining("has this name already") },
  ]);
});

test("a session that cannot be adopted is refused, one that can passes", async () => {
  const { array, preview } = await oneImport();
  const id = array.operator.create({ ...body, name: "by-hand" });
  expect(await preview({ sessionId: id })).toMatchObject(passes);
  expect((await preview({ sessionId: "none" })).failures).toEqual([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
});

test("a name that this resource's own session has passes, whatever became of it: the run decides", async () => {
  const { array, clock, preview } = await oneImport();
  const id = array.operator.create(ours);
  array.setState(id, "Failed");
  const named = { ...creating, sessionName: "ours" };
  expect(await preview(named)).toMatchObject({
    ...passes,
    rows: [expect.stringMatching(new RegExp(`^remove the record of session ${id}; then create session ours`))],
  });
  array.setState(id, "Import_Completed", { stays: true });
  await clock.advance(60_000);
  expect(await preview({ ...named, targetState: "Import_Completed" })).toMatchObject({
    ...passesWith("if it is replaced: cut over (irreversible): source sv_42 will no longer be kept in sync"),
    rows: [`continue with session ${id} (Import_Completed), unless it is replaced: nothing to send`],
  });
  expect(await preview({ ...named, sourceResourceId: "sv_43" })).toMatchObject(
    passesWith(
      expect.stringMatching(
        new RegExp(`^would fail, unless session ${id} is replaced: .* this name already, but imports sv_42`),
      ),
    ),
  );
});

test("adopting a session with the mark of another resource passes with a warning, one with its own without", async () => {
  const { array, preview } = await oneImport();
  const anothers = ownershipMark(sampleUrn.replace("prod", "dev"));
  const id = array.operator.create({ ...body, name: "anothers", description: `wave 3 ${anothers}` });
  const ownId = array.operator.create({ ...ours, name: "own", source_resource_id: "sv_43" });
  expect(await preview({ sessionId: id })).toMatchObject(
    passesWith(`session ${id} carries the mark of another Pulumi resource: destroying either of the two cancels it`),
  );
  expect(await preview({ sessionId: ownId })).toMatchObject(passes);
});

test("a source that PowerStore has not discovered is a warning: it may be by the time of the run", async () => {
  const { preview } = await oneImport();
  expect(await preview({ ...creating, sourceResourceId: "sv_99" })).toMatchObject(
    passesWith(expect.stringMatching(/^source sv_99 is not among what PowerStore has discovered on old-unity: /)),
  );
});

test.each([
  ["sv_45", "Non_Disruptive", "sourceResourceId", /sv_45 cannot be imported \(importable_criteria Used_By_NAS\)/],
  ["sv_44", "Non_Disruptive", "type", /sv_44 can be imported Agentless only/],
  ["res_8", "Non_Disruptive", "type", /res_8 can be imported Agentless only/],
])("%s, which is not importable as %s, is refused with its criterion", async (source, type, property, reason) => {
  const { preview } = await oneImport();
  expect((await preview({ ...creating, sourceResourceId: source, type })).failures).toEqual([
    { property, reason: expect.stringMatching(reason) },
  ]);
});

test.each([
  ["sv_44", "Agentless"],
  ["res_7", "Non_Disruptive"],
  ["res_8", "Agentless"],
])("%s, a volume or a group that is importable as %s, passes", async (sourceResourceId, type) => {
  const { preview } = await oneImport();
  const hosts = type === "Agentless" ? { hostIds: ["name:esx-01"] } : {};
  expect(await preview({ ...creating, sourceResourceId, type, ...hosts })).toMatchObject(passes);
});

test("a volume that is ready for an import without disruption may still take an agentless one", async () => {
  const { preview } = await oneImport();
  const { error, warnings } = await preview({ ...creating, type: "Agentless", hostIds: ["name:esx-01"] });
  expect(error).toBeUndefined();
  expect(warnings).toContain("source sv_42 may not be importable as Agentless: its importable_criteria is Ready");
});

test("a source that another session imports is refused, also where another session is replaced for it", async () => {
  const { array, preview, recall } = await oneImport();
  const theirs = array.operator.create({ ...body, name: "by-hand" });
  const { failures } = await preview(creating);
  expect(failures).toEqual([
    { property: "sourceResourceId", reason: expect.stringMatching(new RegExp(`${theirs}.*In_Progress`)) },
  ]);
  const own = array.operator.create({ ...ours, source_resource_id: "sv_43" });
  recall(recordOf(own, { ...creating, sourceResourceId: "sv_43" }));
  expect((await preview({ ...creating, description: "wave 3" })).failures).toEqual(failures);
});

test("a source that this resource's own session imports is no reason to refuse what replaces it", async () => {
  const { array, preview, recall } = await oneImport();
  const id = array.operator.create(ours);
  expect(await preview(creating)).toMatchObject({
    error: undefined,
    failures: [],
    warnings: expect.arrayContaining([
      expect.stringMatching(new RegExp(`source sv_42 is imported by session ${id} of this very resource`)),
    ]),
  });
  recall(recordOf(id, creating));
  expect(await preview({ ...creating, description: "wave 3" })).toMatchObject({
    did: "replace",
    error: undefined,
    failures: [],
    warnings: [expect.stringMatching(/^replaced because of description/)],
  });
});

test("a source that was imported when PowerStore last discovered it, and is not any more, is only warned of", async () => {
  const { array, preview } = await oneImport();
  const id = array.operator.create({ ...body, name: "by-hand" });
  array.setState(id, "Cancelled", { stays: true });
  const discovered = [{ id: "sv_42", importable_criteria: "In_Progress" }];
  array.faults.add({ when: { path: /import_unity_volume/ }, do: { kind: "status", status: 200, body: discovered } });
  expect(await preview(creating)).toMatchObject(
    passesWith(expect.stringContaining("its importable_criteria is In_Progress, though no session imports it")),
  );
});

test("a member of a wave whose source is imported, or was, may have been renamed", async () => {
  const member = { ...creating, wave: { part: "copy" } };
  const hint = "if this member of the wave was renamed";
  const { array, preview } = await oneImport();
  array.operator.create({ ...body, name: "erp-db" });
  expect((await preview(member)).failures).toMatchObject([{ reason: expect.stringContaining(hint) }]);
  expect((await preview(creating)).failures.map(({ reason }) => reason).join()).not.toContain(hint);

  const later = await oneImport();
  const id = later.array.operator.create({ ...body, name: "erp-db" });
  later.array.setState(id, "Import_Completed", { stays: true });
  expect(await later.preview(member)).toMatchObject(passesWith(expect.stringContaining(hint)));
});

test("what takes the place of a session is checked like a new one before that is cancelled", async () => {
  const { array, preview, recall } = await oneImport();
  array.operator.create({ ...body, name: "taken", source_resource_id: "sv_43" });
  const id = array.operator.create(ours);
  recall(recordOf(id, creating));
  const refused = async (changes: object) =>
    (await preview({ ...creating, ...changes })).failures.map(({ property }) => property);
  expect(await refused({ sourceResourceId: "sv_45" })).toEqual(["sourceResourceId"]);
  expect(await refused({ remoteSystemId: "name:nowhere" })).toEqual(["remoteSystemId"]);
  expect(await refused({ sessionName: "taken" })).toEqual(["sessionName"]);
});

test("nothing is imported from another PowerStore", async () => {
  const { preview } = await oneImport();
  expect((await preview({ ...creating, remoteSystemId: "name:other-powerstore" })).failures).toEqual([
    { property: "remoteSystemId", reason: "other-powerstore is a PowerStore, and nothing can be imported from one" },
  ]);
});

test("a remote system that is cut off is a warning", async () => {
  const { preview } = await oneImport({
    remoteSystems: defaultInventory.remoteSystems.map((system) => ({
      ...system,
      state: "Management_Connection_Lost" as const,
      dataConnectionState: "Complete_Data_Connection_Loss" as const,
    })),
  });
  expect(await preview(creating)).toMatchObject(
    passesWith(
      "remote system old-unity: state is Management_Connection_Lost",
      "remote system old-unity: data_connection_state is Complete_Data_Connection_Loss",
    ),
  );
});

test("an array whose lists of sources cannot be read is no reason to refuse", async () => {
  const { array, preview } = await oneImport();
  array.faults.add({ when: { path: /import_unity/ }, times: 1, do: { kind: "status", status: 404 } });
  expect(await preview(creating)).toMatchObject(
    passesWith(expect.stringMatching(/^could not be checked before the run: .*could not find source sv_42/)),
  );
});

test("a session that leads nowhere is not adopted, one that is being cancelled is a warning", async () => {
  const { array, preview } = await oneImport();
  const id = array.operator.create({ ...body, name: "by-hand" });
  array.setState(id, "Cancel_Required", { stays: true });
  expect((await preview({ sessionId: id })).failures).toEqual([
    { property: "sessionId", reason: expect.stringMatching(/^the session is Cancel_Required\. /) },
  ]);
  array.setState(id, "Cancel_In_Progress", { stays: true });
  expect(await preview({ sessionId: id })).toMatchObject({
    ...passesWith(expect.stringMatching(/^would fail: the session is Cancelled\./)),
    rows: [
      expect.stringMatching(
        new RegExp(`^adopt session ${id} \\(Cancel_In_Progress\\); wait: being cancelled; then would fail`),
      ),
    ],
  });
});

test("what is adopted shows from where it continues", async () => {
  const { array, clock, preview } = await oneImport();
  const id = array.operator.create({ ...body, name: "by-hand" });
  array.setState(id, "Ready_For_Cutover", { stays: true });
  const cutover = "cut over (irreversible): source sv_42 will no longer be kept in sync";
  expect(await preview({ sessionId: id })).toMatchObject({
    rows: [`adopt session ${id} (Ready_For_Cutover): nothing to send`],
    warnings: [],
  });
  expect(await preview({ sessionId: id, targetState: "Import_Completed" })).toMatchObject({
    rows: [`adopt session ${id} (Ready_For_Cutover); ${cutover}`],
    warnings: [cutover],
  });
  const held = `held until approved: set cutoverApproval to "${id}"`;
  expect(await preview({ sessionId: id, targetState: "Import_Completed", cutoverApproval: "" })).toMatchObject({
    rows: [expect.stringContaining(`adopt session ${id} (Ready_For_Cutover); ${held}`)],
    warnings: [expect.stringContaining(held)],
  });
  array.setState(id, "Paused", { stays: true });
  await clock.advance(60_000);
  expect(await preview({ sessionId: id, paused: false })).toMatchObject({
    rows: [`adopt session ${id} (Paused); resume the copy; then rest at Ready_For_Cutover`],
  });
});

test("many new sessions are checked with a handful of requests", async () => {
  const volumes = Array.from({ length: 50 }, (_, number) => ({
    id: `sv_${number}`,
    name: `volume-${number}`,
    remoteSystemId: defaultInventory.remoteSystems[0]?.id ?? "",
    wwn: `naa.60060160${`${number}`.padStart(24, "0")}`,
    sizeBytes: 1024 ** 3,
  }));
  const { array, check, warnings } = await manyImports({ sources: { volumes } });
  for (const { id } of volumes) expect((await check(id, { ...creating, sourceResourceId: id })).failures).toEqual([]);
  expect(warnings()).toEqual([]);
  const reads = ["import_session", "remote_system", "import_unity_volume"].map((name) => `GET /api/rest/${name}`);
  // The first asks for what it needs, and for the user's roles; with the second everything is read.
  expect(array.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /api/rest/login_session",
    ...reads,
    "GET /api/rest/login_session",
    "GET /api/rest/role",
    ...reads,
  ]);
  await check("sv_50", { ...creating, sourceResourceId: "sv_50" });
  expect(warnings()).toEqual([expect.stringContaining("sv_50 is not among what PowerStore has discovered")]);
});

test.each([
  [["Operator"], "the role Operator"],
  [["Operator", "VM Administrator"], "the roles Operator, VM Administrator"],
] as const)("a user with %s is warned of, once, before its first action is refused", async (roles, named) => {
  const { check, warnings } = await manyImports({ roles });
  await check("one", creating);
  await check("two", { ...creating, sourceResourceId: "sv_43" });
  expect(warnings()).toEqual([
    expect.stringMatching(new RegExp(`^user admin has ${named}, which .*Administrator and Storage Administrator`)),
  ]);
});

test.each([[["Operator", "Storage Administrator"]], [[]]] as const)(
  "a user with %j is not warned of",
  async (roles) => {
    const { preview } = await oneImport({ roles });
    expect(await preview(creating)).toMatchObject(passes);
  },
);

test.each([
  ["does not tell the roles of a user", /login_session\?select=role_ids/, { kind: "status", status: 400 }],
  ["refuses to list the roles", /\/role\?/, { kind: "status", status: 403 }],
  ["has no list of roles", /\/role\?/, { kind: "status", status: 404 }],
  ["has roles that this release does not know", /\/role\?/, { kind: "status", status: 200, body: [{ id: "7" }] }],
] as const)("an array that %s is no reason for a warning", async (_what, path, answer) => {
  const { array, preview } = await oneImport({ roles: ["Operator"] });
  const refused = array.faults.add({ when: { path }, times: 2, do: answer });
  expect(await preview(creating)).toMatchObject(passes);
  expect(refused.struck).toBeGreaterThan(0);
});

test("a session that exists is not held to the rules for a new one", async () => {
  const { array, preview, recall } = await oneImport();
  const id = array.operator.create({ ...ours, name: "taken" });
  array.setState(id, "Ready_For_Cutover", { stays: true });
  const inputs = { ...creating, sessionName: "taken", remoteSystemId: "name:nowhere" };
  recall(recordOf(id, inputs));
  expect(await preview({ ...inputs, forceCancelAfter: "1h" })).toMatchObject({
    did: "update",
    error: undefined,
    failures: [],
  });
  expect(array.requests.filter(({ path }) => /remote_system|import_unity|role/.test(path))).toEqual([]);
});
