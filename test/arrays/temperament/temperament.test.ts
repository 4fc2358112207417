import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { draw } from "./draw.ts";
import { openShown } from "./shown.ts";
import { temperOf } from "./temperament.ts";
import { traitTable } from "./trait-page.ts";
import { traitNamed, traitNames, traitsOf } from "./traits.ts";

test("docs/testing.md has the table of all traits", () => {
  const page = readFileSync(new URL("../../../docs/testing.md", import.meta.url), "utf8");
  expect(page.split("\n").filter((line) => line.startsWith("| trait |") || isRow(line))).toEqual(
    traitTable()
      .split("\n")
      .filter((line) => !line.startsWith("|---")),
  );
});

function isRow(line: string): boolean {
  return traitNames.some((name) => line.startsWith(`| \`${name}\` |`));
}

test("every trait says what it does, where that comes from, and how often it strikes", () => {
  for (const name of traitNames) {
    const { arrays, does, from, chance, ms = [0, 0] } = traitNamed(name);
    expect([name, arrays.length > 0, /^[A-Z`].*\.$/s.test(does), from.length > 20]).toEqual([name, true, true, true]);
    expect([name, chance >= 0 && chance <= 1, ms[0] <= ms[1]]).toEqual([name, true, true]);
  }
});

test("a calm array has none of them", () => {
  const temper = temperOf("PowerStore", "calm", 0);
  expect(traitNames.filter((name) => temper.has(name) || temper.strikes(name, 1))).toEqual([]);
});

test("a rough one has all of its make that let a migration end, and each strikes about as often as its row says", () => {
  for (const make of ["PowerStore", "ETERNUS"] as const) {
    const temper = temperOf(make, "rough", 0);
    const mixed = traitsOf(make).filter((name) => traitNamed(name).chance > 0);
    expect(traitNames.filter((name) => temper.has(name))).toEqual(mixed);
    for (const name of mixed) {
      const struck = Array.from({ length: 2000 }, (_, nth) => temper.strikes(name, "POST /x", nth)).filter(
        Boolean,
      ).length;
      expect([name, Math.abs(struck / 2000 - traitNamed(name).chance) < 0.05]).toEqual([name, true]);
    }
  }
});

test("a trait that is named always strikes, and no other", () => {
  const temper = temperOf(
    "PowerStore",
    { kind: "traits", traits: ["slow-acts", "absent-lists"], ms: { "slow-acts": 7 } },
    0,
  );
  expect(traitNames.filter((name) => temper.has(name))).toEqual(["slow-acts"]);
  expect([temper.strikes("slow-acts", 1), temper.ms("slow-acts", 1)]).toEqual([true, 7]);
});

describe("the same seed and clock", () => {
  const tale = (seed: number, startMs: number) => {
    const temper = temperOf("PowerStore", { kind: "rough", seed }, startMs);
    return Array.from({ length: 500 }, (_, second) => [
      temper.turn("failovers", 300_000, startMs + second * 1000),
      temper.msIfStrikes("slow-acts", "POST /x", second),
    ]);
  };

  test("give the same trouble, whenever the array starts and in whatever order it is asked", () => {
    expect(tale(3, 1_900_000_000_000)).toEqual(tale(3, 0));
    const temper = temperOf("PowerStore", { kind: "rough", seed: 3 }, 0);
    const backwards = Array.from({ length: 500 }, (_, nth) => temper.msIfStrikes("slow-acts", "POST /x", 499 - nth));
    expect(backwards.reverse()).toEqual(tale(3, 0).map(([, ms]) => ms));
  });

  test("and another seed gives other trouble", () => {
    expect(tale(4, 0)).not.toEqual(tale(3, 0));
  });
});

test("what is drawn is spread evenly, also for words that differ little", () => {
  const drawn = Array.from({ length: 10_000 }, (_, nth) => draw(1, "failovers", nth));
  for (let tenth = 0; tenth < 10; tenth++) {
    const inTenth = drawn.filter((one) => Math.floor(one * 10) === tenth).length;
    expect(inTenth).toBeGreaterThan(800);
    expect(inTenth).toBeLessThan(1200);
  }
});

test("on a calm array everything is shown as it is, and nothing is kept for it", () => {
  const shown = openShown(temperOf("PowerStore", "calm", 0));
  expect([shown.keepsHistory, shown.of("list", "a", 0), shown.gone]).toEqual([false, "now", []]);
});

test("nothing is shown before it was there, and a removed object is gone when the lag is over", () => {
  const temper = temperOf("PowerStore", { kind: "traits", traits: ["lagging-lists"], ms: { "lagging-lists": 10 } }, 0);
  const shown = openShown<string>(temper);
  shown.note(0, [["a", "1", () => "a1"]]);
  shown.note(20, [
    ["a", "2", () => "a2"],
    ["b", "1", () => "b1"],
  ]);
  shown.note(40, [["b", "1", () => "b1"]]);
  const seen = (view: "list" | "instance", nowMs: number) => ["a", "b"].map((id) => shown.of(view, id, nowMs));
  expect(seen("list", 45)).toEqual([{ row: "a2" }, "now"]);
  expect(seen("list", 50)).toEqual([undefined, "now"]);
  expect(seen("instance", 45)).toEqual([undefined, "now"]);
  expect(shown.gone).toEqual(["a"]);
});
