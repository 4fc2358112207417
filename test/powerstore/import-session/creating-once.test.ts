import { describe, expect, test } from "vitest";
import { ownershipMark } from "../../../provider/powerstore/import-session/naming.ts";
import { oneImport } from "../one-import.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const creating = { method: "POST", path: "/api/rest/import_session" };
const ready = { did: "create", error: undefined, state: { state: "Ready_For_Cutover" } };

describe("a create whose answer is lost", () => {
  test("makes no second session: the run finds the first and continues with it", async () => {
    const { array, up, state, sent } = await oneImport();
    array.faults.add({ when: creating, do: { kind: "lose-answer" } });
    expect(await up(volume)).toMatchObject(ready);
    expect(sent()).toEqual(["create"]);
    expect(array.sessions()).toHaveLength(1);
    expect(state()).toMatchObject({
      sessionId: array.sessions()[0]?.id,
      adopted: false,
      actions: [{ act: "create", outcome: "lost" }],
    });
  });

  test("and that never reached the array is sent again", async () => {
    const { array, up, sent } = await oneImport();
    array.faults.add({ when: creating, do: { kind: "reset" } });
    expect(await up(volume)).toMatchObject(ready);
    expect(sent()).toEqual(["create", "create"]);
    expect(array.sessions()).toHaveLength(1);
  });

  test.each([
    ["a failure inside the array", { kind: "status", status: 500, handled: true }],
    ["an answer without an id", { kind: "status", status: 201, body: {}, handled: true }],
    ["an answer that breaks off", { kind: "truncate" }],
    ["an answer that breaks off with its connection", { kind: "truncate", cut: true }],
  ] as const)("in %s is no reason for a second session either", async (_, fault) => {
    const { array, up } = await oneImport();
    array.faults.add({ when: creating, do: fault });
    expect(await up(volume)).toMatchObject(ready);
    expect(array.sessions()).toHaveLength(1);
  });

  test("and which is repeated before it shows is refused for its name, and the run continues with the first", async () => {
    const { array, up, sent } = await oneImport();
    array.faults.add({ when: creating, do: { kind: "lose-answer" } });
    // The lists do not show it for as long as a lost answer is waited for.
    const hidden = array.faults.add({
      when: { method: "GET", path: /import_session\?.*(name|source_resource_id)=eq/ },
      times: Number.POSITIVE_INFINITY,
      do: { kind: "status", status: 200, body: [] },
    });
    array.faults.add({
      when: { ...creating, nth: 2 },
      do: {
        kind: "custom",
        play({ handle, send }) {
          hidden.remove();
          send(handle());
        },
      },
    });
    expect(await up(volume)).toMatchObject(ready);
    expect(sent()).toEqual(["create", "create"]);
    expect(array.sessions()).toHaveLength(1);
  });

  test("because the array is busy (503) is sent again when the array says so", async () => {
    const { array, up, sent } = await oneImport();
    array.faults.add({ when: creating, do: { kind: "status", status: 503, headers: { "retry-after": "90" } } });
    expect(await up(volume)).toMatchObject(ready);
    const [first, second] = array.acts();
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(90_000);
    expect(sent()).toEqual(["create", "create"]);
  });
});

// A session as this resource creates it, and what makes it another's.
const mine = {
  name: "erp-prod-orders",
  description: ownershipMark(sampleUrn),
  remote_system_id: "name:old-unity",
  source_resource_id: "sv_42",
} as const;

