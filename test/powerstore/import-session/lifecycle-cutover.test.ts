import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const cutover = { method: "POST", path: /\/cutover$/ };
const count = (sent: readonly string[]) => sent.filter((act) => act === "cutover").length;

describe("the cutover", () => {
  test("is sent exactly once although the array takes a long time to show it", async () => {
    const { create, sent } = await migration({ timings: { actionLagMs: 600_000, cutoverMs: 600_000 } });
    expect(await create(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(count(sent())).toBe(1);
  });

  test("is sent exactly once when its answer is lost", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: cutover, do: { kind: "lose-answer" } });
    const state = await create(toCompletion);
    expect(count(sent())).toBe(1);
    expect(state.actions.map(({ act }) => act)).toEqual(["create", "cutover (answer lost)"]);
  });

  test.each([
    ["500", { kind: "status", status: 500, handled: true }],
    ["504", { kind: "status", status: 504, handled: true }],
    ["an answer that breaks off", { kind: "truncate", cut: true }],
  ] as const)("is sent exactly once when it works although the answer is %s", async (_, fault) => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: cutover, do: fault });
    expect(await create(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(count(sent())).toBe(1);
  });

  test("works exactly once when it did not reach the array the first time", async () => {
    const { create, array, sent, clock } = await migration();
    array.faults.add({ when: cutover, do: { kind: "reset" } });
    expect(await create(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(count(sent())).toBe(2);
    expect(array.acts().filter(({ path, handled }) => path.endsWith("/cutover") && handled)).toHaveLength(1);
    expect(clock.nowMs()).toBeGreaterThan(0);
  });

  test("goes out after the pause a busy array asks for", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({ when: cutover, do: { kind: "status", status: 503, headers: { "retry-after": "120" } } });
    await create(toCompletion);
    const [first, second] = array.acts().filter(({ path }) => path.endsWith("/cutover"));
    expect(count(sent())).toBe(2);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(120_000);
  });

  test("that is refused ends the run in the array's words, with the session recorded as it is", async () => {
    const { create, array, sent, records } = await migration();
    const body = { messages: [{ code: "0xE1", severity: "Error", message_l10n: "The hosts have no path." }] };
    array.faults.add({ when: cutover, times: 5, do: { kind: "status", status: 422, body } });
    await expect(create(toCompletion)).rejects.toMatchObject({
      kind: "refused",
      code: "0xE1",
      message: expect.stringMatching(/Could not cut over import session .* 422 0xE1: The hosts have no path\./),
    });
    expect(count(sent())).toBe(1);
    expect(records.at(-1)?.state).toMatchObject({ state: "Ready_For_Cutover" });
  });

  test("that somebody at the console was faster with is a success", async () => {
    const { create, array, sent } = await migration();
    array.faults.add({
      when: cutover,
      do: {
        kind: "custom",
        play({ request, handle, send }) {
          array.operator.cutover(request.path.split("/")[4] ?? "");
          send(handle());
        },
      },
    });
    expect(await create(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(count(sent())).toBe(1);
  });

  test("that fails on the array is not sent again: the session says what happened", async () => {
    const { create, update, array, sent, records } = await migration();
    const { sessionId } = await create(volume);
    array.setConditions(sessionId, { cutover: "incomplete" });
    await expect(update(toCompletion)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining("could not be carried out"),
    });
    expect(count(sent())).toBe(1);
    expect(records.at(-1)?.state).toMatchObject({ state: "Failed" });
  });

  test("after which the session is back where it was is not sent again in the same run, but in the next", async () => {
    const { create, update, array, sent, after } = await migration({ timings: { cutoverMs: 120_000 } });
    const { sessionId } = await create(volume);
    const back = () => after(30_000, () => array.setState(sessionId, "Ready_For_Cutover"));
    array.faults.add({
      when: cutover,
      do: {
        kind: "custom",
        play({ handle, send }) {
          send(handle());
          back();
        },
      },
    });
    await expect(update(toCompletion)).rejects.toMatchObject({
      kind: "stuck",
      message: expect.stringContaining("after the cutover the session is Ready_For_Cutover"),
    });
    expect(count(sent())).toBe(1);
    await update(toCompletion);
    expect(count(sent())).toBe(2);
  });

  test("is not sent to a session that is complete", async () => {
    const { create, update, sent } = await migration();
    await create(toCompletion);
    await update(toCompletion);
    expect(count(sent())).toBe(1);
  });
});

