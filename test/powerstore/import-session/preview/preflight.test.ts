import { expect, onTestFinished, test } from "vitest";
import { previewCheck } from "../../../../provider/core/preview/preview.ts";
import type { Operation } from "../../../../provider/core/resource.ts";
import { connectPowerStore } from "../../../../provider/powerstore/connect.ts";
import { importSessionInputs } from "../../../../provider/powerstore/import-session/input-rules.ts";
import type { ImportSessionInputs } from "../../../../provider/powerstore/import-session/inputs.ts";
import { ownershipMark } from "../../../../provider/powerstore/import-session/naming.ts";
import { importSessionResource } from "../../../../provider/powerstore/import-session/resource.ts";
import { defaultInventory, type PowerStoreOptions, startPowerStore, steppedClock } from "../../../arrays/index.ts";
import { settingsFor } from "../../../core/settings-for.ts";
import { virtualClock } from "../../../core/virtual-clock.ts";

const urn = "urn:pulumi:dev::migration::pulumi-nodejs:dynamic/powerstore:ImportSession::erp";
const creating = { remoteSystemId: "name:old-unity", sourceResourceId: "sv_42", type: "Non_Disruptive" };
const signal = new AbortController().signal;

test("a new session that nothing stands against passes", async () => {
  const { check, array } = await open();
  expect(await check(creating)).toEqual(passes);
  expect(array.acts()).toEqual([]);
});

test("a remote system that is not there is named", async () => {
  const { check } = await open();
  const { refusals } = await check({ ...creating, remoteSystemId: "name:nowhere" });
  expect(refusals).toEqual([
    { property: "remoteSystemId", reason: expect.stringContaining("no remote system name:nowhere") },
  ]);
});

test("a start in the past is refused, unless a run that was killed has made the session already", async () => {
  const { announced, check, array } = await open();
  const late = { ...creating, sessionName: "ours", scheduledTimestamp: "2029-12-31T23:59:59Z" };
  expect((await check(late)).refusals).toEqual([
    { property: "scheduledTimestamp", reason: "lies in the past; leave it out to start at once" },
  ]);
  const id = array.operator.create({ ...body, name: "ours", description: ownershipMark(urn) });
  expect(await check(late)).toEqual(passes);
  expect((await announced(late)).row).toBe(
    `continue with session ${id} (Queued), which only copyAgain: "${id}" replaces; wait: queued: the array runs as many imports as it can; then rest at Ready_For_Cutover`,
  );
});

test("a name that somebody else's session has is refused", async () => {
  const { check, array } = await open();
  array.operator.create({ ...body, name: "taken" });
  const { refusals } = await check({ ...creating, sessionName: "taken" });
  expect(refusals).toEqual([{ property: "sessionName", reason: expect.stringContaining("has this name already") }]);
});

test("a session that cannot be adopted is refused, one that can passes", async () => {
  const { check, array } = await open();
  const id = array.operator.create({ ...body, name: "by-hand" });
  expect(await check({ sessionId: id })).toMatchObject(passes);
  expect((await check({ sessionId: "none" })).refusals).toEqual([
    { property: "sessionId", reason: expect.stringContaining("there is no such session") },
  ]);
});

