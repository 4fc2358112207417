import { expect, test } from "vitest";
import { unknownValue } from "../../../provider/core/unknown-inputs.ts";
import { given, recorded, volumeHooks } from "./volume-hooks.ts";

const shown = (said: readonly string[]) => said.filter((line) => line !== "flush");

test("the configuration is handed to the deployment", async () => {
  const { configure, deployment } = volumeHooks();
  const values: Record<string, string> = { "powerstore:endpoint": "https://a" };
  const config = { get: (key: string) => values[key], require: (key: string) => values[key] ?? "" };
  expect(deployment.config("powerstore:endpoint")).toBeUndefined();
  await configure({ config });
  expect(deployment.config("powerstore:endpoint")).toBe("https://a");
});

test("a check answers the inputs as they are, with Pulumi's own property and without defaults or parsing", async () => {
  const { check } = volumeHooks();
  const news = { ...given, grace: "5m", timeouts: { create: "8h" } };
  expect(await check({}, news)).toEqual({ inputs: news, failures: [] });
});

test("a check names what is wrong, and then reads and shows nothing", async () => {
  const { check, deployment, play } = volumeHooks();
  const news = { ...given, size: -1, colour: "red", timeouts: { create: "soon" } };
  expect(await check({}, news)).toMatchObject({
    inputs: news,
    failures: [{ property: "size" }, { property: "colour" }, { property: "timeouts.create" }],
  });
  expect([shown(deployment.said), play.preflights]).toEqual([[], []]);
});

test("a check of a new resource shows on its row what will be done, before it returns", async () => {
  const { check, deployment } = volumeHooks();
  await check({}, { ...given, size: 200 });
  expect(deployment.said).toEqual(["progress urn:v create a volume of 200", "warn urn:v it is large", "flush"]);
});

test("a check of a resource that exists shows nothing: its diff does", async () => {
  const { check, deployment } = volumeHooks();
  await check(given, { ...given, size: 20 });
  expect(shown(deployment.said)).toEqual([]);
});

test("a check refuses what contradicts what was declared before", async () => {
  const { check } = volumeHooks();
  expect(await check(given, { ...given, size: 5 })).toMatchObject({
    failures: [{ property: "size", reason: "cannot shrink" }],
  });
});

test("a check passes values that are not known yet, and shows what the others tell", async () => {
  const { check, deployment } = volumeHooks();
  expect(await check({}, { ...given, size: unknownValue, label: unknownValue })).toMatchObject({ failures: [] });
  expect(shown(deployment.said)).toEqual(["progress urn:v create a volume"]);
});

test("a check of inputs recorded by an older release, which this one would refuse, still checks the new ones", async () => {
  const { check } = volumeHooks();
  expect(await check({ ...given, size: "10 GiB" }, given)).toMatchObject({ failures: [] });
});

test("a diff without changes shows nothing and changes nothing", async () => {
  const { diff, deployment } = volumeHooks();
  expect(await diff("7", recorded, given)).toEqual({ changes: false, replaces: [], deleteBeforeReplace: true });
  expect(deployment.said).toEqual(["flush"]);
});

test("a resource that was renamed is updated, so that its record knows its URN", async () => {
  const { diff, update, play } = volumeHooks();
  const renamed = { ...given, resourceUrn: "urn:renamed" };
  expect(await diff("7", recorded, renamed)).toMatchObject({ changes: true, replaces: [] });
  expect((await update("7", recorded, renamed))?.outs).toMatchObject({ resourceUrn: "urn:renamed" });
  expect(play.sent).toEqual([]);
});

test("a diff names the inputs that differ and shows on the row what an update would do", async () => {
  const { diff, play, deployment } = volumeHooks();
  const result = await diff("7", recorded, { ...given, size: 20, grace: "1ms" });
  expect(play.questions).toMatchObject([
    { target: { inputs: { size: 20, grace: 1 }, recorded: { id: "7", state: { sizeNow: 10 } } }, before: { size: 10 } },
  ]);
  expect(play.questions[0]?.changed).toEqual(["size", "grace"]);
  expect(result).toEqual({ changes: true, replaces: [], deleteBeforeReplace: true });
  expect(deployment.said).toEqual([
    "progress urn:v held: its grace is not over",
    "warn urn:v held: its grace is not over",
    "flush",
  ]);
});

test("a diff shows on the row what an update would send, and warns of what is at stake", async () => {
  const { diff, deployment } = volumeHooks();
  expect(await diff("7", recorded, { ...given, size: 20 })).toMatchObject({ changes: true, replaces: [] });
  expect(deployment.said).toEqual(["progress urn:v grow volume 7 to 20", "warn urn:v it cannot shrink again", "flush"]);
});

test("a diff names the properties that force a replacement, and the old object goes first", async () => {
  const { diff, deployment } = volumeHooks();
  const result = await diff("7", recorded, { ...given, size: 20, label: "new" });
  expect(result).toEqual({ changes: true, replaces: ["label"], deleteBeforeReplace: true });
  const row = "replace volume 7; first delete volume 7";
  expect(deployment.said).toEqual([
    `progress urn:v ${row}`,
    `warn urn:v ${row}`,
    "warn urn:v what is stored on it is lost",
    "flush",
  ]);
});

test("a diff with values that are not known yet goes by the others and names those", async () => {
  const { diff, play, deployment } = volumeHooks();
  const news = { ...given, size: unknownValue, grace: "5m" };
  expect(await diff("7", recorded, news)).toMatchObject({ changes: true });
  expect(play.questions).toMatchObject([
    { target: { inputs: { grace: 300_000 }, unknown: ["size"] }, before: { size: 10 }, changed: ["grace"] },
  ]);
  expect(deployment.said).toContain("progress urn:v if size is more than 10: grow volume 7; otherwise its size is 10");
});

test("timeouts are an input whose change is recorded, with nothing to send", async () => {
  const { diff, deployment } = volumeHooks();
  expect(await diff("7", recorded, { ...given, timeouts: { delete: "2h" } })).toMatchObject({ changes: true });
  expect(shown(deployment.said)).toEqual(["progress urn:v its size is 10: nothing to send"]);
});

test("an output is not taken for the input of its name: a second `up` changes nothing", async () => {
  const { create, diff, play } = volumeHooks();
  const { id, outs } = await create(given);
  expect(outs).toMatchObject({ label: "vol-7" });
  expect(await diff(id, { ...outs, __provider: "code" }, given)).toMatchObject({ changes: false, replaces: [] });
  expect(play.questions[0]?.changed).toEqual([]);
});
