import { describe, expect, test } from "vitest";
import { type OneImport, oneImport } from "../one-import.ts";
import { simulatedSources } from "./samples.ts";

const { volume, group } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const complete = { error: undefined, state: { state: "Import_Completed" } };
const cutover = { method: "POST", path: /\/cutover$/ };
const soon = (update: string) => ({ timeouts: { update } });
const cutovers = ({ sent }: Pick<OneImport, "sent">) => sent().filter((act) => act === "cutover").length;
const sentCutovers = ({ array }: OneImport) => array.acts().filter(({ path }) => path.endsWith("/cutover"));

describe("the cutover", () => {
  test("is sent exactly once although the array takes a long time to show it", async () => {
    const it = await oneImport({ timings: { actionLagMs: 600_000, cutoverMs: 600_000 } });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(1);
  });

  test("is sent exactly once when its answer is lost", async () => {
    const it = await oneImport();
    it.array.faults.add({ when: cutover, do: { kind: "lose-answer" } });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(1);
    expect(it.state()?.actions).toMatchObject([
      { act: "create" },
      { act: "cutover", outcome: "lost", from: "Ready_For_Cutover" },
    ]);
  });

  test.each([
    ["500", { kind: "status", status: 500, handled: true }],
    ["504", { kind: "status", status: 504, handled: true }],
    ["an answer that breaks off", { kind: "truncate", cut: true }],
  ] as const)("is sent exactly once when it works although the answer is %s", async (_, fault) => {
    const it = await oneImport();
    it.array.faults.add({ when: cutover, do: fault });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(1);
  });

  test("works exactly once when it did not reach the array the first time", async () => {
    const it = await oneImport();
    it.array.faults.add({ when: cutover, do: { kind: "reset" } });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(2);
    expect(sentCutovers(it).filter(({ handled }) => handled)).toHaveLength(1);
  });

  test("goes out after the pause a busy array asks for", async () => {
    const it = await oneImport();
    it.array.faults.add({ when: cutover, do: { kind: "status", status: 503, headers: { "retry-after": "120" } } });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    const [first, second] = sentCutovers(it);
    expect(cutovers(it)).toBe(2);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(120_000);
  });

  test("that is refused ends the run in the array's words, with the session recorded as it is", async () => {
    const it = await oneImport();
    const body = { messages: [{ code: "0xE1", severity: "Error", message_l10n: "The hosts have no path." }] };
    it.array.faults.add({ when: cutover, times: 5, do: { kind: "status", status: 422, body } });
    expect(await it.up(toCompletion)).toMatchObject({
      error: expect.stringMatching(/could not cut over import session .* 422 0xE1: The hosts have no path\./),
      state: { state: "Ready_For_Cutover" },
    });
    expect(cutovers(it)).toBe(1);
  });

  test("that somebody at the console was faster with is a success", async () => {
    const it = await oneImport();
    it.array.faults.add({
      when: cutover,
      do: {
        kind: "custom",
        play({ request, handle, send }) {
          it.array.operator.cutover(request.path.split("/")[4] ?? "");
          send(handle());
        },
      },
    });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(1);
  });

  test("that fails on the array is not sent again: the error is what the session reports", async () => {
    const it = await oneImport();
    await it.up(volume);
    it.array.setConditions(it.state()?.sessionId ?? "", { cutover: "incomplete" });
    expect(await it.up(toCompletion)).toMatchObject({
      error: expect.stringContaining("could not be carried out"),
      state: { state: "Failed" },
    });
    expect(cutovers(it)).toBe(1);
  });

  test("after which the session is back where it was is not sent again in the same run, but in the next", async () => {
    const it = await oneImport({ timings: { cutoverMs: 120_000 } });
    await it.up(volume);
    const sessionId = it.state()?.sessionId ?? "";
    it.array.faults.add({
      when: cutover,
      do: {
        kind: "custom",
        play({ handle, send }) {
          send(handle());
          it.later(30_000, () => it.array.setState(sessionId, "Ready_For_Cutover"));
        },
      },
    });
    const { error } = await it.up(toCompletion);
    expect(error).toContain("after the cutover the session is Ready_For_Cutover");
    expect(cutovers(it)).toBe(1);
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(2);
  });

  test("is not sent to a session that is complete", async () => {
    const it = await oneImport();
    await it.up(toCompletion);
    expect(await it.up({ ...toCompletion, forceCancel: true })).toMatchObject({ did: "update", error: undefined });
    expect(cutovers(it)).toBe(1);
  });
});

describe("a cutover of an earlier run", () => {
  test("that ended at once is not sent again while it does not show yet", async () => {
    const it = await oneImport({ timings: { actionLagMs: 45_000 } });
    await it.up(volume);
    expect((await it.up({ ...toCompletion, ...soon("1s") })).error).toContain("timed out");
    expect(it.array.session(it.state()?.sessionId ?? "").state).toBe("Ready_For_Cutover");
    expect(await it.up(toCompletion)).toMatchObject(complete);
    expect(cutovers(it)).toBe(1);
  });

  test("that shows nowhere after a minute is sent again, and no sooner", async () => {
    const it = await oneImport();
    await it.up(volume);
    it.array.faults.add({ when: cutover, do: { kind: "status", status: 500 } });
    expect((await it.up({ ...toCompletion, ...soon("1s") })).error).toContain("timed out");
    expect(it.state()?.actions.at(-1)).toMatchObject({ act: "cutover", outcome: "lost" });
    expect(await it.up(toCompletion)).toMatchObject(complete);
    const [first, second, ...more] = sentCutovers(it);
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(more).toEqual([]);
  });

  test.each([
    { answer: "a refusal", status: 422 },
    { answer: "no answer", status: 500 },
  ])("of the members that are left, which came to $answer, is not sent again at once", async ({ status }) => {
    const it = await oneImport();
    await it.up(group);
    it.array.setState(it.state()?.sessionId ?? "", "Import_Cutover_Incomplete", { stays: true });
    it.array.faults.add({ when: cutover, times: 2, do: { kind: "status", status } });
    const completed = { ...group, targetState: "Import_Completed" };
    expect((await it.up({ ...completed, ...soon("1s") })).error).toBeDefined();
    expect((await it.up({ ...completed, ...soon("30s") })).error).toContain("timed out");
    expect(cutovers(it)).toBe(1);
    expect((await it.up({ ...completed, ...soon("60s") })).error).toBeDefined();
    expect(cutovers(it)).toBe(2);
  });
});

test("a cutover that is repeated before a lost one shows, and is refused for that, is no failure", async () => {
  const it = await oneImport();
  await it.up(volume);
  const id = it.state()?.sessionId ?? "";
  it.array.faults.add({ when: cutover, do: { kind: "status", status: 500 } });
  it.array.faults.add({
    when: { ...cutover, nth: 2 },
    do: {
      kind: "custom",
      play({ send }) {
        // The array took the first one after all, and shows it a little later.
        it.later(50_000, () => it.array.operator.cutover(id));
        send({ status: 422, body: { messages: [{ code: "0xE1", severity: "Error", message_l10n: "Under way." }] } });
      },
    },
  });
  expect(await it.up(toCompletion)).toMatchObject(complete);
  expect(cutovers(it)).toBe(2);
});
