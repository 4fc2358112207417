import { expect, test } from "vitest";
import { openSlots } from "./slots.ts";

test("runs as many at once as there are slots, the rest in the order they came", async () => {
  const inSlot = openSlots(2);
  const events: string[] = [];
  const ends = new Map<string, () => void>();
  const work = (name: string) =>
    inSlot(() => {
      events.push(name);
      return new Promise<void>((resolve) => ends.set(name, resolve));
    });
  const all = ["a", "b", "c", "d"].map(work);
  await Promise.resolve();
  expect(events).toEqual(["a", "b"]);

  ends.get("b")?.();
  await all[1];
  await Promise.resolve();
  expect(events).toEqual(["a", "b", "c"]);

  ends.get("a")?.();
  ends.get("c")?.();
  await all[2];
  await Promise.resolve();
  expect(events).toEqual(["a", "b", "c", "d"]);
  ends.get("d")?.();
  await Promise.all(all);
});

test("work that fails gives its slot free", async () => {
  const inSlot = openSlots(1);
  await expect(inSlot(() => Promise.reject(new Error("no")))).rejects.toThrow("no");
  let isRun = false;
  await inSlot(async () => {
    isRun = true;
  });
  expect(isRun).toBe(true);
});