test("a name that this resource's own session has passes, whatever became of it: the run decides", async () => {
  const { announced, check, array, clock } = await open();
  const id = array.operator.create({ ...body, name: "ours", description: ownershipMark(urn) });
  const ours = { ...creating, sessionName: "ours" };
  const cutover = "cut over (irreversible): source sv_42 will no longer be kept in sync";
  const become = async (state: "Failed" | "Import_Completed") => {
    array.setState(id, state, { stays: true });
    await clock.advance(60_000);
  };
  const again = { ...ours, copyAgain: id };
  await become("Failed");
  expect((await check(ours)).refusals).toMatchObject([
    { property: "copyAgain", reason: expect.stringContaining("the session is Failed") },
  ]);
  expect(await check(again)).toEqual(passes);
  expect((await announced(again)).row).toBe(
    `remove the record of session ${id}; then create session ours; then rest at Ready_For_Cutover`,
  );
  await become("Import_Completed");
  expect(await announced({ ...ours, targetState: "Import_Completed" })).toEqual({
    row: `continue with session ${id} (Import_Completed), which only copyAgain: "${id}" replaces: nothing to send`,
    warnings: [expect.stringMatching(/^continues with import session .*, Import_Completed, last change /)],
  });
  expect(await announced({ ...again, targetState: "Import_Completed" })).toEqual({
    row: `continue with session ${id} (Import_Completed), unless it is replaced: nothing to send`,
    warnings: [
      expect.stringMatching(/^continues with import session .*, Import_Completed, last change /),
      `if it is replaced: ${cutover}`,
    ],
  });
  const fails = expect.stringMatching(
    /^would fail, unless session \S+ is replaced: .* this name already, but imports sv_42/,
  );
  const another = { ...ours, sourceResourceId: "sv_43" };
  expect((await check(another)).refusals).toMatchObject([{ property: "sessionName" }]);
  const other = { ...again, sourceResourceId: "sv_43" };
  expect(await check(other)).toEqual({ refusals: [], warnings: [fails] });
  expect((await announced(other)).row).toBe("create session ours; then rest at Ready_For_Cutover");
});

test("adopting a session with the mark of another resource passes with a warning, one with its own without", async () => {
  const { announced, array } = await open();
  const anothers = ownershipMark(urn.replace("dev", "prod"));
  const id = array.operator.create({ ...body, name: "anothers", description: `wave 3 ${anothers}` });
  const own = { ...body, name: "own", source_resource_id: "sv_43", description: ownershipMark(urn) };
  const ownId = array.operator.create(own);
  expect((await announced({ sessionId: id })).warnings).toEqual([
    `session ${id} carries the mark of another Pulumi resource: destroying either of the two cancels it`,
  ]);
  expect((await announced({ sessionId: ownId })).warnings).toEqual([]);
});

test("a source that PowerStore has not discovered is a warning: it may be by the time of the run", async () => {
  const { check } = await open();
  expect(await check({ ...creating, sourceResourceId: "sv_99" })).toEqual({
    refusals: [],
    warnings: [
      "source sv_99 is not among what PowerStore has discovered on old-unity: check the id, or have PowerStore discover old-unity again",
    ],
  });
});

test.each([
  ["sv_45", "Non_Disruptive", "sourceResourceId", /sv_45 cannot be imported \(importable_criteria Used_By_NAS\); fix/],
  ["sv_44", "Non_Disruptive", "type", /sv_44 can be imported Agentless only/],
  ["res_8", "Non_Disruptive", "type", /res_8 can be imported Agentless only/],
] as const)(
  "%s, which is not importable as %s, is refused with its criterion",
  async (source, type, property, reason) => {
    const { check } = await open();
    const { refusals } = await check({ ...creating, sourceResourceId: source, type });
    expect(refusals).toEqual([{ property, reason: expect.stringMatching(reason) }]);
  },
);

test.each([
  ["sv_44", "Agentless"],
  ["res_7", "Non_Disruptive"],
  ["res_8", "Agentless"],
] as const)("%s, a volume or a group that is importable as %s, passes", async (sourceResourceId, type) => {
  const { check } = await open();
  expect(await check({ ...creating, sourceResourceId, type })).toEqual(passes);
});

test("a volume that is ready for an import without disruption may still take an agentless one", async () => {
  const { check } = await open();
  expect(await check({ ...creating, type: "Agentless" })).toEqual({
    refusals: [],
    warnings: ["source sv_42 may not be importable as Agentless: its importable_criteria is Ready"],
  });
});

test("a source that another session imports is refused, and not where that session is replaced", async () => {
  const { check, checkInPlace, array } = await open();
  array.operator.create({ ...body, name: "by-hand" });
  const { refusals } = await check(creating);
  expect(refusals).toEqual([{ property: "sourceResourceId", reason: expect.stringContaining("In_Progress") }]);
  expect((await checkInPlace({ ...creating, description: "wave 3" }, creating)).refusals).toEqual(refusals);
  const own = await open();
  const id = own.array.operator.create({ ...body, name: "ours", description: ownershipMark(urn) });
  expect(await own.checkInPlace({ ...creating, description: "wave 3" }, creating)).toEqual(passes);
  expect(await own.check(creating)).toEqual({
    refusals: [],
    warnings: [`source sv_42 is imported by session ${id} of this very resource: would fail, unless that is replaced`],
  });
});

