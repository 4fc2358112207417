import { describe, expect, test } from "vitest";
import { recentCutovers } from "../../../provider/powerstore/import-session/act/recent-cutovers.ts";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume, group } = simulatedSources;
const toCompletion = { ...volume, targetState: "Import_Completed" } as const;
const cutover = { method: "POST", path: /\/cutover$/ };
const count = (sent: readonly string[]) => sent.filter((act) => act === "cutover").length;

describe("a cutover", () => {
  test("whose run ended at once is not sent again by the next while it does not show yet", async () => {
    const it = await migration({ timings: { actionLagMs: 45_000 } });
    await it.create(volume);
    await expect(it.update(toCompletion, { timeoutMs: 1000 })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.array.session(it.recorded?.id ?? "").state).toBe("Ready_For_Cutover");
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(count(it.sent())).toBe(1);
  });

  test("of an earlier run that shows nowhere after a minute is sent again, and no sooner", async () => {
    const it = await migration();
    await it.create(volume);
    it.array.faults.add({ when: cutover, do: { kind: "status", status: 500 } });
    await expect(it.update(toCompletion, { timeoutMs: 1000 })).rejects.toMatchObject({ kind: "timeout" });
    expect(it.recorded?.state.actions.at(-1)?.act).toBe("cutover (answer lost)");
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    const [first, second, ...more] = it.array.acts().filter(({ path }) => path.endsWith("/cutover"));
    expect((second?.atMs ?? 0) - (first?.atMs ?? 0)).toBeGreaterThanOrEqual(60_000);
    expect(more).toEqual([]);
  });

  test("that is repeated before a lost one shows, and is refused for that, is no failure", async () => {
    const it = await migration();
    await it.create(volume);
    const id = it.recorded?.id ?? "";
    it.array.faults.add({ when: cutover, do: { kind: "status", status: 500 } });
    it.array.faults.add({
      when: { ...cutover, nth: 2 },
      do: {
        kind: "custom",
        play({ send }) {
          // The first one was taken after all, and shows a little later.
          it.after(50_000, () => it.array.operator.cutover(id));
          send({ status: 422, body: { messages: [{ code: "0xE1", severity: "Error", message_l10n: "Under way." }] } });
        },
      },
    });
    expect(await it.update(toCompletion)).toMatchObject({ state: "Import_Completed" });
    expect(count(it.sent())).toBe(2);
  });

  test.each(["a refusal", "no answer"])(
    "of the members that are left, which came to %s, is not sent again by the next run at once",
    async (answer) => {
      const it = await migration();
      const { sessionId } = await it.create(group);
      it.array.setState(sessionId, "Import_Cutover_Incomplete", { stays: true });
      const status = answer === "a refusal" ? 422 : 500;
      it.array.faults.add({ when: cutover, times: 2, do: { kind: "status", status } });
      await expect(it.update(toCompletion, { timeoutMs: 1000 })).rejects.toThrow();
      await expect(it.update(toCompletion, { timeoutMs: 30_000 })).rejects.toMatchObject({ kind: "timeout" });
      expect(count(it.sent())).toBe(1);
      await expect(it.update(toCompletion, { timeoutMs: 60_000 })).rejects.toThrow();
      expect(count(it.sent())).toBe(2);
    },
  );
});

describe("a recorded cutover", () => {
  const at = "2030-01-01T00:00:00.000Z";
  const ready = "cutover 7 from Ready_For_Cutover";
  const incomplete = "cutover 7 from Import_Cutover_Incomplete";

  test.each([
    ["cutover", "Ready_For_Cutover, wanted Import_Completed", [ready]],
    ["cutover (refused)", "Import_Cutover_Incomplete, wanted Import_Completed", [incomplete]],
    ["cutover (answer lost)", "Import_Cutover_Incomplete, wanted Import_Completed", [incomplete]],
    ["cutover", "cutting over", [ready, incomplete]],
    ["pause", "Copy_In_Progress, wanted Ready_For_Cutover", []],
  ])("uses up the opportunity it was sent in, or each where that is not told: %s, %s", (act, reason, used) => {
    const recent = recentCutovers({ sessionId: "7", actions: [{ act, at, reason }] });
    expect(recent).toEqual(used.map((opportunity) => ({ opportunity, atMs: Date.parse(at) })));
  });
});
