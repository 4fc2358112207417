import { describe, expect, test } from "vitest";
import { migration } from "./migration.ts";
import { simulatedSources } from "./samples.ts";

const { volume } = simulatedSources;
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
});