test("a source that was imported when PowerStore last looked, and is not any more, is only warned of", async () => {
  const { check, array } = await open();
  const id = array.operator.create({ ...body, name: "by-hand" });
  array.setState(id, "Cancelled", { stays: true });
  const discovered = [{ id: "sv_42", importable_criteria: "In_Progress" }];
  array.faults.add({ when: { path: /import_unity_volume/ }, do: { kind: "status", status: 200, body: discovered } });
  expect(await check(creating)).toEqual({
    refusals: [],
    warnings: [expect.stringContaining("its importable_criteria is In_Progress, though no session imports it")],
  });
});

test("a member of a wave whose source is imported, or was, may have been renamed", async () => {
  const { check, array } = await open();
  const member = { ...creating, wave: { part: "copy" } };
  array.operator.create({ ...body, name: "erp-db" });
  const hint = "if this member of the wave was renamed, say so in the wave's formerNames";
  expect((await check(member)).refusals).toMatchObject([{ reason: expect.stringContaining(hint) }]);
  expect((await check(creating)).refusals.map(({ reason }) => reason).join()).not.toContain(hint);

  const later = await open();
  const id = later.array.operator.create({ ...body, name: "erp-db" });
  later.array.setState(id, "Import_Completed", { stays: true });
  expect((await later.check(member)).refusals).toMatchObject([{ reason: expect.stringContaining(hint) }]);
});

test("what takes the place of a session is checked like a new one before that is cancelled", async () => {
  const { checkInPlace, array } = await open();
  array.operator.create({ ...body, name: "taken" });
  const refused = async (changes: Inputs) =>
    (await checkInPlace({ ...creating, ...changes }, creating)).refusals.map(({ property }) => property);
  expect(await refused({ sourceResourceId: "sv_45" })).toEqual(["sourceResourceId"]);
  expect(await refused({ remoteSystemId: "name:nowhere" })).toEqual(["remoteSystemId"]);
  expect(await refused({ sourceResourceId: "sv_43", sessionName: "taken" })).toEqual(["sessionName"]);
});

test("what a check finds in the place of which something is to be created is kept without consent", async () => {
  const { checkInPlace, array, clock } = await open();
  const inputs = { ...creating, sessionName: "ours" };
  const id = array.operator.create({ ...body, name: "ours", description: ownershipMark(urn) });
  const refused = [
    {
      property: "copyAgain",
      reason: expect.stringMatching(`session ${id} of source sv_42 is .*set copyAgain: "${id}"`),
    },
  ];
  expect((await checkInPlace({ ...inputs, type: "Agentless" }, inputs)).refusals).toEqual(refused);
  expect((await checkInPlace({ ...inputs, copyAgain: id }, inputs)).refusals).toEqual([]);
  array.setState(id, "Import_Completed", { stays: true });
  await clock.advance(60_000);
  const adopted = { sessionId: id };
  for (const [after, before] of [
    [inputs, inputs],
    [{ ...creating, sourceResourceId: "sv_43" }, adopted],
  ] as const)
    expect((await checkInPlace(after, before)).refusals).toMatchObject([
      { property: "copyAgain", reason: expect.stringContaining("a cutover is for ever") },
    ]);
});

test("nothing is imported from another PowerStore", async () => {
  const { check } = await open();
  const { refusals } = await check({ ...creating, remoteSystemId: "name:other-powerstore" });
  expect(refusals).toEqual([
    {
      property: "remoteSystemId",
      reason: "other-powerstore is a PowerStore, and nothing can be imported from one",
    },
  ]);
});

test("a remote system that is cut off is a warning", async () => {
  const { check } = await open({
    remoteSystems: defaultInventory.remoteSystems.map((system) => ({
      ...system,
      state: "Management_Connection_Lost" as const,
      dataConnectionState: "Complete_Data_Connection_Loss" as const,
    })),
  });
  expect(await check(creating)).toEqual({
    refusals: [],
    warnings: [
      "remote system old-unity: state is Management_Connection_Lost",
      "remote system old-unity: data_connection_state is Complete_Data_Connection_Loss",
    ],
  });
});

