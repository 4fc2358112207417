import { expect, test } from "vitest";
import { noVolume } from "../pulumi/volume.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { seen } from "../reconcile/volume-run.ts";
import { previews } from "./volume-previews.ts";

test("a diff without a difference, of what is as declared, changes nothing and shows nothing", async () => {
  const { diff } = previews();
  expect(await diff({ size: 10 }, [])).toMatchObject({
    changes: false,
    replaces: [],
    text: { row: undefined, warnings: [] },
    refusal: undefined,
  });
});

test("a diff shows the route from what the array shows now", async () => {
  const { diff, play } = previews();
  play.observe = async () => seen({ isBusy: true });
  expect(await diff({ size: 20 }, ["size"])).toMatchObject({
    changes: true,
    text: { row: "wait: the array is at work; then grow volume 7 to 20", warnings: ["it cannot shrink again"] },
  });
});

test("what has drifted is a change although the program has not changed", async () => {
  const { diff, play } = previews();
  play.observe = async () => seen({ size: 5 });
  expect(await diff({ size: 10 }, [])).toMatchObject({
    changes: true,
    text: { row: "grow volume 7 to 10", warnings: ["it cannot shrink again"] },
  });
});

test("inputs that differ are a change although there is nothing to send", async () => {
  const { diff, play } = previews();
  play.observe = async () => seen({ size: 20 });
  expect(await diff({ size: 20 }, ["size"])).toMatchObject({
    changes: true,
    text: { row: "its size is 20: nothing to send", warnings: [] },
  });
});

test("a gate that holds an update is shown with a warning, and is no change of its own", async () => {
  const { diff, play } = previews();
  play.plan = () => ({ kind: "held", reason: "held: set cutoverApproval" });
  const text = { row: "held: set cutoverApproval", warnings: ["held: set cutoverApproval"] };
  expect(await diff({ size: 10 }, [])).toMatchObject({ changes: false, text });
  expect(await diff({ size: 20 }, ["size"])).toMatchObject({ changes: true, text });
});

test("what would fail is shown as that and is a change: the run says why", async () => {
  const { diff, play } = previews();
  play.observe = async () => seen({ size: 20 });
  const would = "would fail: its size is 20. Declare at least that.";
  expect(await diff({ size: 10 }, [])).toMatchObject({ changes: true, text: { row: would, warnings: [would] } });
});

test("the record is brought up to date although nothing is sent, where the resource says that it is stale", async () => {
  const { diff, play } = previews();
  play.diff = () => ({ isStale: true });
  expect(await diff({ size: 10 }, [])).toMatchObject({ changes: true, text: { row: undefined, warnings: [] } });
});

test("inputs that differ are no change where the resource says that they mean nothing any more", async () => {
  const { diff, play } = previews();
  play.diff = () => ({ isUnchanged: true });
  expect(await diff({ size: 10, grace: 300_000 }, ["grace"])).toMatchObject({
    changes: false,
    text: { row: undefined, warnings: [] },
  });
});

test("what is to be sent is a change although the inputs that differ mean nothing", async () => {
  const { diff, play } = previews();
  play.diff = () => ({ isUnchanged: true });
  expect(await diff({ size: 20 }, ["size"])).toMatchObject({ changes: true, text: { row: "grow volume 7 to 20" } });
});

test("a resource adds warnings and remarks of its own to a diff", async () => {
  const { diff, play } = previews();
  play.diff = () => ({ warnings: ["it is shared"], remarks: ["2 hosts see it"] });
  expect((await diff({ size: 20 }, ["size"])).text).toEqual({
    row: "grow volume 7 to 20; 2 hosts see it",
    warnings: ["it cannot shrink again", "it is shared"],
  });
});

const replaced = "replace volume 7; first delete volume 7";

test("a replacement is shown, and warned of, with the route of its delete", async () => {
  const { diff } = previews();
  expect(await diff({ size: 20, label: "new" }, ["size", "label"])).toMatchObject({
    changes: true,
    replaces: ["label"],
    text: { row: replaced, warnings: [replaced, "what is stored on it is lost"] },
    refusal: undefined,
  });
});