describe("a gate before the cutover", () => {
  test("holds, which is a success that says why, and lets pass once it is open", async () => {
    const it = await migration();
    const state = await it.create({ ...toCompletion, cutoverApproval: "" });
    expect(state).toMatchObject({
      state: "Ready_For_Cutover",
      held: `held until approved: set cutoverApproval to "${state.sessionId}"`,
    });
    expect(it.said.at(-1)).toBe(`warning: ${state.held}`);
    expect(it.sent()).toEqual(["create"]);
    const done = await it.update({ ...toCompletion, cutoverApproval: state.sessionId });
    expect(done).toMatchObject({ state: "Import_Completed" });
    expect(done.held).toBeUndefined();
  });

  test("holds until the window opens", async () => {
    const it = await migration();
    const notBefore = it.clock.nowMs() + 24 * 3_600_000;
    const gated = { ...toCompletion, cutoverWindow: { notBefore } };
    expect(await it.create(gated)).toMatchObject({ held: expect.stringContaining("2030-01-02T00:00:00Z") });
    await it.clock.advance(24 * 3_600_000);
    expect(await it.update(gated)).toMatchObject({ state: "Import_Completed" });
  });

  test("that shuts while the copy runs holds", async () => {
    const it = await migration();
    const gated = { ...toCompletion, cutoverWindow: { notAfter: it.clock.nowMs() + 60_000 } };
    expect(await it.create(gated)).toMatchObject({
      state: "Ready_For_Cutover",
      held: expect.stringContaining("closed at"),
    });
    expect(it.sent()).toEqual(["create"]);
  });

  test("is looked at again when a busy array had the cutover wait", async () => {
    const it = await migration();
    await it.create(volume);
    const gated = { ...toCompletion, cutoverWindow: { notAfter: it.clock.nowMs() + 60_000 } };
    it.array.faults.add({ when: cutover, do: { kind: "status", status: 503, headers: { "retry-after": "61" } } });
    expect(await it.update(gated)).toMatchObject({
      state: "Ready_For_Cutover",
      held: expect.stringContaining("closed at"),
    });
    expect(count(it.sent())).toBe(1);
    expect(it.array.session(it.recorded?.id ?? "").state).toBe("Ready_For_Cutover");
  });

  test("that shuts while the login before the cutover is renewed holds it back", async () => {
    const it = await migration();
    await it.create(volume);
    const gated = { ...toCompletion, cutoverWindow: { notAfter: it.clock.nowMs() + 60_000 } };
    // The login ends after the look, and getting another takes longer than the window is open.
    it.array.faults.add({
      when: cutover,
      do: {
        kind: "custom",
        async play({ send, handle }) {
          it.array.endLogins();
          send(handle());
        },
      },
    });
    it.array.faults.add({
      when: { path: /login_session$/ },
      do: {
        kind: "custom",
        async play({ send, handle }) {
          await it.clock.advance(61_000);
          send(handle());
        },
      },
    });
    expect(await it.update(gated)).toMatchObject({
      state: "Ready_For_Cutover",
      held: expect.stringContaining("closed at"),
    });
    expect(it.array.session(it.recorded?.id ?? "").state).toBe("Ready_For_Cutover");
  });

  test("is seen by a refresh as well", async () => {
    const it = await migration();
    await it.create({ ...toCompletion, cutoverApproval: "" });
    expect(await it.read({ ...toCompletion, cutoverApproval: "" })).toMatchObject({
      held: expect.stringContaining("approved"),
    });
    expect((await it.read(volume))?.held).toBeUndefined();
  });
});
