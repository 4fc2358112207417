import { describe, expect, test } from "vitest";
import { actsOf } from "../../../provider/core/journal/acts.ts";
import { oneImport } from "../one-import.ts";
import { sampleUrn, simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const renamedUrn = sampleUrn.replace(/orders$/, "invoices");

describe("the journal of an import", () => {
  test("has every act before it leaves, and its outcome when it is answered", async () => {
    const { array, up, destroy, journal } = await oneImport();
    const known: unknown[] = [];
    array.faults.add({
      when: { method: "POST", path: "/api/rest/import_session" },
      do: {
        kind: "custom",
        play({ handle, send }) {
          known.push(...journal().map(({ kind }) => kind));
          send(handle());
        },
      },
    });
    await up(volume);
    expect(known).toEqual(["sending"]);
    await destroy();
    const session = `session ${actsOf(journal())[1]?.object.slice("session ".length)}`;
    expect(actsOf(journal())).toMatchObject([
      {
        urn: sampleUrn,
        array: array.endpoint,
        act: "create",
        object: "source sv_42",
        outcome: "taken",
        who: "tester@here",
      },
      { act: "cancel", object: session, reason: "Ready_For_Cutover, wanted no session", outcome: "taken" },
      { act: "remove", object: session, outcome: "taken" },
    ]);
  });

  test("tells what was rejected, what was lost, and nothing of what was not sent", async () => {
    const { array, up, journal } = await oneImport();
    array.faults.add({ when: { method: "POST", path: /cutover/ }, do: { kind: "lose-answer" } });
    await up(toCompletion);
    const cutovers = actsOf(journal()).filter(({ act }) => act === "cutover");
    expect(cutovers).toMatchObject([{ outcome: "lost", from: "Ready_For_Cutover" }]);
  });

  test("gives back what a killed run did: the next run records its cutover, and does not send it again", async () => {
    const { array, up, loseMachineAfter, sent, state, clock } = await oneImport();
    await up(volume);
    array.faults.add({ when: { method: "POST", path: /cutover/ }, do: { kind: "lose-answer" } });
    loseMachineAfter(5_000);
    await up(toCompletion);
    expect(state()?.actions.map(({ act }) => act)).toEqual(["create"]);
    await clock.advance(1_000);
    expect(await up(toCompletion)).toMatchObject({ error: undefined, state: { state: "Import_Completed" } });
    expect(state()?.actions).toMatchObject([
      { act: "create" },
      { act: "cutover", outcome: "lost", from: "Ready_For_Cutover" },
    ]);
    expect(sent()).toEqual(["create", "cutover"]);
  });
});

test("a refresh forgets nothing of an import that a killed run has cut over, also when its session is cleared away", async () => {
  const { array, up, refresh, preview, loseMachineAfter, sent, state, clock } = await oneImport();
  await up(volume);
  array.faults.add({ when: { method: "POST", path: /cutover/ }, do: { kind: "lose-answer" } });
  loseMachineAfter(5_000);
  await up(toCompletion);
  await clock.advance(600_000);
  const [session] = array.sessions();
  array.operator.remove(session?.id ?? "");
  expect((await preview(toCompletion)).did).not.toBe("replace");
  await refresh();
  expect(state()?.actions.map(({ act }) => act)).toEqual(["create", "cutover"]);
  expect(await up(toCompletion)).toMatchObject({ error: undefined });
  expect(sent()).toEqual(["create", "cutover"]);
});

test("what was done before a destroy is not recorded of what is created after it", async () => {
  const { up, destroy, state, loseMachineAfter } = await oneImport();
  await up(volume);
  await destroy();
  loseMachineAfter(2_000);
  await up(volume);
  await up(volume);
  expect(state()?.actions.map(({ act }) => act)).toEqual(["found", "create"]);
});

describe("a takeover that an earlier run wrote down", () => {
  /** An import that another resource of the stack has taken over, and its own record, which was not deleted yet. */
  async function takenOver() {
    const orders = await oneImport();
    await orders.up(volume);
    const invoices = orders.another({ urn: renamedUrn });
    expect(await invoices.up(volume)).toMatchObject({ error: undefined, did: "create" });
    return { orders, invoices };
  }

  test("leaves the session alone when the old record is deleted first, in a run of its own", async () => {
    const { orders, invoices } = await takenOver();
    expect(await orders.destroy()).toMatchObject({
      error: undefined,
      did: "delete",
      warnings: [expect.stringMatching(/left to "invoices" .*nothing is sent: import session/)],
    });
    expect(orders.sent()).toEqual(["create"]);
    expect(await invoices.destroy()).toMatchObject({ error: undefined, state: undefined });
    expect(orders.sent()).toEqual(["create", "cancel", "remove"]);
  });

  test("ends well too when the new record is deleted first", async () => {
    const { orders, invoices } = await takenOver();
    expect(await invoices.destroy()).toMatchObject({ error: undefined });
    expect(await orders.destroy()).toMatchObject({ error: undefined, state: undefined });
    expect(orders.sent()).toEqual(["create", "cancel", "remove"]);
  });

  test("is written back by the resource that keeps the session: its destroy cancels, though another one had taken it", async () => {
    const { orders } = await takenOver();
    // The other record was removed with `pulumi state delete`.
    expect(await orders.preview(volume)).toMatchObject({ did: "update" });
    expect(await orders.up(volume)).toMatchObject({ did: "update", error: undefined });
    expect(await orders.preview(volume)).toMatchObject({ did: "nothing" });
    await orders.destroy();
    expect(orders.sent()).toEqual(["create", "cancel", "remove"]);
  });

  test("names the resource that drove the session before", async () => {
    const { invoices } = await takenOver();
    const back = invoices.another({ urn: sampleUrn });
    await back.up(volume);
    const takeovers = back.journal().filter(({ kind }) => kind === "takeover");
    expect(takeovers).toMatchObject([{ urn: renamedUrn }, { urn: sampleUrn, previous: renamedUrn }]);
  });
});

test("a session of another stack's resource is told on every look, and nothing is sent to it (S14)", async () => {
  const { up, recorded, another, sent } = await oneImport();
  await up(volume);
  const copy = another({ urn: sampleUrn.replace("pulumi:prod", "pulumi:rehearsal") });
  const { id = "", inputs = {}, outputs = {} } = recorded() ?? {};
  copy.recall({ id, inputs, outputs: { ...outputs, resourceUrn: sampleUrn } });
  const mark = expect.stringMatching(/carries the mark of another Pulumi resource/);
  expect((await copy.preview(volume)).warnings).toContainEqual(mark);
  expect((await copy.refresh()).warnings).toContainEqual(mark);
  expect(await copy.up(toCompletion)).toMatchObject({
    error: expect.stringMatching(/carries the mark .* of another stack/),
  });
  expect(await copy.destroy()).toMatchObject({ error: expect.stringMatching(/carries the mark .* of another stack/) });
  expect(sent()).toEqual(["create"]);

  const accepting = { sessionId: id, targetState: "Ready_For_Cutover" } as const;
  expect(await copy.up(accepting)).toMatchObject({ error: undefined });
  expect((await copy.preview(accepting)).warnings).toEqual([]);
  expect((await copy.refresh()).warnings).toEqual([]);
});
