import { expect, test } from "vitest";
import { previewCheck, previewDiff } from "../../../provider/core/preview/preview.ts";
import { noVolume, type ObservedVolume, type Volume, type VolumeInputs, type VolumeTarget } from "../pulumi/volume.ts";
import { playVolume, toldDeployment } from "../pulumi/volume-resource.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { virtualClock } from "../virtual-clock.ts";

const seven: Volume = { id: "7", state: { label: "vol-7", isLabelChosen: true, sizeNow: 10, actions: [] } };
const seen = (changes: Partial<ObservedVolume> = {}): ObservedVolume => ({
  id: "7",
  label: "vol-7",
  size: 10,
  isBusy: false,
  ...changes,
});

const created: VolumeTarget = {
  urn: "urn:v",
  operation: { kind: "create" },
  inputs: { size: 10 },
  unknown: [],
  recorded: undefined,
  isPreview: true,
};

/** A volume, and previews of it. */
function previews() {
  const clock = virtualClock({ startMs: 0 });
  const play = playVolume(clock);
  const means = toldDeployment(clock);
  return {
    play,
    check: (changes: Partial<VolumeTarget> = {}) => previewCheck(play.resource, { ...created, ...changes }, means),
    /** What a diff of inputs that differ from `size: 10` comes to. */
    diff(inputs: VolumeInputs, changed: readonly string[], unknown: readonly string[] = []) {
      const before = { size: 10 };
      const operation = { kind: "update", before } as const;
      const target = { ...created, operation, inputs, unknown, recorded: seven };
      return previewDiff(play.resource, { target, before, changed }, means);
    },
  };
}

const rowsOf = (texts: readonly { readonly row?: string | undefined }[]) => texts.flatMap(({ row }) => row ?? []);

test("a check of something new shows the route from nothing", async () => {
  const { check } = previews();
  expect(await check({ inputs: { size: 200 } })).toEqual({
    failures: [],
    texts: [{ warnings: [] }, { row: "create a volume of 200", warnings: ["it is large"] }],
  });
});

test("a check of what takes the place of something shows the route of that", async () => {
  const { check } = previews();
  const { texts } = await check({ operation: { kind: "replace", before: { size: 10 } } });
  expect(rowsOf(texts)).toEqual(["create a volume of 10"]);
});

test("a check of an update shows warnings of the array, and no route", async () => {
  const { check, play } = previews();
  play.preflight = async () => ({ refusals: [], warnings: ["it is shared"] });
  const operation = { kind: "update", before: { size: 5 } } as const;
  expect(await check({ operation })).toEqual({ failures: [], texts: [{ warnings: ["it is shared"] }] });
});

test("a check refuses what may not be asked for before it reads the array", async () => {
  const { check, play } = previews();
  const operation = { kind: "update", before: { size: 20 } } as const;
  expect(await check({ operation })).toEqual({
    failures: [{ property: "size", reason: "cannot shrink" }],
    texts: [],
  });
  expect(play.preflights).toEqual([]);
});

test("a check refuses what the array shows to fail, and shows no route that cannot be taken", async () => {
  const { check, play } = previews();
  const refusals = [{ property: "size", reason: "is too much" }];
  play.preflight = async () => ({ refusals, warnings: ["it is shared"] });
  expect(await check()).toEqual({ failures: refusals, texts: [{ warnings: ["it is shared"] }] });
});

test("the route of something new begins where the array shows that it stands", async () => {
  const { check, play } = previews();
  const begins = { observed: seen({ size: 5 }), intro: "adopt volume 7" };
  play.preflight = async () => ({ refusals: [], warnings: [], begins });
  const { texts } = await check();
  expect(texts[1]).toEqual({ row: "adopt volume 7; grow volume 7 to 10", warnings: ["it cannot shrink again"] });
});

test("what is adopted as it should be needs nothing", async () => {
  const { check, play } = previews();
  const begins = { observed: seen(), intro: "adopt volume 7" };
  play.preflight = async () => ({ refusals: [], warnings: [], begins });
  expect(rowsOf((await check()).texts)).toEqual(["adopt volume 7: nothing to send"]);
});

