import { expect } from "vitest";
import { expectDone, expectFailed, seen } from "./expectations.ts";
import { volume } from "./migration.ts";
import { scenario } from "./scenario.ts";
import type { World } from "./world.ts";

const neverEnds = { powerstore: { bytesPerSecond: 0 } };
const fast = 1024 ** 4;
const dayMs = 24 * 60 * 60 * 1000;

scenario("a consistency group is imported as one, and reported member by member", { powerstore: {} }, async (world) => {
  const { declare, up, recorded, sent } = world;
  await declare(volume({ sourceResourceId: "res_7" }));
  await expectDone(up(), { create: 1 });
  const ready = await recorded("erp");
  expect(ready.outputs).toMatchObject({
    state: "Ready_For_Cutover",
    destinationResourceType: "volume_group",
    members: members(
      { sourceResourceId: "sv_51", state: "Ready_For_Cutover", progressPercentage: 100 },
      { sourceResourceId: "sv_52", state: "Ready_For_Cutover", progressPercentage: 100 },
    ),
  });
  expect(ready.outputs).not.toHaveProperty("held");

  await declare(volume({ sourceResourceId: "res_7", targetState: "Import_Completed" }));
  await expectDone(up(), { update: 1 });
  const completed = await recorded("erp");
  expect(completed).toMatchObject({
    id: ready.id,
    outputs: {
      state: "Import_Completed",
      members: members(
        { sourceResourceId: "sv_51", state: "Import_Completed" },
        { sourceResourceId: "sv_52", state: "Import_Completed" },
      ),
    },
  });
  expect(completed.outputs).not.toHaveProperty("held");
  expect(sent()).toEqual(["create res_7", "cutover"]);
});

scenario(
  "a cutover that leaves members of a group behind names them, and the next up cuts over again",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, recorded, sent, eventually } = world;
    await declare(volume({ sourceResourceId: "res_7" }));
    await expectDone(up(), { create: 1 });
    const { id } = await recorded("erp");
    const memberOf = (source: string) =>
      powerstore.sessions().find((one) => one.parent_session_id === id && one.source_resource_id === source)?.id ?? "";
    const left = memberOf("sv_52");
    // A run cuts over once more by itself: the first time is done by hand, for the run to meet what is left.
    powerstore.setConditions(left, { cutover: "incomplete" });
    powerstore.operator.cutover(id);
    await eventually(() => powerstore.session(id).state === "Import_Cutover_Incomplete");

    powerstore.setConditions(left, { cutover: "incomplete" });
    await declare(volume({ sourceResourceId: "res_7", targetState: "Import_Completed" }));
    const incomplete = await expectFailed(
      up(),
      /after the cutover the session is Import_Cutover_Incomplete/,
      new RegExp(`member ${left} is Ready_For_Cutover \\(\\S+ The cutover of .+ could not be carried out`),
    );
    expect(incomplete.diagnostics.join()).not.toContain(`member ${memberOf("sv_51")}`);
    expect(await recorded("erp")).toMatchObject({
      id,
      outputs: {
        state: "Import_Cutover_Incomplete",
        members: members(
          { sourceResourceId: "sv_51", state: "Import_Completed" },
          {
            sessionId: left,
            state: "Ready_For_Cutover",
            error: expect.objectContaining({ message: expect.stringContaining("cutover") }),
          },
        ),
      },
    });

    await expectDone(up(), { update: 1 });
    expect((await recorded("erp")).outputs).toMatchObject({
      state: "Import_Completed",
      members: members(
        { sourceResourceId: "sv_51", state: "Import_Completed" },
        { sessionId: left, state: "Import_Completed" },
      ),
    });
    expect(sent()).toEqual(["create res_7", "cutover of the rest", "cutover of the rest"]);
  },
);

scenario(
  "a cutover that leaves members of a group behind is followed by one for the rest in the same up",
  { powerstore: {} },
  async (world) => {
    const { powerstore, declare, up, recorded, sent } = world;
    await declare(volume({ sourceResourceId: "res_7" }));
    await expectDone(up(), { create: 1 });
    const left = powerstore.sessions().find(({ source_resource_id }) => source_resource_id === "sv_52")?.id ?? "";
    powerstore.setConditions(left, { cutover: "incomplete" });

    await declare(volume({ sourceResourceId: "res_7", targetState: "Import_Completed" }));
    await expectDone(up(), { update: 1 });
    expect((await recorded("erp")).outputs).toMatchObject({
      state: "Import_Completed",
      members: members(
        { sourceResourceId: "sv_51", state: "Import_Completed" },
        { sessionId: left, state: "Import_Completed" },
      ),
      actions: [
        { act: "create" },
        { act: "cutover", reason: "Ready_For_Cutover, wanted Import_Completed" },
        { act: "cutover", reason: "Import_Cutover_Incomplete, wanted Import_Completed" },
      ],
    });
    expect(sent()).toEqual(["create res_7", "cutover", "cutover of the rest"]);
  },
);