test("an array whose lists of sources cannot be read is no reason to refuse", async () => {
  const { check, array } = await open();
  array.faults.add({ when: { path: /import_unity/ }, times: 1, do: { kind: "status", status: 404 } });
  expect(await check(creating)).toEqual({
    refusals: [],
    warnings: [expect.stringMatching(/^could not be checked before the run: .*: could not find source sv_42/)],
  });
});

test("a session that leads nowhere is not adopted, one that is being cancelled is a warning", async () => {
  const { announced, check, array } = await open();
  const id = array.operator.create({ ...body, name: "by-hand" });
  array.setState(id, "Cancel_Required", { stays: true });
  expect((await check({ sessionId: id })).refusals).toEqual([
    {
      property: "sessionId",
      reason: expect.stringMatching(/^the session is Cancel_Required\. Point the hosts back at the source/),
    },
  ]);
  array.setState(id, "Cancel_In_Progress", { stays: true });
  const fails = expect.stringMatching(/^would fail: the session is Cancelled\./);
  expect(await announced({ sessionId: id })).toEqual({
    row: expect.stringMatching(`^adopt session ${id} \\(Cancel_In_Progress\\); wait: being cancelled; then would fail`),
    warnings: [fails],
  });
});

test("a session that only an unknown input would leave stuck is adopted, and shown with both", async () => {
  const { announced, array } = await open();
  const id = array.operator.create({ ...body, type: "Agentless", name: "by-hand", source_resource_id: "res_8" });
  array.setState(id, "Import_Cutover_Incomplete", { stays: true });
  const { row } = await announced({ sessionId: id }, ["targetState"]);
  const adopt = `adopt session ${id} (Import_Cutover_Incomplete)`;
  const either = "if targetState asks for it: cut over the members that are left (irreversible): source res_8";
  expect(row).toContain(`${adopt}; ${either}`);
  expect(row).toContain("otherwise would fail: the session is Import_Cutover_Incomplete.");
});

test("what is adopted shows from where it continues", async () => {
  const { announced, array, clock } = await open();
  const id = array.operator.create({ ...body, name: "by-hand" });
  const shown = (inputs: Inputs) => announced({ sessionId: id, ...inputs });
  const adopt = `adopt session ${id} (Ready_For_Cutover)`;
  array.setState(id, "Ready_For_Cutover", { stays: true });
  // The array knows the source, though the program does not name it.
  const cutover = "cut over (irreversible): source sv_42 will no longer be kept in sync";
  expect(await shown({})).toEqual({ row: `${adopt}: nothing to send`, warnings: [] });
  expect(await shown({ targetState: "Import_Completed" })).toEqual({
    row: `${adopt}; ${cutover}`,
    warnings: [cutover],
  });
  const held = `held until approved: set cutoverApproval to { code: "${id}" }`;
  expect(await shown({ targetState: "Import_Completed", cutoverApproval: { code: "" } })).toEqual({
    row: `${adopt}; ${held}`,
    warnings: [held],
  });
  array.setState(id, "Paused", { stays: true });
  await clock.advance(60_000);
  expect((await shown({ paused: false })).row).toBe(
    `adopt session ${id} (Paused); resume the copy; then rest at Ready_For_Cutover`,
  );
});

test("many new sessions are checked with a handful of requests", async () => {
  const volumes = Array.from({ length: 50 }, (_, number) => ({
    id: `sv_${number}`,
    name: `volume-${number}`,
    remoteSystemId: defaultInventory.remoteSystems[0]?.id ?? "",
    wwn: `naa.60060160${`${number}`.padStart(24, "0")}`,
    sizeBytes: 1024 ** 3,
  }));
  const { check, array } = await open({ sources: { volumes } });
  for (const { id } of volumes) {
    expect(await check({ ...creating, sourceResourceId: id, sessionName: `import-${id}` })).toEqual(passes);
  }
  const looks = ["import_session", "remote_system", "import_unity_volume"].map((name) => `GET /api/rest/${name}`);
  // The first asks for what it needs, and for the user's roles; with the second everything is read.
  expect(array.requests.map(({ method, path }) => `${method} ${path}`)).toEqual([
    "GET /api/rest/login_session",
    "GET /api/rest/import_session",
    ...looks,
    "GET /api/rest/login_session",
    "GET /api/rest/role",
    ...looks,
  ]);
  expect((await check({ ...creating, sourceResourceId: "sv_50" })).warnings).toEqual([
    expect.stringContaining("sv_50 is not among what PowerStore has discovered"),
  ]);
});