test("remarks stand after the route", async () => {
  const { check, play } = previews();
  play.preflight = async () => ({ refusals: [], warnings: [], remarks: ["7 more are left", "see the array"] });
  expect(rowsOf((await check()).texts)).toEqual(["create a volume of 10; 7 more are left; see the array"]);
});

test("what may happen instead is warned of, with when, unless it happens anyway", async () => {
  const { check, play } = previews();
  play.preflight = async () => ({
    refusals: [],
    warnings: [],
    begins: { observed: seen({ size: 5 }) },
    instead: { observed: noVolume, prefix: "if volume 7 is another" },
  });
  expect((await check({ inputs: { size: 200 } })).texts[1]?.warnings).toEqual([
    "it cannot shrink again",
    "if volume 7 is another: it is large",
  ]);
  play.preflight = async () => ({
    refusals: [],
    warnings: [],
    instead: { observed: noVolume, prefix: "if volume 7 is another" },
  });
  expect((await check({ inputs: { size: 200 } })).texts[1]?.warnings).toEqual(["it is large"]);
});

test("what somebody should know who sees the beginning of a route is a warning", async () => {
  const { check, diff, play } = previews();
  play.progress = ({ size }, step) => ({ warnings: [`${size} GB are slow to ${step.kind}`] });
  expect((await check()).texts[1]?.warnings).toEqual(["0 GB are slow to act"]);
  expect((await diff({ size: 20 }, ["size"])).text.warnings).toEqual([
    "it cannot shrink again",
    "10 GB are slow to act",
  ]);
});

test("with inputs that are not known yet a check of something new shows what the others tell, and reads nothing", async () => {
  const { check, play } = previews();
  play.preflight = () => Promise.reject(failure("permission"));
  expect(await check({ unknown: ["size"] })).toEqual({
    failures: [],
    texts: [{ row: "create a volume", warnings: [] }],
  });
});

test("with inputs that are not known yet a check of an update shows nothing", async () => {
  const { check } = previews();
  const operation = { kind: "update", before: { size: 20 } } as const;
  expect(await check({ operation, unknown: ["label"] })).toEqual({ failures: [], texts: [] });
});

test("a diff without a difference, of what is as declared, changes nothing and shows nothing", async () => {
  const { diff } = previews();
  expect(await diff({ size: 10 }, [])).toEqual({
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

test("a replacement is shown, and warned of, instead of the route", async () => {
  const { diff } = previews();
  expect(await diff({ size: 20, label: "new" }, ["size", "label"])).toEqual({
    changes: true,
    replaces: ["label"],
    text: { row: "replace volume 7", warnings: ["replace volume 7"] },
    refusal: undefined,
  });
});

test("a replacement is shown with its own warnings", async () => {
  const { diff, play } = previews();
  const warnings = ["what is stored on it is lost"];
  play.diff = () => ({ replaces: { properties: ["label"], text: "replace volume 7", warnings } });
  expect((await diff({ size: 10, label: "new" }, ["label"])).text.warnings).toEqual(["replace volume 7", ...warnings]);
});

test("a resource that moves to another array is read where it is, and shown as it leaves it", async () => {
  const { diff, play } = previews();
  play.diff = () => ({ replaces: { properties: ["array"], text: "replace volume 7" } });
  expect(await diff({ size: 10, array: "east" }, ["array"])).toMatchObject({
    replaces: ["array"],
    text: { row: "replace volume 7", warnings: ["replace volume 7", "what is stored on it is lost"] },
  });
  expect(play.reads).toMatchObject([{ target: { operation: { kind: "delete" }, inputs: { size: 10 } } }]);
  expect(play.reads[0]?.target.inputs).not.toHaveProperty("array");
  expect(play.questions).toMatchObject([
    { target: { operation: { kind: "update" }, inputs: { array: "east" } }, changed: ["array"] },
  ]);
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
      warnings: [`decided by what was recorded last: ${failure("unreachable").message}`, "it cannot shrink again"],
    },
  });
});
