import { expect, test } from "vitest";
import { normalise } from "./normalise.ts";

test("what differs from run to run is replaced, and what was declared stays", () => {
  const lines = [
    "import session 5eba9cf4-1df9-43b4-8ff0-0d0882a63bf1 on PowerStore default (https://127.0.0.1:40323)",
    'at: "2026-11-22T19:16:00.136Z", held until 2099-12-05T22:00:00Z',
    " +  ImportSession erp-db created (1m12s)   ",
    " +  ImportSession erp-db creating (0.6s).. setting up",
    "Duration: 1m2s",
  ];
  expect(normalise(lines).split("\n")).toEqual([
    "import session <id> on PowerStore default (https://127.0.0.1:<port>)",
    'at: "2030-01-01T12:00:00Z", held until 2099-12-05T22:00:00Z',
    " +  ImportSession erp-db created",
    " +  ImportSession erp-db creating setting up",
    "Duration: 12s",
    "",
  ]);
});

test("a sign of life is left out, and numbers of a copy are not touched", () => {
  const copying = " +  ImportSession erp-db creating copying 43%, 419 MB/s, ready in 12m";
  expect(normalise([copying, `${copying} (unchanged for less than a minute)`])).toBe(`${copying}\n`);
});

test("a table looks the same however long its steps took", () => {
  const table = (status: string, gap: string) => [
    `     Type                    Name    Status${gap}Info`,
    ` +   pulumi:pulumi:Stack     a-dev   ${status}`,
    ` +   └─ test:index:Resource  r       ${status}  1 warning`,
    "",
    "Diagnostics:",
  ];
  const shown = normalise(table("created (9s)", "        "));
  expect(normalise(table("created (1m12s)", "           "))).toBe(shown);
  expect(shown.split("\n").slice(0, 3)).toEqual([
    "     Type                    Name   Status   Info",
    " +   pulumi:pulumi:Stack     a-dev  created",
    " +   └─ test:index:Resource  r      created  1 warning",
  ]);
});

test("what Pulumi leaves to chance does not show: the order of the diagnostics, and how many were looked at before a failure", () => {
  const stack = ["  pulumi:pulumi:Stack (dev):", "    error: update failed", ""];
  const group = ["  eternus:RecSessionGroup (dr):", "    error: no", ""];
  const rest = ["Resources:", "    3 unchanged", "    1 errored"];
  const shown = normalise(["Diagnostics:", ...stack, ...group, ...rest]);
  expect(shown).toBe(normalise(["Diagnostics:", ...group, ...stack, ...rest]));
  expect(shown).toContain("<n> unchanged");
  expect(normalise(["Resources:", "    3 unchanged"])).toContain("3 unchanged");
});
