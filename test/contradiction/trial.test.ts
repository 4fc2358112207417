import { expect, test } from "vitest";
import { groupTrial } from "./eternus/group-trial.ts";
import { eternusInProcess, powerStoreInProcess } from "./in-process.ts";
import type { ImportCase } from "./powerstore/import-case.ts";
import { type ImportTrial, importTrial } from "./powerstore/import-trial.ts";
import { judge } from "./trial.ts";

// What lies is found out: the product as it is, but for one thing that only its preview gets to see.

const copying: ImportCase = {
  type: "Non_Disruptive",
  how: "own",
  state: "Copy_In_Progress",
  target: "Import_Completed",
};

async function judged(one: ImportCase, lie: (resource: ImportTrial["resource"]) => Partial<ImportTrial["resource"]>) {
  const trial = await importTrial(one, powerStoreInProcess);
  const { contradictions } = await judge({ ...trial, resource: { ...trial.resource, ...lie(trial.resource) } });
  return contradictions.join("\n");
}

test("a preview that says what its run does is not contradicted", async () => {
  expect(await judged(copying, () => ({}))).toBe("");
});

test("a preview that does not look as far as the cutover is", async () => {
  const said = await judged(copying, () => ({ next: () => undefined }));
  expect(said).toMatch(/announced: nothing, then nobody can tell\n +the run: cutover /);
  expect(said).toMatch(/sent without a warning before: cutover /);
});

test("a preview that overlooks what holds a cutover is", async () => {
  const held: ImportCase = { ...copying, gate: "approval of nobody" };
  const said = await judged(held, ({ plan }) => ({
    plan: (target, observed, moment) => {
      const { cutoverApproval: _, ...inputs } = target.inputs;
      return plan(target.isPreview ? { ...target, inputs } : target, observed, moment);
    },
  }));
  expect(said).toMatch(/announced: cutover .*, then settled at Import_Completed .*\n +the run: nothing, then held/);
});

test("a preview that keeps what is at stake to itself is", async () => {
  const said = await judged(copying, ({ actions }) => ({ actions: { ...actions, warnings: () => [] } }));
  expect(said).toMatch(/^sent without a warning before: cutover /);
});

test("a preview that foresees an end that does not come is", async () => {
  const paused: ImportCase = { ...copying, paused: true };
  const said = await judged(paused, ({ next }) => ({
    next: (observed, step, target) => {
      const shown = next(observed, step, target);
      const { session } = shown ?? {};
      if (shown === undefined || session?.state !== "Paused") return shown;
      return { ...shown, session: { ...session, state: "Ready_For_Cutover" } };
    },
  }));
  expect(said).toMatch(/then held at Ready_For_Cutover .*\n.*then held at Paused/);
});

test("a preview that finds nothing to do where its run sends something is", async () => {
  const trial = await groupTrial(
    { how: "recorded", sessions: [{ status: "Active", phase: "Equivalent" }], target: "Suspend" },
    eternusInProcess,
  );
  const { plan } = trial.resource;
  const resource: typeof trial.resource = {
    ...trial.resource,
    plan: (target, observed, moment) =>
      target.isPreview ? { kind: "settled", reason: "1/1 suspended" } : plan(target, observed, moment),
  };
  const { contradictions } = await judge({ ...trial, resource });
  expect(contradictions).toContain("no change is announced, and the run sends something");
});