test.each([
  [["Operator"], "the role Operator"],
  [["Operator", "VM Administrator"], "the roles Operator, VM Administrator"],
] as const)("a user with %s is warned of, once, before its first act is refused", async (roles, named) => {
  const { check, array } = await open({ roles });
  const id = array.operator.create({ ...body, name: "by-hand", source_resource_id: "sv_43" });
  const warning = `user admin has ${named}, which might lack permission to import; Administrator and Storage Administrator have it`;
  expect(await check(creating)).toEqual({ refusals: [], warnings: [warning] });
  expect((await check({ sessionId: id })).warnings).toEqual([]);
});

test.each([[["Operator", "Storage Administrator"]], [[]]] as const)(
  "a user with %j is not warned of",
  async (roles) => {
    const { check } = await open({ roles });
    expect(await check(creating)).toEqual(passes);
  },
);

test.each([
  ["does not tell the roles of a user", /login_session\?select=role_ids/, { kind: "status", status: 400 }],
  ["refuses to list the roles", /\/role\?/, { kind: "status", status: 403 }],
  ["has no list of roles", /\/role\?/, { kind: "status", status: 404 }],
  ["has roles that this release does not know", /\/role\?/, { kind: "status", status: 200, body: [{ id: "7" }] }],
] as const)("an array that %s is no reason for a word", async (_what, path, answer) => {
  const { check, array } = await open({ roles: ["Operator"] });
  array.faults.add({ when: { path }, times: 2, do: answer });
  expect(await check(creating)).toEqual(passes);
});

test("a resource that exists is not held against the rules for a new one", async () => {
  const { checkChange, array } = await open();
  array.operator.create({ ...body, name: "taken" });
  const taken = { ...creating, sessionName: "taken", remoteSystemId: "name:nowhere" };
  expect(await checkChange({ ...taken, forceCancel: true }, taken)).toEqual(passes);
  expect(array.requests).toEqual([]);
});

type Inputs = Readonly<Record<string, unknown>>;

const passes = { refusals: [], warnings: [] };
const body = {
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
  type: "Non_Disruptive" as const,
};

async function open(options: PowerStoreOptions = {}) {
  const arrayClock = steppedClock();
  const array = await startPowerStore({ clock: arrayClock, ...options });
  const clock = virtualClock({ along: [arrayClock] });
  const connection = connectPowerStore(settingsFor(array), { clock });
  onTestFinished(async () => {
    await connection.logout();
    await array.close();
  });
  const resource = importSessionResource(() => connection);
  const targetFor = (operation: Operation<ImportSessionInputs>, given: Inputs, unknown: readonly string[] = []) => {
    const inputs = importSessionInputs.parse(given);
    return { urn, operation, inputs, unknown, recorded: undefined, isPreview: true };
  };
  const checkFor = async (operation: Operation<ImportSessionInputs>, given: Inputs) => {
    const reading = { signal, nowMs: clock.nowMs() };
    const { refusals, warnings } = await resource.preview.preflight(targetFor(operation, given), reading);
    return { refusals, warnings };
  };
  const before = (given: Inputs) => importSessionInputs.parse(given);
  return {
    array,
    clock,
    check: (inputs: Inputs) => checkFor({ kind: "create" }, inputs),
    checkChange: (inputs: Inputs, old: Inputs) => checkFor({ kind: "update", before: before(old) }, inputs),
    checkInPlace: (inputs: Inputs, old: Inputs) => checkFor({ kind: "replace", before: before(old) }, inputs),
    /** What a preview shows of something new. */
    async announced(inputs: Inputs, unknown: readonly string[] = []) {
      const means = { clock, interruption: signal };
      const { failures, texts } = await previewCheck(resource, targetFor({ kind: "create" }, inputs, unknown), means);
      expect(failures).toEqual([]);
      return {
        row: texts.map(({ row }) => row).find((row) => row !== undefined),
        warnings: texts.flatMap(({ warnings }) => warnings),
      };
    },
  };
}