scenario("a copy that is declared paused is held, and goes on when it is not", neverEnds, async (world) => {
  const { powerstore, declare, up, recorded, sent } = world;
  await declare(volume({ paused: true }));
  const paused = await expectDone(up(), { create: 1 });
  expect(paused.diagnostics.join()).toContain("held: paused as declared");
  const { id, outputs } = await recorded("erp");
  expect(outputs).toMatchObject({ state: "Paused", held: expect.stringContaining("set paused to false") });

  powerstore.setRate(id, fast);
  await declare(volume({ paused: false }));
  await expectDone(up(), { update: 1 });
  const resumed = await recorded("erp");
  expect(resumed).toMatchObject({ id, outputs: { state: "Ready_For_Cutover" } });
  expect(resumed.outputs).not.toHaveProperty("held");
  expect(sent()).toEqual(["create sv_42", "pause", "resume"]);
});

scenario("a scheduled start is moved in place", { powerstore: {} }, async (world) => {
  const { powerstore, declare, up, recorded, sent, during } = world;
  const [first, second] = [inDays(world, 400), inDays(world, 300)];
  const startOf = () => powerstore.sessions()[0]?.scheduled_timestamp ?? "";
  await declare(volume({ scheduledTimestamp: first }));
  const ctrlC = new AbortController();
  const waiting = up({ signal: ctrlC.signal });
  await during(
    waiting,
    seen(powerstore, () => powerstore.sessions()[0]?.state === "Scheduled"),
  );
  ctrlC.abort();
  await expectFailed(waiting, /the run was interrupted while scheduled/);
  const { id } = await recorded("erp");
  expect(Date.parse(startOf())).toBe(Date.parse(first));

  await declare(volume({ scheduledTimestamp: second }));
  const moving = up();
  await during(moving, () => Date.parse(startOf()) === Date.parse(second));
  // The day has come.
  powerstore.setState(id, "Queued");
  await expectDone(moving, { update: 1 });
  expect(await recorded("erp")).toMatchObject({ id, outputs: { state: "Ready_For_Cutover" } });
  expect(powerstore.acts().map(({ body }) => body)).toMatchObject([
    { scheduled_timestamp: first },
    { scheduled_timestamp: second },
  ]);
  expect(sent()).toEqual(["create sv_42", "PATCH"]);
});

scenario("the cutover is held outside its window and sent within", { powerstore: {} }, async (world) => {
  const { declare, preview, up, recorded, sent } = world;
  const within = (cutoverWindow: { readonly notBefore?: string; readonly notAfter?: string }) =>
    declare(volume({ targetState: "Import_Completed", cutoverWindow }));
  await within({ notBefore: inDays(world, 1), notAfter: inDays(world, 2) });
  const early = await expectDone(up(), { create: 1 });
  expect(early.diagnostics.join()).toMatch(/held until \S+Z, when the cutover window opens/);
  const { id, outputs } = await recorded("erp");
  expect(outputs).toMatchObject({ state: "Ready_For_Cutover", held: expect.stringContaining("held until") });

  await within({ notAfter: inDays(world, -1) });
  const late = await expectDone(preview(), { update: 1 });
  expect(late.diagnostics.join()).toContain("held: the cutover window closed at");
  expect(late.diagnostics.join()).not.toContain("irreversible");

  await within({ notBefore: inDays(world, -1), notAfter: inDays(world, 1) });
  await expectDone(up(), { update: 1 });
  const done = await recorded("erp");
  expect(done).toMatchObject({ id, outputs: { state: "Import_Completed" } });
  expect(done.outputs).not.toHaveProperty("held");
  expect(sent()).toEqual(["create sv_42", "cutover"]);
});

scenario("a cutover window that opens is a change although nothing was edited", { powerstore: {} }, async (world) => {
  const { powerstore, declare, preview, up, recorded, sent, eventually, nowMs } = world;
  const startedMs = nowMs();
  await declare(volume());
  await expectDone(up(), { create: 1 });
  // So far ahead that the next run, which does less than this one did, is over before.
  const notBeforeMs = nowMs() + Math.max(10_000, 2 * (nowMs() - startedMs));
  const cutoverWindow = { notBefore: new Date(notBeforeMs).toISOString() };
  await declare(volume({ targetState: "Import_Completed", cutoverWindow }));
  await expectDone(up(), { update: 1 });
  expect((await recorded("erp")).outputs).toMatchObject({ state: "Ready_For_Cutover", held: expect.any(String) });
  expect(sent()).toEqual(["create sv_42"]);

  await eventually(() => nowMs() > notBeforeMs);
  const opened = await expectDone(preview(), { update: 1 });
  expect(opened.diagnostics.join()).toContain("cutover: irreversible");
  expect(opened.output).toContain("cutover: irreversible");
  await expectDone(up(), { update: 1 });
  expect((await recorded("erp")).outputs).not.toHaveProperty("held");
  expect(powerstore.sessions()).toMatchObject([{ state: "Import_Completed" }]);
  expect(sent()).toEqual(["create sv_42", "cutover"]);
});

/** The members of a group, in whichever order the array lists them. */
function members(...each: readonly object[]): unknown {
  return expect.arrayContaining(each.map((member) => expect.objectContaining(member)));
}

function inDays({ nowMs }: World, days: number): string {
  return new Date(nowMs() + days * dayMs).toISOString();
}
