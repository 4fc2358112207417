import { expect, test } from "vitest";
import { startedArray } from "./calling.ts";
import { codes } from "./refusal.ts";

const sources = {
  volume: { source_resource_id: "sv_42", type: "Non_Disruptive" },
  agentless: { source_resource_id: "sv_44", type: "Agentless" },
  group: { source_resource_id: "res_7", type: "Non_Disruptive" },
  agentlessGroup: { source_resource_id: "res_8", type: "Agentless" },
} as const;

/** A session called `it`, its volumes copying. */
async function copying(what: keyof typeof sources) {
  const started = await startedArray();
  const { array, clock, call } = started;
  array.operator.create({ name: "it", remote_system_id: "name:old-unity", ...sources[what] });
  clock.advance(37_000);
  for (const { id, state } of array.sessions()) {
    if (state !== "Mirror_Enabled") continue;
    array.operator.enableDestinationVolume(id);
    array.operator.startCopy(id);
  }
  const post = async (action: string, body?: unknown) =>
    (await call("POST", `/import_session/name:it/${action}`, body)).status;
  return { ...started, post, states: () => array.sessions().map(({ state }) => state) };
}

const unreachable = { hostsReachable: false };
const broken = { code: "0xE0000000000A", message_l10n: "the path is gone", arguments: [] };

test.each(["volume", "agentless"] as const)("a graceful cancel of a %s ends in Cancelled", async (what) => {
  const { array, clock, post, states } = await copying(what);
  expect(await post("cancel")).toBe(204);
  expect(states()).toEqual(["Cancel_In_Progress"]);
  expect(await post("cancel", { force: true })).toBe(422);
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled"]);
  expect(array.session("name:it")).toMatchObject({ progress_percentage: null, error: null });
});

test.each(["group", "agentlessGroup"] as const)("a graceful cancel of a %s takes all members back", async (what) => {
  const { clock, post, states } = await copying(what);
  expect(await post("cancel", {})).toBe(204);
  expect(states()).toEqual(["Cancel_In_Progress", "Cancel_In_Progress", "Cancel_In_Progress"]);
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled", "Cancelled", "Cancelled"]);
});

test.each([
  ["volume", ["Failed"]],
  ["agentless", ["Cancel_Required"]],
  ["group", ["Cancel_Failed", "Failed", "Failed"]],
  ["agentlessGroup", ["Cancel_Failed", "Cancel_Required", "Cancel_Required"]],
] as const)("a graceful cancel of a %s whose hosts are unreachable gets stuck, with an error", async (what, ends) => {
  const { array, clock, post, states } = await copying(what);
  array.setConditions("name:it", unreachable);
  expect(await post("cancel", { force: false })).toBe(204);
  clock.advance(20_000);
  expect(states()).toEqual(ends);
  expect(array.sessions().at(-1)?.error).toMatchObject({ code: codes.hostsUnreachable });
});

test.each([
  ["agentless", ["Cancelled"]],
  ["agentlessGroup", ["Cancelled", "Cancelled", "Cancelled"]],
] as const)("force ends a stuck cancel of an %s without rolling back", async (what, ends) => {
  const { array, clock, post, states } = await copying(what);
  array.setConditions("name:it", unreachable);
  await post("cancel");
  clock.advance(20_000);
  expect(await post("cancel", { force: true })).toBe(204);
  clock.advance(20_000);
  expect(states()).toEqual(ends);
});

test("one unreachable member makes its group's cancel fail, which may be tried again", async () => {
  const { array, clock, post, states } = await copying("agentlessGroup");
  const [, first] = array.sessions();
  array.setConditions(first?.id ?? "", unreachable);
  await post("cancel");
  clock.advance(20_000);
  expect(states()).toEqual(["Cancel_Failed", "Cancel_Required", "Cancelled"]);
  array.setConditions(first?.id ?? "", { hostsReachable: true });
  expect(await post("cancel")).toBe(204);
  expect(states()).toEqual(["Cancel_In_Progress", "Cancel_In_Progress", "Cancelled"]);
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled", "Cancelled", "Cancelled"]);
});

test("what a cancel gets stuck in can be scripted, and a cleanup then ends in Cancelled", async () => {
  const { array, clock, post, states } = await copying("volume");
  array.setConditions("name:it", { hostsReachable: false, rollbackEndsIn: "Cleanup_Required" });
  await post("cancel");
  clock.advance(20_000);
  expect(states()).toEqual(["Cleanup_Required"]);
  array.setConditions("name:it", { hostsReachable: true, rollbackEndsIn: undefined });
  expect(await post("cleanup")).toBe(204);
  expect(states()).toEqual(["Cleanup_In_Progress"]);
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled"]);
});

test("a non-disruptive import that fails while it runs is taken back by the array and then Failed", async () => {
  const { array, clock, states } = await copying("volume");
  array.fail("name:it", broken.code, broken.message_l10n);
  expect(states()).toEqual(["Cancel_In_Progress"]);
  clock.advance(20_000);
  expect(states()).toEqual(["Failed"]);
  expect(array.session("name:it")).toMatchObject({ error: broken, progress_percentage: null });
});

