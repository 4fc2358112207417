import { expect, test } from "vitest";
import { noVolume } from "../pulumi/volume.ts";
import { failure } from "../reconcile/scripted-reconciler.ts";
import { seen } from "../reconcile/volume-run.ts";
import { previews } from "./volume-previews.ts";

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

test("what somebody should know who sees the beginning of a route is a warning, before what is at stake", async () => {
  const { check, diff, play } = previews();
  play.progress = ({ size }, step) => ({ warnings: [`${size} GB are slow to ${step.kind}`] });
  expect((await check()).texts[1]?.warnings).toEqual(["0 GB are slow to act"]);
  expect((await diff({ size: 20 }, ["size"])).text.warnings).toEqual([
    "10 GB are slow to act",
    "it cannot shrink again",
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