test("a replacement is shown with its own warnings", async () => {
  const { diff, play } = previews();
  const warnings = ["its snapshots are lost, too"];
  play.diff = () => ({ replaces: { properties: ["label"], text: "replace volume 7", warnings } });
  expect((await diff({ size: 10, label: "new" }, ["label"])).text.warnings).toEqual([
    replaced,
    ...warnings,
    "what is stored on it is lost",
  ]);
});

test("a resource that moves to another array is read where it is, and shown as it leaves it", async () => {
  const { diff, play } = previews();
  play.diff = () => ({ replaces: { properties: ["array"], text: "replace volume 7" } });
  expect(await diff({ size: 10, array: "east" }, ["array"])).toMatchObject({
    replaces: ["array"],
    text: { row: replaced, warnings: [replaced, "what is stored on it is lost"] },
  });
  const operation = { kind: "delete", successor: { array: "east" } };
  expect(play.reads).toMatchObject([{ target: { operation, inputs: { size: 10 } } }]);
  expect(play.reads[0]?.target.inputs).not.toHaveProperty("array");
  expect(play.questions).toMatchObject([
    { target: { operation: { kind: "update" }, inputs: { array: "east" } }, changed: ["array"] },
  ]);
});

test("a replacement of what is gone has no delete to show", async () => {
  const { diff, play } = previews();
  play.observe = async () => noVolume;
  play.diff = () => ({ replaces: { properties: ["label"], text: "make another" } });
  expect((await diff({ size: 10 }, [])).text).toEqual({ row: "make another", warnings: ["make another"] });
});

test("an array that is not known yet is another array", async () => {
  const { diff, play } = previews();
  await diff({ size: 10 }, ["array"], ["array"]);
  expect(play.reads).toMatchObject([{ target: { operation: { kind: "delete" }, unknown: [] } }]);
  expect(play.questions[0]).toMatchObject({ target: { unknown: ["array"] }, changed: [] });
});

test("a diff with inputs that are not known yet asks about the ones that certainly differ", async () => {
  const { diff, play } = previews();
  expect(await diff({ size: 1, grace: 5 }, ["size", "grace"], ["size"])).toMatchObject({
    changes: true,
    text: {
      row: "if size is more than 10: grow volume 7; otherwise its size is 10",
      warnings: ["if size is more than 10: it cannot shrink again"],
    },
  });
  expect(play.questions[0]?.changed).toEqual(["grace"]);
});

test("the resource judges a diff by what is observed, whether it is gone, and the first step", async () => {
  const { diff, play } = previews();
  play.observe = async () => noVolume;
  await diff({ size: 20 }, ["size"]);
  expect(play.questions).toMatchObject([
    {
      before: { size: 10 },
      observed: noVolume,
      isGone: true,
      changed: ["size"],
      step: { kind: "act", actions: [{ kind: "make" }] },
      nowMs: 0,
    },
  ]);
});

test("a refusal is handed on, and is said once", async () => {
  const { diff, play } = previews();
  const refusal = failure("identity");
  play.diff = () => ({ refusal, warnings: ["it belongs to somebody else"] });
  expect(await diff({ size: 20 }, ["size"])).toMatchObject({
    refusal,
    text: { warnings: ["it belongs to somebody else"] },
  });
});

test("a refusal that is to be a warning is one, and a change", async () => {
  const { diff, play } = previews();
  play.settings = { preflight: "warn" };
  play.diff = () => ({ refusal: failure("identity") });
  expect(await diff({ size: 10 }, [])).toMatchObject({
    changes: true,
    refusal: undefined,
    text: { warnings: [`would fail: ${failure("identity").message}`] },
  });
});

test("while the array cannot be read a diff goes by what was recorded, and says so", async () => {
  const { diff, play } = previews();
  play.observe = () => Promise.reject(failure("unreachable"));
  expect(await diff({ size: 20 }, ["size"])).toMatchObject({
    changes: true,
    text: {
      row: "grow volume 7 to 20",
      warnings: [`decided on the last recorded state: ${failure("unreachable").message}`, "it cannot shrink again"],
    },
  });
});