describe("a session of the same name and mark, left by an earlier run that was lost,", () => {
  test("is continued with", async () => {
    const { array, up, sent } = await oneImport();
    const sessionId = array.operator.create(mine);
    expect(await up(volume)).toMatchObject({ ...ready, state: { ...ready.state, sessionId, adopted: false } });
    expect(sent()).toEqual([]);
  });

  test("is held before the cutover although it was only just found: an approval names it", async () => {
    const { array, up, sent } = await oneImport();
    const id = array.operator.create(mine);
    array.setState(id, "Ready_For_Cutover");
    const held = await up({ ...toCompletion, cutoverApproval: "" });
    expect(held).toMatchObject({ error: undefined, state: { held: expect.stringContaining(id) } });
    expect(sent()).toEqual([]);
    await up({ ...toCompletion, cutoverApproval: id });
    expect(sent()).toEqual(["cutover"]);
  });

  test("is cut over at once when it is approved", async () => {
    const { array, up, sent } = await oneImport();
    const id = array.operator.create(mine);
    array.setState(id, "Ready_For_Cutover");
    await up({ ...toCompletion, cutoverApproval: id });
    expect(sent()).toEqual(["cutover"]);
  });

  test.each(["Failed", "Cancelled"] as const)(
    "is removed when it is %s only where copyAgain names it, and the import begins again",
    async (ended) => {
      const { array, preview, up, recorded, state, sent } = await oneImport();
      const id = array.operator.create(mine);
      array.setState(id, ended, { stays: true });
      const refused = { reason: expect.stringMatching(`the session is ${ended}.*set copyAgain: "${id}"`) };
      for (const run of [preview, up])
        expect((await run(volume)).failures).toMatchObject([{ property: "copyAgain", ...refused }]);
      expect([sent(), recorded()]).toEqual([[], undefined]);
      expect(await up({ ...volume, copyAgain: id })).toMatchObject(ready);
      expect(sent()).toEqual(["remove", "create"]);
      expect(array.sessions().map((session) => session.id)).toEqual([state()?.sessionId]);
      expect(state()?.sessionId).not.toBe(id);
      expect(state()?.actions.map(({ act }) => act)).toEqual(["remove", "create"]);
    },
  );

  test("is not removed in the run either, where nothing was checked before it", async () => {
    const { array, up, recorded, sent } = await oneImport({}, { preflight: "off" });
    array.setState(array.operator.create(mine), "Failed");
    expect((await up(volume)).error).toMatch(/has left session \S+: the session is Failed.*set copyAgain/);
    expect([sent(), recorded()]).toEqual([[], undefined]);
  });

  test("is never recorded once it is only removed: a failure after that leaves nothing", async () => {
    const { array, up, recorded, sent } = await oneImport();
    const copyAgain = array.operator.create(mine);
    array.setState(copyAgain, "Cancelled");
    array.faults.add({ when: creating, times: 9, do: { kind: "status", status: 422 } });
    expect((await up({ ...volume, copyAgain })).error).toContain("422");
    expect([recorded(), sent()]).toEqual([undefined, ["remove", "create"]]);
  });

  test("is continued with when it cuts over automatically as declared", async () => {
    const { array, up, sent } = await oneImport();
    array.operator.create({ ...mine, automatic_cutover: true });
    expect(await up({ ...toCompletion, automaticCutover: true })).toMatchObject({
      error: undefined,
      state: { state: "Import_Completed" },
    });
    expect(sent()).toEqual([]);
  });
});

describe("a session of the same name that is not the one declared is refused:", () => {
  // So that it is the run that finds out, and not the check before it.
  const open = () => oneImport({}, { preflight: "off" });

  test("somebody else's, and its id is named for adoption", async () => {
    const { array, up, recorded, sent } = await open();
    const id = array.operator.create({ ...mine, description: "not marked" });
    expect((await up(volume)).error).toMatch(
      new RegExp(`does not carry the mark of this stack and resource.*sessionId: "${id}"`),
    );
    expect([sent(), recorded()]).toEqual([[], undefined]);
    expect(array.sessions()).toHaveLength(1);
  });

  test("another stack's", async () => {
    const { array, up, sent } = await open();
    array.operator.create({ ...mine, description: ownershipMark(sampleUrn.replace("prod", "dev")) });
    expect((await up(volume)).error).toContain("does not carry the mark of this stack and resource");
    expect(sent()).toEqual([]);
  });

  test("one of another source", async () => {
    const { array, up, sent } = await open();
    array.operator.create({ ...mine, source_resource_id: "sv_43" });
    expect((await up(volume)).error).toContain("imports sv_43");
    expect(sent()).toEqual([]);
  });

  test("one from another remote system", async () => {
    const { array, up, sent } = await open();
    array.operator.create(mine);
    expect((await up({ ...volume, remoteSystemId: "name:old-netapp" })).error).toContain("from remote system");
    expect(sent()).toEqual([]);
  });

  test("one of another type, which would pass the gates without asking, or wait at them for ever", async () => {
    const { array, up, sent } = await open();
    array.operator.create(mine);
    const agentless = { ...volume, type: "Agentless", hostIds: ["name:esx-01"] };
    expect((await up(agentless)).error).toContain("is Non_Disruptive");
    expect(sent()).toEqual([]);
  });

  test.each([true, false])("one created with automaticCutover otherwise than declared: %s", async (does) => {
    const { array, up, sent } = await open();
    array.operator.create({ ...mine, automatic_cutover: does });
    const { error } = await up({ ...toCompletion, automaticCutover: !does });
    expect(error).toContain(`was created with automaticCutover: ${does}`);
    expect(sent()).toEqual([]);
  });

  test("one in other letters is left alone, and the array's own refusal is passed on", async () => {
    const { array, up } = await open();
    array.operator.create({ ...mine, name: "ERP-prod-orders", source_resource_id: "sv_43" });
    expect((await up(volume)).error).toContain("exists already");
    expect(array.sessions()).toHaveLength(1);
  });
});