test("if it cannot be taken back either, it needs a cleanup, which ends in Failed", async () => {
  const { array, clock, post, states } = await copying("volume");
  array.setConditions("name:it", unreachable);
  array.fail("name:it", broken.code, broken.message_l10n);
  clock.advance(20_000);
  expect(states()).toEqual(["Cleanup_Required"]);
  expect(await post("cleanup")).toBe(204);
  clock.advance(20_000);
  expect(states()).toEqual(["Cleanup_Required"]);
  array.setConditions("name:it", { hostsReachable: true });
  await post("cleanup");
  clock.advance(20_000);
  expect(states()).toEqual(["Failed"]);
  expect(array.session("name:it").error).toEqual(broken);
});

test("an agentless import that fails while it copies waits for the user to cancel it", async () => {
  const { array, clock, post, states } = await copying("agentless");
  array.fail("name:it", broken.code, broken.message_l10n);
  clock.advance(86_400_000);
  expect(states()).toEqual(["Cancel_Required"]);
  expect(array.session("name:it").error).toEqual(broken);
  await post("cancel");
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled"]);
});

test.each(["volume", "agentless"] as const)("a failure before hosts notice ends a %s at once", async (what) => {
  const { array, clock } = await startedArray();
  array.operator.create({ name: "it", remote_system_id: "name:old-unity", ...sources[what] });
  clock.advance(3_000);
  array.fail("name:it", broken.code, broken.message_l10n);
  expect(array.session("name:it")).toMatchObject({ state: "Failed", error: broken });
});

test("a member that fails makes a non-disruptive group give up and take the others back", async () => {
  const { array, clock, states } = await copying("group");
  array.fail(array.sessions()[1]?.id ?? "", broken.code, broken.message_l10n);
  expect(states()).toEqual(["Cleanup_In_Progress", "Cancel_In_Progress", "Cancel_In_Progress"]);
  clock.advance(20_000);
  expect(states()).toEqual(["Failed", "Failed", "Cancelled"]);
  expect(array.sessions().map(({ error }) => error)).toEqual([broken, broken, null]);
});

test("if a group's hosts are unreachable then, it needs a cleanup, and that may fail for good", async () => {
  const { array, clock, post, states } = await copying("group");
  array.setConditions("name:it", unreachable);
  array.fail(array.sessions()[1]?.id ?? "", broken.code, broken.message_l10n);
  clock.advance(20_000);
  expect(states()[0]).toBe("Cleanup_Required");
  expect(await post("cleanup")).toBe(204);
  clock.advance(20_000);
  expect(states()[0]).toBe("Cleanup_Failed");
});

test("a cleanup of a group ends in Failed when the hosts are back", async () => {
  const { array, clock, post, states } = await copying("group");
  array.setConditions("name:it", unreachable);
  array.fail(array.sessions()[1]?.id ?? "", broken.code, broken.message_l10n);
  clock.advance(20_000);
  array.setConditions("name:it", { hostsReachable: true });
  await post("cleanup");
  clock.advance(20_000);
  expect(states()).toEqual(["Failed", "Failed", "Cancelled"]);
});

test("a member of an agentless group that fails while copying leaves the group to be cancelled by the user", async () => {
  const { array, clock, post, states } = await copying("agentlessGroup");
  array.fail(array.sessions()[2]?.id ?? "", broken.code, broken.message_l10n);
  expect(states()).toEqual(["Cancel_Required", "Copy_In_Progress", "Cancel_Required"]);
  clock.advance(86_400_000);
  expect(states()).toEqual(["Cancel_Required", "Ready_For_Cutover", "Cancel_Required"]);
  await post("cancel");
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled", "Cancelled", "Cancelled"]);
});

test("a group can fail as a whole, and a failed group can be cancelled", async () => {
  const { array, clock, post, states } = await copying("group");
  array.fail("name:it", broken.code, broken.message_l10n);
  clock.advance(20_000);
  expect(states()).toEqual(["Failed", "Failed", "Failed"]);
  expect(await post("cancel")).toBe(204);
  clock.advance(20_000);
  expect(states()).toEqual(["Cancelled", "Cancelled", "Cancelled"]);
});

test("a failure during a rollback makes it get stuck", async () => {
  const { array, post, states } = await copying("agentless");
  await post("cancel");
  array.fail("name:it", broken.code, broken.message_l10n);
  expect(states()).toEqual(["Cancel_Required"]);
});

test("a cutover that fails takes a non-disruptive volume back and leaves an agentless one to the user", async () => {
  const volume = await copying("volume");
  volume.clock.advance(86_400_000);
  volume.array.setConditions("name:it", { cutover: "incomplete" });
  await volume.post("cutover");
  volume.clock.advance(30_000);
  expect(volume.states()).toEqual(["Cancel_In_Progress"]);
  volume.clock.advance(20_000);
  expect(volume.array.session("name:it")).toMatchObject({ state: "Failed", error: { code: codes.cutoverFailed } });
  const agentless = await copying("agentless");
  agentless.clock.advance(86_400_000);
  agentless.array.setConditions("name:it", { cutover: "incomplete" });
  await agentless.post("cutover");
  expect(agentless.states()).toEqual(["Cancel_Required"]);
});

test("nothing can fail that is over", async () => {
  const { array, clock } = await copying("volume");
  array.operator.cancel("name:it");
  clock.advance(20_000);
  expect(() => array.fail("name:it", "0x1", "too late")).toThrow(/cannot fail: it is Cancelled/);
});
